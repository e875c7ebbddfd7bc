/**
 * Text as a cell of a workbook or of a CSV file may hold it. A table is opened in a program that computes: a name or a
 * note that begins like a formula would be computed there, or fetch something, once the file was saved as CSV or the
 * cell was edited. Numbers and days never come here: they are written as numbers and days.
 */

/** What Excel, WPS and LibreOffice take for the beginning of a formula, also in full width and behind a space. */
const formula = /^[\s\u200b\u2060\ufeff]*[=+\-@|＝＋－＠]/u

/** Excel moves a tab or a new line at the front into the next cell, where a formula could begin. */
const newLine = /^[\t\r\n]/

/** XML 1.0 has no room for these; a single one makes a workbook that does not open. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

/** The longest text that a cell of Excel holds, in UTF-16 units. */
const longest = 32_767

/**
 * The text with an apostrophe before it where it could be computed: spreadsheets hide or show it, and an import takes
 * it off again. What no cell can hold is left out, and what is too long ends with `…`.
 */
export function sheetText(text: string): string {
  const clean = text.replace(unwritable, '')
  const safe = formula.test(clean) || newLine.test(clean) ? `'${clean}` : clean
  return safe.length > longest ? `${withoutHalf(safe.slice(0, longest - 1))}…` : safe
}

/** A cut may not leave half of a character beyond the first 65,536. */
function withoutHalf(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text
}
