import type { Rec, Register } from '#app/register/register.ts'

/** Clashes that nobody has settled, the newest first; those of the named records where any are named. */
export function openClashes(register: Register, records?: readonly string[]): Rec<'clash'>[] {
  const wanted = records && new Set(records)
  return [...register.all('clash')]
    .filter(({ fields }) => !fields.settled && (!wanted || wanted.has(fields.record)))
    .sort((a, b) => (a.fields.kept.at < b.fields.kept.at ? 1 : -1))
}
