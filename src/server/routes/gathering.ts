/**
 * Work that many ask for at once and that costs little more for many than for one. What comes to a quiet server is done
 * at once; what comes meanwhile is done together next.
 */
import { isConnectionLost, isOutOfRoom } from '../db/transact.ts'

interface Waiting<T> {
  readonly item: T
  resolve(): void
  reject(error: unknown): void
}

const mostAtOnce = 100

/**
 * `work` does all of its items or none. Where it fails each is done by itself, and only whose own fails is told so; all
 * of them where the database is away. Of one key no two are done together.
 */
export function createGathering<T>(
  keyOf: (item: T) => string,
  work: (items: readonly T[]) => Promise<void>,
): (item: T) => Promise<void> {
  let waiting: Waiting<T>[] = []
  let isBusy = false

  const alone = async (one: Waiting<T>) => {
    try {
      await work([one.item])
      one.resolve()
    } catch (error) {
      one.reject(error)
    }
  }
  const together = async (these: readonly Waiting<T>[]) => {
    const [first] = these
    if (first && these.length === 1) return alone(first)
    try {
      await work(these.map(({ item }) => item))
    } catch (error) {
      // Where the database is away each of them would wait for it in turn.
      const isAway = isConnectionLost(error) || isOutOfRoom(error)
      for (const one of these) await (isAway ? one.reject(error) : alone(one))
      return
    }
    for (const one of these) one.resolve()
  }
  const next = () => {
    const keys = new Set<string>()
    const these = new Set<Waiting<T>>()
    for (const one of waiting) {
      const key = keyOf(one.item)
      if (these.size < mostAtOnce && !keys.has(key)) these.add(one)
      keys.add(key)
    }
    if (these.size === 0) return
    waiting = waiting.filter((one) => !these.has(one))
    isBusy = true
    void together([...these]).then(() => {
      isBusy = false
      next()
    })
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isBusy) next()
    })
}
