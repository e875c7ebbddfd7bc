/**
 * What a PDF of Chromium says: sizes of its sheets, and its text without blanks, so that a broken line is no difference.
 */
import { inflateSync } from 'node:zlib'

export function pdfText(pdf: Buffer) {
  const source = pdf.toString('latin1')
  const objects = new Map<string, string>()
  for (const [, id = '', body = ''] of source.matchAll(/(\d+) 0 obj\n?([\s\S]*?)endobj/g)) {
    objects.set(id, body)
  }
  const streamOf = (body: string) => {
    const start = /stream\r?\n/.exec(body)
    const length = Number(/\/Length (\d+)/.exec(body)?.[1] ?? 0)
    const from = start ? start.index + start[0].length : 0
    const data = start ? body.slice(from, from + length) : ''
    if (data === '') return ''
    const bytes = Buffer.from(data, 'latin1')
    return body.includes('FlateDecode') ? inflateSync(bytes).toString('latin1') : data
  }
  const refOf = (body: string, name: string) =>
    new RegExp(`/${name}\\s+(\\d+) 0 R`).exec(body)?.[1] ?? ''
  const letter = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')
  /** Of a font, the letters of its glyphs. */
  const lettersOf = (font: string) => {
    // A glyph's code has as many digits as the font's table writes, two or four.
    const map = new Map<string, string>()
    const unicode = streamOf(objects.get(refOf(objects.get(font) ?? '', 'ToUnicode')) ?? '')
    for (const [, block = ''] of unicode.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
      for (const [, from = '', to = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g)) {
        map.set(from.toUpperCase(), letter(to))
      }
    }
    for (const [, block = ''] of unicode.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
      for (const [, from = '', to = '', first = ''] of block.matchAll(
        /<(\w+)>\s*<(\w+)>\s*<(\w+)>/g,
      )) {
        const start = parseInt(from, 16)
        for (let glyph = start; glyph <= parseInt(to, 16); glyph += 1) {
          const code = glyph.toString(16).toUpperCase().padStart(from.length, '0')
          map.set(code, String.fromCodePoint((letter(first).codePointAt(0) ?? 0) + glyph - start))
        }
      }
    }
    return map
  }
  const sizes: (readonly [number, number])[] = []
  let text = ''
  for (const body of objects.values()) {
    if (!/\/Type\s*\/Page\b/.test(body)) continue
    const box = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(body)
    sizes.push([Number(box?.[1]), Number(box?.[2])])
    const fonts = new Map(
      [...body.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [
        name,
        lettersOf(id),
      ]),
    )
    let letters = new Map<string, string>()
    const content = streamOf(objects.get(refOf(body, 'Contents')) ?? '')
    // Where a glyph stands for several letters that look alike, the one that was meant stands beside it.
    let isSaid = false
    const tokens = /\/(F\d+) [\d.]+ Tf|ActualText <FEFF([\da-fA-F]+)>|(EMC)|<([\da-fA-F]+)>/g
    for (const [, font, said, end, hex = ''] of content.matchAll(tokens)) {
      if (font) letters = fonts.get(font) ?? new Map<string, string>()
      if (said) text += letter(said)
      isSaid = said !== undefined || (isSaid && end === undefined)
      const digits = [...letters.keys()][0]?.length ?? 4
      for (let at = 0; at < hex.length && !isSaid; at += digits) {
        text += letters.get(hex.slice(at, at + digits).toUpperCase()) ?? ''
      }
    }
  }
  return { text: text.normalize('NFKC').replace(/\s/g, ''), sizes }
}
