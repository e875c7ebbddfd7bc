/** Characters that this device may have no glyph for: the common ones are never looked at, and cost nothing. */

/** Extensions A to J of the Chinese characters, and what is beside them in their planes. */
const rare = /[\u3400-\u4dbf\u{20000}-\u{3fffd}]/u

/** The characters of a text that would be drawn as boxes here, each once. */
export async function charactersWithoutGlyph(text: string): Promise<readonly string[]> {
  const characters = [...new Set(text)].filter((character) => rare.test(character))
  if (characters.length === 0) return []
  const { withoutGlyph } = await import('#app/platform/glyphs.ts')
  return withoutGlyph(characters)
}
