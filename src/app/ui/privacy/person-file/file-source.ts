/** What a person's file is made of, and how its parts say days and values. */
import type { Day } from '#domain/day.ts'
import type { WireChange } from '#protocol/pull.ts'
import type { ShownPhoto } from '#app/views/photos-of.ts'
import type { Rec, Register } from '#app/register/register.ts'
import { fieldToText } from '#app/ui/pieces/field-value.ts'
import { formatDay, formatMoment } from '#app/ui/format.ts'
import type { Words } from '#app/ui/words/zh-CN.ts'
import type { RequestsWords } from '#app/ui/words/requests-words.ts'
import type { FileWords } from '#app/ui/words/file-words.ts'

export interface FilePart {
  readonly title: string
  /** What is to be known about the part, or why it is empty. */
  readonly note?: string
  /** Widths in characters, in proportion on paper. */
  readonly columns: readonly { readonly header: string; readonly width: number }[]
  readonly rows: readonly (readonly string[])[]
  /** Pictures below the rows, in their order. */
  readonly photos?: readonly ShownPhoto[]
}

/** Changes that only the office has; null where there was no connection to ask for them. */
export type Older = readonly WireChange[] | null | 'asking'

export interface FileSource {
  readonly register: Register
  readonly resident: Rec<'resident'>
  /** Records of the same person that were merged into this one. */
  readonly merged: readonly Rec<'resident'>[]
  readonly today: Day
  /** Without masks over the person's own names and numbers. Other people stay masked in any case. */
  readonly open: boolean
  readonly older: Older
  readonly off: readonly string[]
  readonly words: Words
  readonly own: FileWords
  /** Words of steps, endings and who acts. */
  readonly said: RequestsWords
}

/** No year goes without saying in a file: days are written as of a year in which nothing happened. */
export const longAgo: Day = '0001-01-01'

export const dayInFull = (words: Words, day: Day) => formatDay(words, day, longAgo)
export const momentInFull = (words: Words, at: string) => formatMoment(words, at, longAgo)

/** A field's value in words, in full or masked as the file is. */
export function valueText(
  { words, register, open }: FileSource,
  field: string,
  value: unknown,
): string {
  return fieldToText(words, register, field, value, longAgo, open)
}

export function nameOfAccount({ register, words }: FileSource, id: string | null | undefined) {
  return (id && register.get('account', id)?.fields.name) || words.resident.byUnknown
}

/** Finds a person's record and those that were merged into it; undefined where it is not on this device. */
export function recordsOf(
  register: Register,
  id: string,
): Pick<FileSource, 'resident' | 'merged'> | undefined {
  const resident = register.get('resident', id)
  if (!resident) return undefined
  const merged = [...register.all('resident')].filter((one) => one.fields.mergedInto === id)
  return { resident, merged }
}
