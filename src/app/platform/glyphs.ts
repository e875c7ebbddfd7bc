/**
 * Whether this device can draw a character. A browser does not say: it draws a box. So each character is drawn beside one
 * that no font has, and those that look like it have no glyph. A browser that writes the code into its boxes is not
 * found out; then nothing is said.
 */

/** Of the second plane, as rare characters are, and not assigned (Unicode 17). */
const nobodyHas = '\u{2fffd}'
const size = 32

/** Those of the characters that would be boxes, in the fonts of the page. */
export function withoutGlyph(characters: readonly string[]): readonly string[] {
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return []
  context.font = `${size * 0.75}px ${getComputedStyle(document.body).fontFamily}`
  context.textBaseline = 'top'
  const drawn = (character: string) => {
    context.clearRect(0, 0, size, size)
    context.fillText(character, 0, 2)
    return context.getImageData(0, 0, size, size).data.join()
  }
  const box = drawn(nobodyHas)
  const nothing = drawn(' ')
  return characters.filter((character) => {
    const picture = drawn(character)
    return picture === box || picture === nothing
  })
}
