/** GB 18030 as our own writer has it, against the standard's corners and the platform's reader. */
import { expect, it } from 'vitest'
import { toGb18030 } from '#app/platform/gb18030.ts'

const hex = (text: string) =>
  [...toGb18030(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

it.each([
  ['a,"1"\r\n', '612c2231220d0a'],
  ['中', 'd6d0'],
  ['　', 'a1a1'],
  ['€', 'a2e3'],
  ['\u{10000}', '90308130'],
  ['\u{20000}', '95328236'],
  ['\u{10ffff}', 'e3329a35'],
  ['\ud842', '3f'],
])('%j is written as %s', (text, bytes) => {
  expect(hex(text)).toBe(bytes)
})

it('comes back as it was, every character that there is', () => {
  const decoder = new TextDecoder('gb18030')
  const lost: string[] = []
  for (let from = 0x20; from < 0x30000; from += 0x100) {
    const all = Array.from({ length: 0x100 }, (_, at) => from + at).filter(
      (point) => !(point >= 0xd800 && point <= 0xdfff) && !(point >= 0xe000 && point <= 0xf8ff),
    )
    const text = String.fromCodePoint(...all.filter((point) => point !== 0xfffd))
    if (decoder.decode(toGb18030(text)) !== text) lost.push(from.toString(16))
  }
  expect(lost).toEqual([])
})
