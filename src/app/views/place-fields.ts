/** What a place's form takes; the server asks the same of whatever comes (`domain/place.ts`). */

export function nameProblem(name: string): boolean {
  return name.trim() === ''
}

/** Blank where it is not publicly known: never invented, so never half of one. */
export function codeProblem(code: string): boolean {
  return code.trim() !== '' && !/^\d{12}$/.test(code.trim())
}
