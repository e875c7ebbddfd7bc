/** A table going out: the workbook read back by two readers, the record before the file, and what stops it. */
import readXlsx from 'read-excel-file/universal'
import { read, utils } from '@e965/xlsx'
import { createStore } from 'zustand/vanilla'
import { describe, expect, it } from 'vitest'
import { columnsOf, pickColumns } from '#domain/door-columns.ts'
import { fieldTables } from '#domain/field-tables.ts'
import { standardColumns } from '#domain/standard-table.ts'
import { rosterWords } from '#domain/sheet-columns.ts'
import { createWorkbookWriter } from '#app/platform/workbook.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { Intent } from '#app/acts/intent.ts'
import { handOut, type HandOut, type HandOutPieces } from '#app/acts/hand-out.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  resident,
  today,
  uuid,
} from '../register/grid-of-samples.ts'

const number = '200101194001010018'
const people = [
  { name: '样例甲', documentType: '111', documentNumber: number, phones: ['10012345521'] },
  { name: '=cmd|calc', note: '+86 100', workplace: '@SUM(A1)' },
  { name: 'constructor', note: '__proto__', workplace: '<b>&"样例' },
  { name: '-样例', note: 'a\u0001b', birth: '2000-02-29' },
]
const register = createRegister()
register.applyPages([
  page(gridA, [
    building(100, '3幢', 1),
    dwelling(200, 100, '1', '301'),
    household(300, 200),
    ...people.map(({ name, ...more }, n) => resident(400 + n, 300, name, more)),
  ]),
])
const ids = people.map((_, n) => uuid(400 + n))
const keys = ['name', 'documentNumber', 'phones', 'birth', 'age', 'workplace', 'note']

function stage(more: Partial<HandOut> = {}, save: 'works' | 'disk-full' = 'works') {
  const happened: string[] = []
  const logged: Intent[] = []
  const files: { name: string; file: Blob }[] = []
  const app = {
    register,
    today: createStore(() => ({ day: today })),
    now: () => Date.parse(`${today}T02:00:00Z`),
    work: {
      newId: () => uuid(900),
      reveal: () => Promise.resolve('logged' as const),
      saveApart: () => Promise.reject(new Error('no import here')),
      save: (intents: readonly Intent[]) => {
        happened.push('logged')
        logged.push(...intents)
        return Promise.resolve(
          save === 'works'
            ? ({ ok: true, saved: { undo: () => Promise.resolve() } } as const)
            : ({ ok: false, problem: save } as const),
        )
      },
    },
  }
  const asked: HandOut = {
    sheet: 'residents',
    columns: pickColumns('residents', keys),
    ids,
    words: rosterWords({ level: (key) => key, reason: ({ rule }) => rule }),
    open: true,
    head: { name: '居民', above: ['样例表', '样例说明'] },
    fileName: '样例表-2026-11-23',
    log: { purpose: 'report', filter: null, view: null },
    stream: gridA,
    ...more,
  }
  const progress: (number | null)[] = []
  const stop = new AbortController()
  const pieces: HandOutPieces = {
    writer: createWorkbookWriter,
    saveBlob: (name, file) => {
      happened.push('handed out')
      files.push({ name, file })
    },
    pause: () => () => Promise.resolve(),
  }
  const run = (other: Partial<HandOutPieces> = {}) =>
    handOut(
      app,
      asked,
      { onProgress: (done) => progress.push(done), signal: stop.signal },
      { ...pieces, ...other },
    )
  return { run, stop, happened, logged, files, progress }
}

async function sheetOf(file: Blob | undefined) {
  if (!file) throw new Error('no file')
  const book = read(new Uint8Array(await file.arrayBuffer()))
  const sheet = book.Sheets[book.SheetNames[0] ?? '']
  if (!sheet) throw new Error('no sheet')
  return { book, sheet }
}

describe('a workbook', () => {
  it('has title, what it is, header and rows; numbers of documents are text, ages are numbers', async () => {
    const { run, files } = stage()
    expect(await run()).toEqual({ ok: true, count: 4 })
    expect(files[0]?.name).toBe('样例表-2026-11-23.xlsx')
    const { book, sheet } = await sheetOf(files[0]?.file)
    expect(book.SheetNames).toEqual(['居民'])
    const rows = utils.sheet_to_json<unknown[]>(sheet, { header: 1, defval: null, raw: false })
    expect(rows[0]?.[0]).toBe('样例表')
    expect(rows[1]?.[0]).toBe('样例说明')
    expect(rows[2]).toEqual(pickColumns('residents', keys).map(({ header }) => header))
    expect(rows[3]).toEqual(['样例甲', number, '10012345521', '1985-06-15', '41', null, null])
    expect(sheet['D4']).toMatchObject({ t: 'n', v: 31_213 })
    expect(sheet['B4']).toMatchObject({ t: 's', v: number })
    expect(sheet['E4']).toMatchObject({ t: 'n', v: 41 })
  })

  it('computes nothing of what people wrote, and swallows nothing of it', async () => {
    const { run, files } = stage()
    await run()
    const { sheet } = await sheetOf(files[0]?.file)
    const rows = utils.sheet_to_json<(string | null)[]>(sheet, {
      header: 1,
      defval: null,
      raw: false,
    })
    expect([rows[4]?.[0], rows[4]?.[5], rows[4]?.[6]]).toEqual([
      "'=cmd|calc",
      "'@SUM(A1)",
      "'+86 100",
    ])
    expect(rows[5]?.map((cell) => (typeof cell === 'string' ? cell.trim() : cell))).toEqual([
      'constructor',
      null,
      null,
      '1985-06-15',
      '41',
      '<b>&"样例',
      '__proto__',
    ])
    expect([rows[6]?.[0], rows[6]?.[3], rows[6]?.[6]]).toEqual(["'-样例", '2000-02-29', 'ab'])
    for (const cell of Object.values(sheet) as { f?: unknown }[]) expect(cell.f).toBeUndefined()
  })

  it('is read by another reader the same', async () => {
    const { run, files } = stage()
    await run()
    const file = files[0]?.file
    if (!file) throw new Error('no file')
    const rows = await readXlsx(await file.arrayBuffer()).then((found) => {
      const [first] = found as unknown as { data: unknown[][] }[]
      return first && 'data' in first ? first.data : (found as unknown as unknown[][])
    })
    const day = new Date('1985-06-15T00:00:00Z')
    expect(rows[3]).toEqual(['样例甲', number, '10012345521', day, 41, null, null])
    expect(rows).toHaveLength(7)
  })

  it('is masked where it is not wanted in full', async () => {
    const { run, files, logged } = stage({ open: false })
    await run()
    const { sheet } = await sheetOf(files[0]?.file)
    expect([sheet['A4'], sheet['B4'], sheet['C4']].map((cell: { v: unknown }) => cell.v)).toEqual([
      '样*甲',
      '200101************',
      '100****5521',
    ])
    expect(logged[0]).toMatchObject({ fields: { masked: true } })
  })

  it('takes every column there is', async () => {
    const { run, files } = stage({ columns: columnsOf('residents') })
    expect(await run()).toMatchObject({ ok: true })
    const { sheet } = await sheetOf(files[0]?.file)
    const [, , header] = utils.sheet_to_json<unknown[]>(sheet, { header: 1 })
    expect(header).toEqual(columnsOf('residents').map((column) => column.header))
  })
})

describe('the standard’s form', () => {
  const standard = { title: '样例表', goesTo: '交给：样例民政办' }
  const textOf = async (format: 'csv' | 'csv-gb18030' | 'json', more: Partial<HandOut> = {}) => {
    const { run, files, logged } = stage({ ...more, standard: { ...standard, format } })
    expect(await run()).toEqual({ ok: true, count: 4 })
    const bytes = await files[0]?.file.arrayBuffer()
    const text = new TextDecoder(format === 'csv-gb18030' ? 'gb18030' : 'utf-8').decode(bytes)
    return { text, name: files[0]?.name, logged }
  }

  it('is on record as what it is, under a name that says it', async () => {
    for (const [format, ending] of [
      ['csv', 'csv'],
      ['csv-gb18030', 'csv'],
      ['json', 'json'],
    ] as const) {
      const { name, logged } = await textOf(format)
      expect(name).toBe(`样例表-2026-11-23.${ending}`)
      expect(logged[0]).toMatchObject({ fields: { format, count: 4, masked: false } })
    }
  })

  it('as CSV computes nothing of what people wrote; JSON has it as it is', async () => {
    const { text } = await textOf('csv')
    expect(text).toContain(`"${number}"`)
    for (const guarded of ["'=cmd|calc", "'@SUM(A1)", "'+86 100", "'-样例"]) {
      expect(text).toContain(`"${guarded}"`)
    }
    expect(text).toContain('"<b>&""样例"')
    const { 数据: rows } = JSON.parse((await textOf('json')).text) as {
      数据: Record<string, string>[]
    }
    expect(rows[1]).toMatchObject({ 姓名: '=cmd|calc', 服务处所: '@SUM(A1)', 备注: '+86 100' })
    expect(rows[3]).toMatchObject({ 出生日期: '20000229' })
  })

  it('is masked as a workbook is', async () => {
    for (const format of ['csv', 'csv-gb18030', 'json'] as const) {
      const { text } = await textOf(format, { open: false })
      expect(text).toContain('样*甲')
      expect(text).toContain('200101************')
      expect(text).toContain('遮挡')
      expect(text).not.toMatch(/样例甲|200101194001010018|10012345521/)
    }
  })

  it('names no column twice, in any table', () => {
    for (const sheet of ['residents', 'households', 'dwellings'] as const) {
      const names = standardColumns(sheet, columnsOf(sheet)).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      // A table of codes is the catalogue's.
      for (const { field, table } of columnsOf(sheet)) {
        const known = (fieldTables as Readonly<Record<string, string>>)[field?.[1] ?? '']
        if (known) expect(table).toBe(known)
      }
    }
  })
})

describe('handing out', () => {
  it('is on record before anybody has the file: what, how many, masked or not, what for, to whom', async () => {
    const { run, happened, logged, progress } = stage({
      log: {
        ...{ purpose: 'law', filter: '80岁及以上', view: uuid(700) },
        ...{ recipient: 'office', recipientName: '样例民政办', ground: 'sharing' },
      },
    })
    await run()
    expect(happened).toEqual(['logged', 'handed out'])
    expect(logged).toEqual([
      {
        op: 'create',
        kind: 'export',
        record: uuid(900),
        stream: gridA,
        fields: {
          sheet: 'residents',
          columns: keys,
          count: 4,
          masked: false,
          purpose: 'law',
          filter: '80岁及以上',
          view: uuid(700),
          recipient: 'office',
          recipientName: '样例民政办',
          ground: 'sharing',
          at: '2026-11-23T02:00:00.000Z',
        },
      },
    ])
    expect(JSON.stringify(logged)).not.toContain('样例甲')
    expect(progress).toEqual([0, 0.25, 0.5, 0.75, null])
  })

  it('hands out nothing that could not be put on record', async () => {
    const { run, files } = stage({}, 'disk-full')
    expect(await run()).toEqual({ ok: false, problem: 'disk-full' })
    expect(files).toEqual([])
  })

  it('stops between two rows and leaves neither file nor record', async () => {
    const { run, stop, happened } = stage()
    const ended = run()
    stop.abort()
    expect(await ended).toEqual({ ok: false, problem: 'stopped' })
    expect(happened).toEqual([])
  })

  it('stops while the file is being written', async () => {
    const { run, stop, happened } = stage()
    const ended = run({
      writer: () => ({
        add: () => undefined,
        finish: () => {
          setTimeout(() => stop.abort(), 5)
          return new Promise(() => undefined)
        },
        stop: () => void happened.push('stopped'),
      }),
    })
    expect(await ended).toEqual({ ok: false, problem: 'stopped' })
    expect(happened).toEqual(['stopped'])
  })

  it('says where the file could not be written', async () => {
    const { run, happened } = stage()
    const writer = () => ({
      add: () => undefined,
      finish: () => Promise.resolve(null),
      stop: () => undefined,
    })
    expect(await run({ writer })).toEqual({ ok: false, problem: 'not-written' })
    expect(happened).toEqual([])
  })

  it('leaves out who has gone meanwhile', async () => {
    const { run, logged } = stage({ ids: [...ids, uuid(999)] })
    expect(await run()).toEqual({ ok: true, count: 4 })
    expect(logged[0]).toMatchObject({ fields: { count: 4 } })
  })
})
