/** What a roster's row would change of somebody whom the register has: blank cells change nothing, sets only grow. */
import { documentKey } from '../document-key.ts'
import { nameKey } from '../name.ts'
import { phoneKey } from '../phone.ts'
import type { Resident } from '../resident.ts'
import type { RosterFacts } from './row.ts'

export interface FieldChange {
  readonly field: keyof RosterFacts | 'name' | 'household'
  readonly from: unknown
  readonly to: unknown
}

export interface Changes {
  readonly list: readonly FieldChange[]
  /** Something that the register says would be replaced; else only what it lacks is filled in. */
  readonly overwrites: boolean
}

/** Never taken from a roster over what a worker wrote. */
const fillOnly: ReadonlySet<string> = new Set(['note'])
/** Large steps, though the field was empty before. */
const weighty: ReadonlySet<string> = new Set(['movedOutOn', 'diedOn'])

export function changesOf(held: Resident, facts: RosterFacts): Changes {
  const list: FieldChange[] = []
  let overwrites = false
  for (const [name, to] of Object.entries(facts)) {
    const field = name as keyof RosterFacts
    if (to === null || to === undefined) continue
    const from = held[field] ?? null
    if (field === 'phones') {
      const phones = morePhones(held.phones ?? [], facts.phones ?? [])
      if (phones) list.push({ field, from, to: phones })
    } else if (field === 'tags') {
      const tags = moreTags(held.tags ?? [], facts.tags ?? [])
      if (tags) list.push({ field, from, to: tags })
    } else if (from === null || from === '') {
      // A card is what a number without a type is taken for.
      if (field === 'documentType' && to === '111' && held.documentNumber) continue
      list.push({ field, from: null, to })
      if (weighty.has(field)) overwrites = true
    } else if (!isSameFact(field, from, to) && !fillOnly.has(field)) {
      list.push({ field, from, to })
      overwrites = true
    }
  }
  return { list, overwrites }
}

/** Tables whose general codes stand for any of the finer ones below them. */
const general: ReadonlySet<string> = new Set(['education', 'marriage', 'relation'])

function isSameFact(field: string, from: unknown, to: unknown): boolean {
  if (from === to) return true
  if (typeof from !== 'string' || typeof to !== 'string') return false
  if (field === 'documentNumber') return documentKey(from) === documentKey(to)
  // Another way to write the same name, or the same telephone, is no news.
  if (field.endsWith('Name')) return nameKey(from) === nameKey(to)
  if (field.endsWith('Phone')) return phoneKey(from) === phoneKey(to)
  if (field === 'hukouDivision') return isSameDivision(from, to)
  // 本科 says nothing against 大学本科毕业, nor 子 against 长子.
  return general.has(field) && to.endsWith('0') && from.startsWith(to.slice(0, 1))
}

/** A village's code of twelve digits says nothing against its county, nor a county against its province. */
function isSameDivision(held: string, found: string): boolean {
  const short = found.replace(/(?:00)+$/, '')
  return held.startsWith(short)
}

const mostPhones = 5

function morePhones(held: readonly string[], found: readonly string[]): string[] | null {
  const known = new Set(held.map(phoneKey))
  const fresh = found.filter((phone) => !known.has(phoneKey(phone)))
  const all = [...held, ...fresh].slice(0, mostPhones)
  return all.length > held.length ? all : null
}

type Tags = NonNullable<Resident['tags']>

function moreTags(held: Tags, found: readonly Tags[number][]): Tags | null {
  const known = new Map(held.map((tag) => [tag.tag, tag]))
  const fresh = found.filter((tag) => {
    const had = known.get(tag.tag)
    return !had || (had.until !== null && had.until !== undefined && had.until < tag.from)
  })
  if (fresh.length === 0) return null
  const replaced = new Set(fresh.map(({ tag }) => tag))
  return [...held.filter(({ tag }) => !replaced.has(tag)), ...fresh].slice(0, 20)
}
