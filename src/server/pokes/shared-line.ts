/**
 * The line between several servers on one database. News stands in a table; PostgreSQL's NOTIFY says that there is
 * some. Where a server does not hear it (a pooler between them drops it, the connection broke), it asks once a second.
 */
import * as v from 'valibot'
import { hearNews, type Hearing } from '../db/hear-news.ts'
import { newsSince, recentNews, probeNews, tellNews } from '../db/news.ts'
import type { Db } from '../db/schema.ts'
import { leasedWorks, type News, type PokeLine } from './pokes.ts'

export interface SharedLine extends PokeLine {
  /** Whether news is heard as it is told; else it is asked for. */
  readonly isHeard: boolean
  stop(): Promise<void>
}

export interface SharedLineParts {
  readonly db: Db
  /** Address of the same database, for the connection that listens. */
  readonly url: string
  /** This server among the others: an id made anew at each start. */
  readonly server: string
  readonly onFault: (error: unknown) => void
  /** Milliseconds between two questions where nothing is heard. */
  readonly askMs?: number
  /** Whether all servers are connected to one machine, so that each hears what the others tell; else it asks. */
  readonly isAlone?: boolean
  /** And where it is: what a broken connection may have lost. */
  readonly restMs?: number
}

const usualAskMs = 1_000
const usualRestMs = 30_000
/** News of so short a while goes out in one row. */
const gatherMs = 20

/** A newer server may say more than this one understands: what is unknown is passed over. */
const newsSchema = v.union([
  v.object({ moved: v.array(v.string()) }),
  v.object({
    wake: v.union([v.object({ device: v.string() }), v.object({ account: v.string() })]),
  }),
  v.object({ work: v.picklist(leasedWorks) }),
  v.object({ snapshot: v.string() }),
])

export function createSharedLine(parts: SharedLineParts): SharedLine {
  const {
    db,
    url,
    server,
    onFault,
    isAlone = true,
    askMs = usualAskMs,
    restMs = usualRestMs,
  } = parts
  const listeners = new Set<(news: News) => void>()
  let toTell: News[] = []
  let telling: Promise<void> = Promise.resolve()
  let gathering: NodeJS.Timeout | null = null
  let newest: number | null = null
  let seen = new Set<number>()
  let asking: Promise<void> = Promise.resolve()
  let isAskWaiting = false
  let nextQuestion: NodeJS.Timeout | null = null
  let hearing: Hearing | null = null
  let isListening = false
  let isHeard = false
  let isStopped = false

  const say = (news: News) => listeners.forEach((listener) => listener(news))

  const tellOthers = async () => {
    gathering = null
    const body = toTell
    toTell = []
    // Whoever is not told asks by itself: a device every minute, a round every ten.
    await tellNews(db, server, body).catch(onFault)
  }

  const ask = async () => {
    isAskWaiting = false
    const isFirst = newest === null
    const rows = isAlone ? await newsSince(db, newest) : await recentNews(db)
    const told = rows.filter((row) => row.server !== server && !seen.has(row.id))
    seen = new Set(rows.map(({ id }) => id))
    newest = rows.at(-1)?.id ?? newest ?? 0
    // What was told before this server was there is not for it: its devices pull first.
    if (isFirst || isStopped) return
    for (const { body } of told) {
      for (const item of Array.isArray(body) ? body : []) {
        const news = v.safeParse(newsSchema, item)
        if (news.success) say(news.output)
      }
    }
  }
  const askSoon = () => {
    if (isAskWaiting || isStopped) return
    isAskWaiting = true
    asking = asking.then(ask).catch(onFault)
  }

  const listen = async () => {
    isListening = true
    const onNews = () => {
      isHeard = true
      askSoon()
    }
    const onLost = () => {
      isListening = false
      isHeard = false
      // What is told from now on is not heard: the next question must not wait for long.
      if (nextQuestion !== null) lookIn(askMs)
    }
    hearing = await hearNews(url, onNews, onLost)
    await probeNews(db)
  }

  const lookAgain = async () => {
    nextQuestion = null
    // First up to where news was told, then listening: what is told from then on is heard or found.
    askSoon()
    await asking
    if (!isListening && isAlone) await listen().catch(onFault)
    askSoon()
    await asking
    lookIn(isHeard ? restMs : askMs)
  }
  const lookIn = (ms: number) => {
    if (nextQuestion !== null) clearTimeout(nextQuestion)
    if (isStopped) return
    nextQuestion = setTimeout(() => {
      looking = lookAgain()
    }, ms)
  }
  let looking = lookAgain()

  return {
    tell(news) {
      say(news)
      if (isStopped) return
      toTell.push(news)
      gathering ??= setTimeout(() => {
        telling = telling.then(tellOthers)
      }, gatherMs)
    },
    hear(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get isHeard() {
      return isHeard
    },
    async stop() {
      isStopped = true
      if (gathering !== null) clearTimeout(gathering)
      if (toTell.length > 0) telling = telling.then(tellOthers)
      if (nextQuestion !== null) clearTimeout(nextQuestion)
      await Promise.all([looking, asking, telling])
      await hearing?.end()
    },
  }
}
