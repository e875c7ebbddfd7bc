/** A workbook of places and people on its way: read, held against what is there, written. Kept in memory alone. */
import { useMemo, useState } from 'preact/hooks'
import type { BookLine } from '#domain/place-book/book.ts'
import { planBook, type BookPlan } from '#domain/place-book/plan-book.ts'
import type { Known } from '#domain/place-book/planning.ts'
import type { LineProblem, Verdict } from '#domain/place-book/verdict.ts'
import { readBookFile, type BookTrouble } from '#app/acts/place-book-file.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import type { usePlaces } from '#app/ui/places/tree/use-places.ts'
import { useAct, type Acting } from '#app/ui/places/tree/use-act.ts'

export interface Said {
  readonly line: BookLine
  readonly problem: LineProblem
}

export interface OpenBook {
  readonly plan: BookPlan
  /** The rows that are new. */
  readonly fresh: readonly BookLine[]
  /** Rows that make nothing, each with its reason, in the order of the file. */
  readonly wrong: readonly Said[]
  /** How many rows say what is there already. */
  readonly there: number
  readonly hasFormulas: boolean
  /** Not all of it was new to the office any more: nothing was written. */
  readonly hasChanged: boolean
}

export interface PlaceBook {
  readonly isReading: boolean
  readonly trouble: BookTrouble | null
  readonly open: OpenBook | null
  readonly acting: Acting
  /** The workbook that was just written. */
  readonly written: string | null
  choose(file: File): Promise<void>
  write(): Promise<void>
  close(): void
}

interface Read {
  readonly lines: readonly BookLine[]
  readonly hasFormulas: boolean
}

const keyOf = ({ of, sheet, row }: BookLine) => `${of} ${sheet} ${row}`

export function usePlaceBook(known: ReturnType<typeof usePlaces>): PlaceBook {
  const acting = useAct()
  const from = useKnown(known)
  const [isReading, setReading] = useState(false)
  const [trouble, setTrouble] = useState<BookTrouble | null>(null)
  const [read, setRead] = useState<Read | null>(null)
  /** What the office says otherwise than this device. */
  const [told, setTold] = useState<ReadonlyMap<string, Verdict>>(new Map())
  const [written, setWritten] = useState<string | null>(null)
  const open = useMemo(() => read && from && openOf(read, from, told), [read, from, told])
  return {
    ...{ isReading, trouble, open, acting, written },
    async choose(file) {
      setReading(true)
      setTrouble(null)
      const answer = await readBookFile(file)
      setReading(false)
      setTold(new Map())
      if (!answer.ok) return setTrouble(answer.trouble)
      const hasFormulas = answer.notices.some((notice) => notice.startsWith('formulas'))
      setRead({ lines: answer.lines, hasFormulas })
    },
    async write() {
      if (!read || !open) return
      const lines = open.fresh
      const answer = await acting.run('place-book', { lines }, (acts, request) =>
        acts.books.write(request),
      )
      if (!answer?.ok) return
      if (answer.value.book !== null) return setWritten(answer.value.book)
      const { verdicts } = answer.value
      setTold(
        new Map(
          lines.flatMap((line, at) => {
            const verdict = verdicts[at]
            return verdict && verdict.state !== 'new' ? [[keyOf(line), verdict] as const] : []
          }),
        ),
      )
    },
    close() {
      setRead(null)
      setTold(new Map())
      setTrouble(null)
      setWritten(null)
    },
  }
}

/** Null before the office has told who works here. */
function useKnown({ told, tree }: ReturnType<typeof usePlaces>): Known | null {
  const account = useStore(useParts('session').session, (session) => session.account)
  return useMemo(() => {
    if (!told || !account) return null
    const places = [...tree.byId.values()].filter(({ closed }) => !closed)
    const accounts = new Map(
      told.accounts.map(({ login, name, role, closedAt }) => [
        login,
        closedAt === null ? { name, role } : null,
      ]),
    )
    const roots = told.accounts.find(({ id }) => id === account.id)?.places ?? []
    return { role: account.role, places, roots, accounts }
  }, [told, tree, account])
}

function openOf(
  { lines, hasFormulas }: Read,
  known: Known,
  told: ReadonlyMap<string, Verdict>,
): OpenBook {
  const toldOf = (line: BookLine) => told.get(keyOf(line))
  const left = lines.filter((line) => toldOf(line) === undefined)
  const plan = planBook(left, known)
  const verdictOf = new Map(left.map((line, at) => [line, plan.verdicts[at]]))
  const verdicts = lines.map((line) => toldOf(line) ?? verdictOf.get(line))
  return {
    plan,
    fresh: left.filter((_, at) => plan.verdicts[at]?.state === 'new'),
    wrong: lines.flatMap((line, at) => {
      const problem = verdicts[at]?.problem
      return problem ? [{ line, problem }] : []
    }),
    there: verdicts.filter((verdict) => verdict?.state === 'there').length,
    hasFormulas,
    hasChanged: told.size > 0,
  }
}
