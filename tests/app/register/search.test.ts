import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { cleanFields } from '#domain/clean-fields.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createReadings } from '#app/register/readings.ts'
import type { WireRecord } from '#protocol/pull.ts'
import { building, dwelling, gridA, household, page, resident, uuid } from './grid-of-samples.ts'

const homes = [
  building(100, '3幢', 1),
  building(101, '13幢', 2),
  building(102, '12号', 3, '秋丰路'),
  dwelling(200, 100, '2', '501'),
  dwelling(201, 100, '1', '501'),
  dwelling(202, 101, '2', '501'),
  dwelling(203, 101, '2', '1501'),
  dwelling(204, 102, null, '501A'),
  household(300, 200),
]

function registerOf(...people: WireRecord[]) {
  const register = createRegister()
  register.applyPages([page(gridA, [...homes, ...people])])
  return register
}

const number = (id: string) => Number(id.slice(-12))

describe('people', () => {
  const people = [
    resident(1, 300, '王秀兰', { phones: ['10012345501'] }),
    resident(2, 300, '王秀', { phones: ['100 1234 5502', '10012345503'] }),
    resident(3, 300, '李王秀', { documentNumber: '200101198506153217' }),
    resident(4, 300, '单雄'),
    resident(5, 300, '仇英'),
    resident(6, 300, '查良'),
    resident(7, 300, '欧阳小明'),
    resident(8, 300, '吕布'),
    resident(9, 300, '张王', { documentNumber: '20010119900307123X', movedOutOn: '2026-01-01' }),
    resident(10, 300, 'John Smith'),
    resident(11, 300, '阿依古丽·买买提'),
  ]
  const register = registerOf(...people)
  const find = (text: string, limit = 20) =>
    register.search(text, limit).map((hit) => `${hit.matched} ${number(hit.id)}`)

  it('are found by name: the whole, then the beginning, then the middle', () => {
    expect(find('王秀')).toEqual(['name 2', 'name 1', 'name 3'])
    expect(find(' 王 秀 ')).toEqual(['name 2', 'name 1', 'name 3'])
    expect(find('无此人')).toEqual([])
  })

  it('who moved out or died come last', () => {
    expect(find('王')).toEqual(['name 1', 'name 2', 'name 3', 'name 9'])
    const gone = registerOf(
      resident(1, 300, '王', { diedOn: '2026-01-01' }),
      resident(2, 300, '李小王'),
    )
    expect(gone.search('王', 5).map((hit) => number(hit.id))).toEqual([2, 1])
    expect(gone.search('王', 1).map((hit) => number(hit.id))).toEqual([2])
  })

  it('are found by the last digits of telephone and document, four and more', () => {
    expect(find('5501')).toContain('telephone 1')
    expect(find('12345502')).toEqual(['telephone 2'])
    expect(find('100 1234 5503')).toEqual(['telephone 2'])
    expect(find('3217')).toContain('document 3')
    expect(find('200101198506153217')).toEqual(['document 3'])
    expect(find('123x')).toContain('document 9')
    expect(find('550').filter((hit) => hit.startsWith('telephone'))).toEqual([])
  })

  it('are found in pinyin, whole, begun and by initials, once the dictionary is there', async () => {
    expect(find('wangxiu')).toEqual([])
    await register.warmUp()
    expect(find('wangxiulan')).toEqual(['pinyin 1'])
    expect(find('WANG XIU')).toEqual(['pinyin 2', 'pinyin 1', 'pinyin 3'])
    expect(find('wx')).toEqual(['initials 2', 'initials 1'])
    expect(find('wxl')).toEqual(['initials 1'])
    expect(find("wang'xiu'lan")).toEqual(['pinyin 1'])
    expect(find('lvbu')).toEqual(['pinyin 8'])
  })

  it('have the readings of surnames, single and double', async () => {
    await register.warmUp()
    expect(find('shanxiong')).toEqual(['pinyin 4'])
    expect(find('sx')).toEqual(['initials 4'])
    expect(find('danxiong')).toEqual(['pinyin 4'])
    expect(find('qiuying')).toEqual(['pinyin 5'])
    expect(find('zhaliang')).toEqual(['pinyin 6'])
    expect(find('zl')).toEqual(['initials 6'])
    expect(find('ouyangxiaoming')).toEqual(['pinyin 7'])
    expect(find('oyxm')).toEqual(['initials 7'])
  })

  it('have rare double surnames, every reading of the first character, and each way to write ü', async () => {
    const rare = registerOf(
      resident(1, 300, '万俟样肆'),
      resident(2, 300, '单增样叁'),
      resident(3, 300, '乐样伍'),
      resident(4, 300, '吕样陆'),
      resident(5, 300, '尉迟样柒'),
      resident(6, 300, '澹台样捌'),
    )
    await rare.warmUp()
    const found = (text: string) => rare.search(text, 20).map(({ id }) => number(id))
    for (const [text, id] of [
      ...([
        ['moqi', 1],
        ['mqy', 1],
        ['danzeng', 2],
        ['dzy', 2],
        ['shanzeng', 2],
      ] as const),
      ...([
        ['yue', 3],
        ['le', 3],
        ['lv', 4],
        ['lyu', 4],
        ['lü', 4],
      ] as const),
      ...([
        ['yuchi', 5],
        ['tantai', 6],
      ] as const),
    ]) {
      expect(found(text), text).toContain(id)
    }
  })

  it('are found by exactly what was typed, whatever the form made of it', () => {
    const letters = [...'张王样零古丽•·.・ \u3000\u200b\u202d⾼⺠ＡaＢ１2', '吕', '𠮷']
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 8 }),
        (typed) => {
          const text = typed.join('')
          const fields = cleanFields('resident', { household: uuid(300), name: text })
          const name = String(fields['name'] ?? '')
          // Without a letter it is no name, and the form does not take it.
          fc.pre(/\p{Script=Han}/u.test(name))
          const held = registerOf(resident(1, 300, name))
          expect(held.search(text, 5).map(({ id }) => number(id))).toEqual([1])
          expect(held.search(name, 5).map(({ id }) => number(id))).toEqual([1])
        },
      ),
      { numRuns: 300 },
    )
  })

  it.each([
    '10012345501',
    '100 1234 5501',
    '100-1234-5501',
    '+86 10012345501',
    '8610012345501',
    '0086 100 1234 5501',
    '１００１２３４５５０１',
    '\u202d10012345501\u202c',
    '1001234-5501',
  ])('are found by their telephone written %j', (text) => {
    expect(find(text)).toEqual(['telephone 1'])
  })

  it('with names in Latin letters are found by them', async () => {
    await register.warmUp()
    expect(find('john')).toEqual(['pinyin 10'])
    expect(find('John Smith')).toEqual(['pinyin 10'])
    expect(find('smith')).toEqual(['pinyin 10'])
  })

  it('of any name are read without an exception', async () => {
    const readings = createReadings()
    await readings.warmUp()
    for (const name of ['', ' ', '𠮷田', '阿卜杜拉·买买提', '1', '😀', '行行行行行行行行']) {
      expect(readings.of(name).length, name).toBeLessThanOrEqual(12)
    }
  })
})

describe('the dictionary', () => {
  it('is asked for with the first Latin letter, and screens are told when it is there', async () => {
    const register = registerOf(resident(1, 300, '王秀兰'))
    const told = new Promise<void>((resolve) => register.subscribe(resolve))
    expect(register.search('wxl', 5)).toEqual([])
    await told
    expect(register.search('wxl', 5)).toHaveLength(1)
  })

  it('that cannot be fetched is asked for again', async () => {
    let tries = 0
    const readings = createReadings(() => {
      tries += 1
      return tries === 1
        ? Promise.reject(new Error('offline'))
        : import('#app/register/read-names.ts')
    })
    await expect(readings.warmUp()).rejects.toThrow('offline')
    expect(readings.isReady).toBe(false)
    expect(readings.of('王秀兰')).toEqual([])
    await readings.warmUp()
    expect(readings.of('王秀兰')[0]).toEqual({ full: 'wangxiulan', initials: 'wxl' })
  })
})

describe('rooms', () => {
  const register = registerOf()
  const find = (text: string) => register.search(text, 20).map((hit) => number(hit.id))

  it.each([
    ['501', [201, 200, 202, 204]],
    ['3-2-501', [200]],
    ['3-501', [201, 200]],
    ['3幢2单元501室', [200]],
    ['3栋2单元501', [200]],
    ['03幢02单元501', [200]],
    ['3#2-501', [200]],
    ['2单元501', [200, 202]],
    ['13-2-501', [202]],
    ['清风阳光苑3-2-501', [200]],
    ['清风3-2-501', [200]],
    ['秋丰路12号501', [204]],
    ['秋丰路12号', [204]],
    ['秋丰路12号501a', [204]],
    ['15', [203]],
    ['3-2-502', []],
    ['无名路3-2-501', []],
  ])('%s', (text, expected) => {
    expect(find(text)).toEqual(expected)
  })

  it.each(['', '   ', '---', '无', '#', '\u0000', '(', '3-2-501-7-9'])(
    '%j finds nothing',
    (text) => {
      expect(find(text)).toEqual([])
    },
  )

  it('come after people, no more than asked for', () => {
    const both = registerOf(resident(1, 300, '甲', { phones: ['10012341501'] }))
    expect(both.search('1501', 5).map((hit) => hit.matched)).toEqual(['telephone', 'room'])
    expect(both.search('1501', 1).map((hit) => hit.matched)).toEqual(['telephone'])
    expect(both.search('501', 2)).toHaveLength(2)
    expect(both.search('501', 0)).toEqual([])
    expect(both.byDocument(uuid(1))).toEqual([])
  })
})
