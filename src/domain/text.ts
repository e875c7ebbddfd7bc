/**
 * Texts as they come in: from keyboards, from contacts and chats, out of workbooks and PDFs. Forms, rosters and searches
 * clean by these same rules, so that what one of them takes the others find. Cleaning twice is cleaning once.
 */

/** Control letters but tabs and line breaks, halves of a character, and code points that are no characters. */
const unwritable =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]|\p{Surrogate}|\p{Noncharacter_Code_Point}/u
const allUnwritable = new RegExp(unwritable, 'gu')

/**
 * Letters that nobody sees: format letters (category Cf), variation selectors, the fillers of Hangul, the joiner of
 * graphemes. The joiners of words and emoji are looked at one by one, since some scripts need them.
 */
const allInvisible =
  /(?![\u200c\u200d])\p{Cf}|\ufe00|\ufe01|\ufe02|\ufe03|\ufe04|\ufe05|\ufe06|\ufe07|\ufe08|\ufe09|\ufe0a|\ufe0b|\ufe0c|\ufe0d|\ufe0e|\ufe0f|[\u{e0100}-\u{e01ef}]|\u3164|\uffa0|\u115f|\u1160|\u034f/gu
const allJoiners = /[\u200c\u200d]+/gu
/** Before a joiner that does something: letters of joining and of Indic scripts, and emoji. */
const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u
const joined = /^[\p{L}\p{M}\p{Extended_Pictographic}]/u

const allLineBreaks = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/gu

/**
 * Radicals of U+2E80–2EFF, which PDFs and old fonts put in the place of characters that look the same, each before that
 * character (Unicode, EquivalentUnifiedIdeograph). Those of U+2F00–2FDF are NFKC's to mend.
 */
const radicals = pairsOf(
  '⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫' +
    '⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺶羊⺷羊⺹耂⺺肀⺻聿⺼月⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车' +
    '⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿' +
    '⻯竜⻰龙⻱龜⻲亀⻳龟',
)
const allRadicals = /[\u2e80-\u2eff]/gu

/** What stands in full width or as a radical, and is the same letter: digits, Latin letters, radicals of Kangxi. */
const allWide = /[\u2f00-\u2fdf\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/gu

/** Nearly every text is of these letters alone, and none of them needs more than its blanks looked at. */
const ordinary =
  /^[\u0020-\u007e\u00b7\u4e00-\u9fff\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]*$/u

/** A text of these alone is as it should be already, whatever reads it. */
const asItIs = /^[\u0021-\u007e\u4e00-\u9fff]*$/u

/**
 * Whether the database can hold a text and a screen show it. What this refuses the `clean…` functions take out; the
 * server refuses a field that holds such a letter, whichever app sent it.
 */
export function isWritable(text: string): boolean {
  return !unwritable.test(text)
}

/** A line of a form: nothing invisible, one blank at a time and none at the ends, digits and Latin letters in half width. */
export function cleanText(text: string): string {
  return visibleOf(text).replace(/\s+/gu, ' ').trim()
}

/** The same of a text that may have several lines: a note keeps its line breaks. */
export function cleanLines(text: string): string {
  return visibleOf(text)
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .trim()
}

/**
 * For whoever reads a meaning out of a text (a door, a label, a number): in its compatibility form (NFKC), so that ①,
 * ㈠ and （ are 1, (一) and (. Not to be kept as somebody's words: it rewrites Chinese punctuation.
 */
export function plainText(text: string): string {
  if (asItIs.test(text)) return text
  return settle(text, (before) => cleanText(visibleOf(before).normalize('NFKC')))
}

/** Applied until nothing changes: what is taken out may leave letters side by side that belong together. */
export function settle(text: string, clean: (text: string) => string): string {
  let [before, after] = [text, clean(text)]
  while (before !== after) {
    before = after
    after = clean(before)
  }
  return after
}

/** Values of a record as a form holds them, each text in them cleaned; whatever is no text stays as it is. */
export function cleanValues<T>(value: T): T {
  if (typeof value === 'string') return cleanLines(value) as T
  if (Array.isArray(value)) return value.map((one: unknown) => cleanValues(one)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, cleanValues<unknown>(inner)]),
  ) as T
}

function visibleOf(text: string): string {
  return ordinary.test(text) ? text : settle(text, onceVisible)
}

function onceVisible(text: string): string {
  return text
    .replace(allLineBreaks, '\n')
    .replace(allUnwritable, '')
    .replace(allInvisible, '')
    .replace(allJoiners, (found, at: number, all: string) => {
      const isNeeded = joining.test(all.slice(0, at)) && joined.test(all.slice(at + found.length))
      return isNeeded ? found.slice(0, 1) : ''
    })
    .replace(allRadicals, (radical) => radicals.get(radical) ?? radical)
    .replace(allWide, (letter) => letter.normalize('NFKC'))
    .normalize('NFC')
}

function pairsOf(text: string): ReadonlyMap<string, string> {
  const letters = [...text]
  return new Map(
    letters.flatMap((letter, at) => (at % 2 === 0 ? [[letter, letters[at + 1] ?? letter]] : [])),
  )
}
