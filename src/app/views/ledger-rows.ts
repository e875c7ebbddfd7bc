/** A ledger before it is written: under what each row falls, what is asked once for all of them, and what may be answered. */
import type { Role } from '#domain/account.ts'
import { maskName, maskPhone } from '#domain/mask.ts'
import { itemsOffered } from '#domain/requests/catalogue.ts'
import type { LedgerField } from '#domain/requests/ledger-columns.ts'
import type { HeldRow, LedgerAnswers } from './ledger-against.ts'
import type { Register } from '#app/register/register.ts'
import { catalogueHere, unitsHere } from './request-rules.ts'
import { gridName } from './door.ts'

export const ledgerShows = ['taken', 'asked', 'doubled', 'wrong'] as const
export type LedgerShow = (typeof ledgerShows)[number]

/** Each row of a ledger falls under one: what is written, what waits for an answer, what may be there, what is wrong. */
export function showOf({ problems, isTaken, before, similar }: HeldRow): LedgerShow {
  if (problems.some((one) => one === 'item-open' || one === 'holder-open')) return 'asked'
  if (problems.length > 0) return 'wrong'
  if (isTaken) return 'taken'
  return before !== null || similar.length > 0 ? 'doubled' : 'taken'
}

/** Persons in the samples stay masked; so does a column that nobody has named yet and that holds long numbers. */
export function maskSample(field: LedgerField | null, sample: string): string {
  if (field === 'name') return maskName(sample)
  return field === 'telephone' || (field === null && /\d{7}/.test(sample))
    ? maskPhone(sample)
    : sample.slice(0, 30)
}

export interface LedgerQuestion {
  /** As the ledger calls it. */
  readonly text: string
  /** Rows that say so. */
  readonly count: number
}

export interface LedgerQuestions {
  readonly items: readonly LedgerQuestion[]
  readonly holders: readonly LedgerQuestion[]
  /** Rows of which nobody knows where they are. */
  readonly placeless: number
}

/** What the ledger calls otherwise than the catalogue, asked once for all its rows; answered, it can still be changed. */
export function ledgerQuestions(rows: readonly HeldRow[], answers: LedgerAnswers): LedgerQuestions {
  const asksItem = ({ row, item, problems }: HeldRow) =>
    problems.includes('item-open') ||
    (answers.items[row.itemText] !== undefined && (item === null || row.itemText !== item.name))
  const asksHolder = ({ row, problems }: HeldRow) =>
    problems.includes('holder-open') || answers.holders[row.holderText] !== undefined
  return {
    items: counted(rows.filter(asksItem).map(({ row }) => row.itemText)),
    holders: counted(rows.filter(asksHolder).map(({ row }) => row.holderText)),
    placeless: rows.filter(({ site, item }) => !site && !item?.isStaffOnly && !item?.isAboutStaff)
      .length,
  }
}

function counted(texts: readonly string[]): readonly LedgerQuestion[] {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].map(([text, count]) => ({ text, count }))
}

export interface Offered {
  readonly value: string
  readonly label: string
}

/** What the questions can be answered with: matters of the catalogue, units, grids. */
export function ledgerAnswersOffered(
  register: Register,
  role: Role,
  isEnglish: boolean,
): Readonly<Record<'items' | 'holders' | 'grids', readonly Offered[]>> {
  const catalogue = catalogueHere(register)
  return {
    items: (catalogue ? itemsOffered(catalogue, role) : []).map(({ id, name, nameEn }) => ({
      value: id,
      label: isEnglish ? nameEn : name,
    })),
    holders: unitsHere(register).map(({ id, name }) => ({ value: id, label: name })),
    grids: register.grids().map(({ id }) => ({ value: id, label: gridName(register, id) })),
  }
}

/** The requests that a row may be of, which are here already. */
export function requestsLike(
  register: Register,
  { before, similar }: HeldRow,
): readonly { readonly id: string; readonly number: string }[] {
  return [...(before === null ? [] : [before]), ...similar].flatMap((id) => {
    const request = register.get('request', id)
    return request ? [{ id, number: request.fields.number }] : []
  })
}

export function unitNameOf(register: Register, unit: string | null): string | undefined {
  return unit === null ? undefined : unitsHere(register).find(({ id }) => id === unit)?.name
}
