/** Which letters text may hold: asked by the schemas of records, by every door of the server and by forms. */

/** False of U+0000 and of half a surrogate pair: PostgreSQL takes neither, and no keyboard makes them. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text)
}

/**
 * Control letters but for tab and line break; letters that turn the direction of what follows (U+202E and its kind);
 * letters without a width, by which two names that look alike differ; and what Unicode says is no letter at all.
 * U+200C and U+200D are not among them: some scripts need them.
 */
const unseen =
  /(?![\t\n\r])\p{Cc}|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Noncharacter_Code_Point}|\p{Surrogate}/u

/** True of text that holds letters which nobody can see or type: no form takes them, and no server. */
export function hasUnseenLetters(text: string): boolean {
  return unseen.test(text)
}

/** No form is deeper; what is would overflow whoever walks it. */
const deepest = 16
const mostValues = 20_000

/** Whether a JSON value fits a database's jsonb: storable text alone, also as names, and of a sane depth and size. */
export function isStorableJson(value: unknown): boolean {
  let level: unknown[] = [value]
  let seen = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    seen += level.length
    if (depth > deepest || seen > mostValues) return false
    const next: unknown[] = []
    for (const one of level) {
      if (typeof one === 'string' && !isStorableText(one)) return false
      if (typeof one !== 'object' || one === null) continue
      for (const [key, inner] of Object.entries(one)) {
        if (!isStorableText(key) || key === '__proto__') return false
        next.push(inner)
      }
    }
    level = next
  }
  return true
}
