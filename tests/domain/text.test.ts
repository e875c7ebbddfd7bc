/** One cleaning for forms, rosters and searches. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { cleanName, nameKey } from '#domain/name.ts'
import { cleanPhone, phoneKey, readPhones } from '#domain/phone.ts'
import { cleanLines, cleanText, cleanValues, isWritable, plainText } from '#domain/text.ts'

/** Texts with the letters that go wrong, far more often than chance would bring them. */
const dirt = [
  ...'\u0000\u0007\u001f\u007f\u0085\u009f\ufffe\uffff\ud842\udc00\u00ad\u200b\u200c\u200d\u200e\u202a\u202d\u202c',
  ...'\u2028\u2060\ufeff\ufe0f\u3164\uffa0\u034f\u3000\u00a0\t\n\r\u2ea0\u2fbc\uff11\uff21\uf900\u0301',
  ..."甲乙丙张王·•・.-'’()（）12301Aae👩👧 ",
]
const dirty = fc.oneof(
  fc.string({ unit: fc.constantFrom(...dirt), maxLength: 24 }),
  fc.string({ unit: 'binary', maxLength: 24 }),
)

describe('a text', () => {
  it.each([
    ['甲\u0000乙', '甲乙'],
    ['甲\ud842乙', '甲乙'],
    ['样例\u0007铃', '样例铃'],
    ['甲\ufffe乙', '甲乙'],
    ['王样兰\u200b', '王样兰'],
    ['\u202d10012340078\u202c', '10012340078'],
    ['甲\ufe0f\u3164乙', '甲乙'],
    ['　甲　 乙\t', '甲 乙'],
    ['３幢Ａ室', '3幢A室'],
    ['说明：甲（乙）', '说明：甲（乙）'],
    ['⾼样文', '高样文'],
    ['⻢样⻰', '马样龙'],
    ['👩\u200d👧', '👩\u200d👧'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['甲\u200d乙', '甲乙'],
  ])('%j is kept as %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean)
  })

  it('keeps the lines of a note, and no others', () => {
    expect(cleanLines(' 甲 \r\n\r\n\t乙\u2028丙 ')).toBe('甲\n\n乙\n丙')
    expect(cleanText('甲\n乙')).toBe('甲 乙')
  })

  it('is the same when it is cleaned twice, whatever stands in it', () => {
    fc.assert(
      fc.property(dirty, (text) => {
        for (const clean of [cleanText, cleanLines, plainText, cleanName, nameKey]) {
          expect(clean(clean(text))).toBe(clean(text))
        }
      }),
      { numRuns: 3_000 },
    )
  })

  it('can be stored once it is cleaned, and what can be stored holds no letter that cannot', () => {
    fc.assert(
      fc.property(dirty, (text) => {
        expect(isWritable(cleanLines(text))).toBe(true)
        expect(JSON.parse(JSON.stringify(cleanLines(text)))).toBe(cleanLines(text))
      }),
    )
    expect(['甲\u0000', '甲\ud842', '甲\u0007', '甲\uffff'].map(isWritable)).toEqual([
      ...[false, false, false, false],
    ])
    expect(isWritable('甲\n\t乙 👩\u200d👧')).toBe(true)
  })

  it('is cleaned wherever it stands in a form, and nothing else is touched', () => {
    const values = {
      name: '甲\u0000',
      list: [{ note: ' 乙\u200b' }],
      count: 3,
      none: null,
      on: true,
    }
    expect(cleanValues(values)).toEqual({ ...values, name: '甲', list: [{ note: '乙' }] })
  })
})

describe('a name', () => {
  it.each([
    ['张　样零', '张样零'],
    ['古样丽•样提', '古样丽·样提'],
    ...[...'\u30fb\u2027\u2219\u22c5\u25cf\uff65.．•'].map((dot): [string, string] => [
      `古样丽${dot}样提`,
      '古样丽·样提',
    ]),
    ['⾼样文', '高样文'],
    ['李\u200b样壹', '李样壹'],
    ['John  Smith Jr.', 'John Smith Jr.'],
    ['Ｊohn', 'John'],
    ['·', ''],
    ['\u200b', ''],
  ])('%j is %j', (text, name) => {
    expect(cleanName(text)).toBe(name)
  })

  it('compares without its dot', () => {
    const ways = ['古样丽·样提', '古样丽•样提', '古样丽样提', '古样丽.样提', '古样丽 样提']
    expect(new Set(ways.map(nameKey)).size).toBe(1)
  })
})

describe('telephones', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['0571-00000000转8012', ['0571-00000000-8012'], []],
    ['10000000001（短号660001）', ['10000000001'], ['短号660001']],
    ['00000001 10000000002', ['00000001', '10000000002'], []],
    ['10000000001.0', ['10000000001'], []],
    ['10000000001/660001', ['10000000001', '660001'], []],
    ['１００１２３４００７７', ['10012340077'], []],
    ['（0571）00000000', ['0571-00000000'], []],
    ['0571 00000000', ['0571-00000000'], []],
    ['100 1234 0077', ['10012340077'], []],
    ['100-1234-0077', ['10012340077'], []],
    ['+86 100 1234 0077', ['10012340077'], []],
    ['8610012340077', ['10012340077'], []],
    ['008610012340077', ['10012340077'], []],
    ['+86-571-00000000', ['0571-00000000'], []],
    ['\u202d10012340078\u202c', ['10012340078'], []],
    ['手机：10012340077', ['10012340077'], []],
    ['10012340077（本人）', ['10012340077'], []],
    ['10012340077、10012340078；10012340077', ['10012340077', '10012340078'], []],
    ['10012340077或10012340078', ['10012340077', '10012340078'], []],
    ['2026-03-02', [], ['2026-03-02']],
    ['没有电话', [], ['没有电话']],
    ['123 456', [], ['123 456']],
    ['100123400771234567890123', [], ['100123400771234567890123']],
  ])('%j', (text, phones, unclear) => {
    expect(readPhones(text)).toEqual({ phones, unclear })
  })

  it('are read once more as they were read, each as one', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'0123456789+- ()/转'), maxLength: 24 })
    fc.assert(
      fc.property(odd, (text) => {
        for (const phone of readPhones(text).phones) expect(cleanPhone(phone)).toBe(phone)
      }),
      { numRuns: 3_000 },
    )
  })

  it('have one key, however they are written', () => {
    const ways = ['10012340077', '+8610012340077', '86 100-1234-0077', '0086 10012340077']
    expect(new Set(ways.map(phoneKey))).toEqual(new Set(['10012340077']))
  })
})
