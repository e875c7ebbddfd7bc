/**
 * A client whose statements the database plans a few times and then no more: what is asked often gets a name in each
 * connection. Not through a pooler that gives each transaction another connection, unless it knows names itself.
 */
import pg from 'pg'

/** So often a text has to be asked before it gets a name: most statements of an office never do. */
const oftenEnough = 20
/** A connection keeps some tens of kilobytes for each. */
const mostNames = 100
/** Texts that are counted; beyond them nothing gets a name. */
const mostTexts = 5_000

const isData = /^\s*(?:select|insert|update|delete|with)\b/i
/** A column that is added changes what these give, and the database refuses to answer them under their names. */
const givesAll = /^\s*select\s+\*|\breturning\s+\*/i

const counts = new Map<string, number>()
const names = new Map<string, string>()

/** The name of a text that is asked often; null of all others. */
export function nameOf(text: string): string | null {
  const name = names.get(text)
  if (name !== undefined) return name
  const count = (counts.get(text) ?? 0) + 1
  if (count < oftenEnough || names.size >= mostNames) {
    if (counts.has(text) || counts.size < mostTexts) counts.set(text, count)
    return null
  }
  counts.delete(text)
  if (!isData.test(text) || givesAll.test(text)) return null
  const given = `often_${names.size + 1}`
  names.set(text, given)
  return given
}

type Answer = Promise<pg.QueryResult>

/** As the pool and Kysely ask it: a text, and values or none. */
export class PreparingClient extends pg.Client {
  /** With each change of the tables under a name all names are new ones. */
  #edition = 0

  // The types of `query` know a dozen ways to call it; whichever is not a text with values goes by unchanged.
  override query(...given: readonly unknown[]): never {
    const [text, values, more] = given
    const ask = super.query.bind(this) as (...asked: readonly unknown[]) => unknown
    if (typeof text !== 'string' || !Array.isArray(values) || more !== undefined) {
      return ask(...given) as never
    }
    const name = nameOf(text)
    if (name === null) return ask(text, values) as never
    const named = { name: `${name}_${this.#edition}`, text, values: values as unknown[] }
    return (ask(named) as Answer).catch((error: unknown) => {
      if (!isChangedUnderName(error)) throw error
      this.#edition += 1
      // In a transaction that has failed with it nothing can be asked again but by whoever began it.
      if (this.getTransactionStatus() !== 'I') throw error
      return ask(text, values) as Answer
    }) as never
  }
}

/** The tables were changed by another version's migration since the statement got its name. */
export function isChangedUnderName(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === '0A000' &&
    error.message.includes('cached plan')
  )
}
