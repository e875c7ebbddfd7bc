/** Who asked, as a request's page shows it: masked, with the follow-up code that stands and what was mended when. */
import { maskName, maskPhone } from '#domain/mask.ts'
import { historyIn } from '#app/register/history-of.ts'
import type { HistoryLine, Rec, Register } from '#app/register/register.ts'

export interface AskersShown {
  readonly known: readonly {
    readonly id: string
    /** Both masked; null where they were not told. */
    readonly name: string | null
    readonly telephone: string | null
  }[]
  /** Who has the follow-up code, or would get one; null where nobody is on record. */
  readonly holder: Rec<'asker'> | null
  /** When the code that stands was made; null where there is none. */
  readonly codeMade: string | null
  readonly history: readonly AskerChange[]
}

export interface AskerChange {
  readonly id: string
  readonly at: string
  /** The name of the account, where this device knows it. */
  readonly by: string | null
  /** Name and telephone were taken away. */
  readonly isCleared: boolean
  /** Which fields, and never a value. */
  readonly fields: readonly (typeof told)[number][]
}

const told = ['name', 'telephone', 'isToldToUnit', 'tokens'] as const

export function askersShown(register: Register, request: string): AskersShown {
  const askers = register.askers(request)
  const holder = askers.find(({ fields }) => fields.tokens?.length) ?? askers[0] ?? null
  return {
    known: askers
      .filter(({ fields }) => fields.name ?? fields.telephone)
      .map(({ id, fields: { name, telephone } }) => ({
        id,
        name: name ? maskName(name) : null,
        telephone: telephone ? maskPhone(telephone) : null,
      })),
    holder,
    codeMade: holder?.fields.tokens?.findLast(({ ended }) => !ended)?.made ?? null,
    history: askers
      .flatMap(({ id }) => historyIn(register, id))
      .filter(({ op }) => op === 'patch')
      .map((line) => ({
        ...{ id: line.id, at: line.at, ...changeOf(line) },
        by: (line.by ? register.get('account', line.by)?.fields.name : undefined) ?? null,
      })),
  }
}

function changeOf({ fields }: HistoryLine): Pick<AskerChange, 'isCleared' | 'fields'> {
  const isEmptied = (field: 'name' | 'telephone') =>
    !(field in fields) || (fields[field]?.[1] ?? null) === null
  return {
    isCleared:
      ('name' in fields || 'telephone' in fields) && isEmptied('name') && isEmptied('telephone'),
    fields: told.filter((field) => field in fields),
  }
}
