/** The empty workbook of places and people, filled in by a program of others and read back. */
import { read, utils, write } from '@e965/xlsx'
import { afterEach, expect, it, vi } from 'vitest'
import { saveBookTemplate, readBookFile, type BookWords } from '#app/acts/place-book-file.ts'

const saved = vi.hoisted(() => ({ files: [] as { name: string; file: Blob }[] }))
vi.mock('#app/platform/save-file.ts', () => ({
  saveBlob: (name: string, file: Blob) => void saved.files.push({ name, file }),
}))
afterEach(() => saved.files.splice(0))

const words = (language: BookWords['language']): BookWords => ({
  ...{ language, file: '样例', places: '地方', people: '人员' },
  ...{ placesExample: '填写示例-地方', peopleExample: '填写示例-人员' },
  ...{ abovePlaces: ['地方', '种类在格子里选。'], abovePeople: ['人员', '一行一个账号'] },
  ...{
    examplePlaces: [['社区', '样例社区', '', '']],
    examplePeople: [['样例甲', 'a', '网格员', '']],
  },
})

it.each(['zh-CN', 'en'] as const)(
  'in %s: what is filled in is read back, the example is not',
  async (language) => {
    await saveBookTemplate(words(language))
    const [{ name, file }] = saved.files as [{ name: string; file: Blob }]
    expect(name).toBe('样例.xlsx')
    const book = read(new Uint8Array(await file.arrayBuffer()))
    const add = (sheet: string, row: readonly string[]) =>
      utils.sheet_add_aoa(book.Sheets[sheet] ?? {}, [[...row]], { origin: -1 })
    add('地方', ['社区', '甲社区', '', '330111001099'])
    add('人员', ['样例甲', 'a', '网格员', '甲社区'])
    const filled = new File(
      [write(book, { type: 'buffer', bookType: 'xlsx' }) as ArrayBuffer],
      'a.xlsx',
    )
    expect(await readBookFile(filled)).toMatchObject({
      ok: true,
      lines: [
        { of: 'place', sheet: '地方', row: 4, kind: '社区', name: '甲社区', code: '330111001099' },
        { of: 'person', sheet: '人员', row: 4, name: '样例甲', login: 'a', places: '甲社区' },
      ],
    })
  },
)
