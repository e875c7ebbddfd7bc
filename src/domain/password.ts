/** Passwords that people choose. Sign-in counts its tries, so what matters is that nobody guesses one in ten. */

export const shortestPassword = 8
export const longestPassword = 256

/** True where it is too short, one character again and again, a run, or the login itself with little around it. */
export function isWeakPassword(password: string, login: string): boolean {
  const characters = [...password]
  if (characters.length < shortestPassword || password.length > longestPassword) return true
  if (new Set(characters).size < 4 || isRun(characters)) return true
  const rest = password.toLowerCase().replaceAll(login.toLowerCase(), '')
  return rest.length < 4
}

/** 12345678, hgfedcba. */
function isRun(characters: readonly string[]): boolean {
  const steps = characters
    .slice(1)
    .map(
      (character, index) =>
        (character.codePointAt(0) ?? 0) - (characters[index]?.codePointAt(0) ?? 0),
    )
  return Math.abs(steps[0] ?? 0) === 1 && steps.every((step) => step === steps[0])
}
