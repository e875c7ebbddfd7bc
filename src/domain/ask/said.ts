/** What somebody says on the page of a sticker, read from a form or from the page's script. */
import * as v from 'valibot'
import { cleanFields } from '../clean-fields.ts'
import type { FieldProblemCode } from '../field.ts'
import { cleanPhone } from '../phone.ts'
import { problemsOfNew } from '../schemas.ts'
import { cleanLines, cleanText } from '../text.ts'
import type { Proof } from './proof.ts'

/** As it is kept until it is in a stream. */
export interface Asked {
  readonly item: string | null
  readonly words: string | null
  readonly name: string | null
  readonly telephone: string | null
  /** A door or a spot, beside what the sticker says. */
  readonly door: string | null
  /** The unit may call. */
  readonly isToldToUnit: boolean
  /** For the office alone: no worker of the grid reads it before the office has. */
  readonly isPrivate: boolean
}

export interface Submission {
  /** Made when the page opened: one request, however often it is sent. */
  readonly id: string
  readonly said: Asked
  /** SHA-256 of the follow-up code; null of a form without script. */
  readonly token: string | null
  readonly proof: Proof | null
}

export interface SaidProblem {
  readonly field: keyof Asked | 'id'
  readonly problem: FieldProblemCode
}

export const mostWords = 1_000

type Read =
  | { readonly ok: true; readonly submission: Submission }
  | { readonly ok: false; readonly problems: readonly SaidProblem[] }

const uuid = v.pipe(v.string(), v.uuid(), v.toLowerCase())
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const proofSchema = v.object({
  challenge: v.object({
    code: v.pipe(v.string(), v.maxLength(40)),
    salt: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
    until: v.pipe(v.number(), v.safeInteger()),
    rounds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
    bits: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
    signature: hash,
  }),
  nonce: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000)),
})

export function readSubmission(given: Readonly<Record<string, unknown>>): Read {
  const problems: SaidProblem[] = []
  const bad = (field: SaidProblem['field'], problem: FieldProblemCode) =>
    void problems.push({ field, problem })
  const textOf = (field: 'words' | 'name' | 'telephone' | 'door', most: number): string | null => {
    const value = given[field]
    if (value === undefined || value === null || value === '') return null
    if (typeof value !== 'string') {
      bad(field, 'wrong-shape')
      return null
    }
    const text = field === 'words' ? cleanLines(value) : cleanText(value)
    if (text.length > most) bad(field, 'too-long')
    return text === '' ? null : text
  }
  const isSet = (field: string) => ['on', 'yes', 'true', true].includes(given[field] as string)
  const id = v.safeParse(uuid, given['id'])
  if (!id.success) bad('id', 'wrong-shape')
  const item = v.safeParse(uuid, given['item'])
  const words = textOf('words', mostWords)
  const hasItem = given['item'] !== undefined && given['item'] !== null && given['item'] !== ''
  if (hasItem && !item.success) bad('item', 'unknown-choice')
  if (!hasItem && words === null) bad('words', 'required')
  const telephone = textOf('telephone', 40)
  const phone = telephone === null ? null : cleanPhone(telephone)
  if (telephone !== null && phone === null) bad('telephone', 'not-a-telephone')
  const said: Asked = {
    ...{ item: item.success ? item.output : null, words, telephone: phone },
    ...{ name: textOf('name', 40), door: textOf('door', 30) },
    ...{ isToldToUnit: isSet('isToldToUnit'), isPrivate: isSet('isPrivate') },
  }
  if (problems.length === 0) problems.push(...unseenLetters(said))
  if (problems.length > 0 || !id.success) return { ok: false, problems }
  const token = v.safeParse(hash, given['token'])
  const proof = v.safeParse(proofSchema, given['proof'])
  return {
    ok: true,
    submission: {
      ...{ id: id.output, said, token: token.success ? token.output : null },
      proof: proof.success ? proof.output : null,
    },
  }
}

/** What makes two posts of one id the same. */
export function sameSaid({ item, words, name, telephone, door, isPrivate }: Asked): string {
  return JSON.stringify([item, words, name, telephone, door, isPrivate])
}

/** Of a second post under the same id: what it says that the first did not, as one addition. */
export function additionOf({ words, door }: Asked): string {
  return [words, door].filter(Boolean).join('，').slice(0, mostWords)
}

/** The fields of the request that it becomes. */
export function askedFields(
  { item, words, door }: Asked,
  more: {
    readonly number: string
    readonly at: string
    readonly level: 'ordinary' | 'urgent' | 'major'
    readonly itemName: string | null
    /** As the sticker calls its place. */
    readonly place: string
    readonly building: string | null
  },
): Readonly<Record<string, unknown>> {
  const { place, building, ...rest } = more
  return cleanFields('request', {
    ...{ ...rest, item, words, source: 'page' },
    where: [place, door].filter(Boolean).join(' ').slice(0, 100),
    ...(building === null ? {} : { site: building, siteKind: 'building' }),
  })
}

/** Letters that no screen shows were taken out; what a record would still refuse is said here and not at an office's desk. */
function unseenLetters(said: Asked): SaidProblem[] {
  const at = '2000-01-01T00:00:00.000Z'
  const fields = askedFields(
    { ...said, words: said.words ?? '-' },
    { ...{ number: '-', at, level: 'ordinary', itemName: null, place: '-', building: null } },
  )
  const { name, telephone } = said
  const request = '00000000-0000-4000-8000-000000000000'
  return [
    ...problemsOfNew('request', fields),
    ...problemsOfNew('asker', cleanFields('asker', { request, name, telephone })),
  ].map(({ field, problem }) => ({
    field: field === 'where' ? 'door' : (field as keyof Asked),
    problem,
  }))
}
