/** A table that goes out and comes back: every row is the same person, and nothing is to be written. */
import { beforeAll, describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { codeLabel, codeTables } from '#domain/code-tables.ts'
import { columnsOf } from '#domain/door-columns.ts'
import type { ExportFormat } from '#domain/export.ts'
import { rosterFields } from '#domain/roster/fields.ts'
import type { HeldRecord } from '#domain/roster/register-index.ts'
import { rosterWords } from '#domain/sheet-columns.ts'
import { createWorkbookWriter } from '#app/platform/workbook.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createDesk } from '#app/roster/desk.ts'
import { handOut } from '#app/acts/hand-out.ts'
import type { WireRecord } from '#protocol/pull.ts'
import { generateDemo } from '#server/demo/generate.ts'
import { today } from '../register/grid-of-samples.ts'

const demo = generateDemo({ seed: 20_260_101, today, residents: 1_150 })
const register = createRegister()
const kinds = ['building', 'dwelling', 'household', 'resident'] as const

beforeAll(() => {
  const apply = (stream: string, records: Iterable<object>) => {
    const wire = [...records].map(
      (record, index) => ({ ...record, version: index + 1 }) as WireRecord,
    )
    const common = { type: 'page', epoch: 1, from: 0, reset: true } as const
    register.applyPages([{ ...common, stream, to: wire.length, records: wire, changes: [] }])
  }
  for (const { id, ...fields } of demo.places) apply(id, [{ kind: 'place', id, fields }])
  for (const { stream, records } of demo.streams) {
    const place = demo.places.find(({ id }) => id === stream)
    if (!place) throw new Error('no such place')
    const { id, ...fields } = place
    apply(stream, [{ kind: 'place', id, fields }, ...records])
  }
})

/** As the office exports it: in full, all columns that there are. */
async function exported(format: Exclude<ExportFormat, 'paper'> = 'workbook'): Promise<File> {
  const files: File[] = []
  const ids = [...register.all('resident')].map(({ id }) => id)
  const answer = await handOut(
    {
      register,
      today: createStore(() => ({ day: today })),
      now: () => Date.parse(`${today}T02:00:00Z`),
      work: {
        newId: () => '00000000-0000-7000-8000-000000000001',
        reveal: () => Promise.resolve('logged' as const),
        saveApart: () => Promise.reject(new Error('no import here')),
        save: () => Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } }),
      },
    },
    {
      sheet: 'residents',
      columns: columnsOf('residents'),
      ids,
      words: rosterWords({ level: (key) => key, reason: ({ rule }) => rule }),
      open: true,
      head: { name: '居民', above: ['样例居民表', '样例说明'] },
      fileName: '样例居民表',
      ...(format === 'workbook'
        ? {}
        : { standard: { format, title: '样例居民表', goesTo: '交给：样例单位' } }),
      log: { purpose: 'report', filter: null, view: null },
      stream: demo.places[0]?.id ?? '',
    },
    { onProgress: () => undefined, signal: new AbortController().signal },
    {
      writer: createWorkbookWriter,
      saveBlob: (name, file) => void files.push(new File([file], name)),
      pause: () => () => Promise.resolve(),
    },
  )
  expect(answer).toEqual({ ok: true, count: ids.length })
  const [file] = files
  if (!file) throw new Error('no file')
  return file
}

async function imported(file: File, forget: (record: HeldRecord) => HeldRecord = (one) => one) {
  const desk = createDesk({
    newId: () => '00000000-0000-7000-8000-000000000002',
    breathe: () => Promise.resolve(),
    onProgress: () => undefined,
  })
  const opened = await desk.open(file, {})
  if (!opened.ok) throw new Error(opened.trouble)
  const grids = register.grids().map(({ id, fields }) => ({ id, name: fields.name }))
  await desk.beginRegister(grids)
  const held = kinds.flatMap((kind) => [...register.all(kind)]) as unknown as HeldRecord[]
  await desk.addRegister(held.map(forget))
  const tally = await desk.compare({ today, grids, homeGrid: null })
  if (!tally) throw new Error('stopped')
  await desk.take({ news: true, fills: true, overwrites: true })
  return { desk, opened, tally }
}

describe.each(['workbook', 'csv', 'csv-gb18030'] as const)(
  'the table of a grid, as %s',
  (format) => {
    let back: Awaited<ReturnType<typeof imported>>
    beforeAll(async () => {
      back = await imported(await exported(format))
    }, 60_000)

    it('is known by its headers: each field that a roster may bring has its column', () => {
      const [sheet] = back.opened.sheets
      const columns = sheet?.columns ?? []
      const found = new Set(columns.flatMap(({ field }) => (field ? [field] : [])))
      // What other rosters say in other ways than our table.
      const others = new Set([
        ...['headNumber', 'address', 'apart', 'movedOut', 'died', 'disabilityGrade'],
        ...['hukouProvince', 'hukouCity', 'hukouCounty', 'landlordName', 'landlordPhone'],
        ...rosterFields.filter((field) => field.startsWith('tag.')),
      ])
      expect(rosterFields.filter((field) => !found.has(field) && !others.has(field))).toEqual([])
      // The standard's 证件到期日期 is the permit's beside 办证类型, and anybody's elsewhere.
      const doubtful = format === 'workbook' ? [] : ['证件到期日期']
      expect(
        columns.filter(({ confidence }) => confidence === 'likely').map(({ header }) => header),
      ).toEqual(doubtful)
      expect(
        columns.filter(({ confidence }) => confidence === 'unknown').map(({ header }) => header),
      ).toEqual([])
    })

    it('has the same people in every row, and nothing to write', async () => {
      const { desk, tally } = back
      const rows = async (filter: 'changed' | 'doubtful' | 'wrong' | 'new' | 'repeat') =>
        (await desk.rows(filter, 0, 20)).rows.map(({ status, changes, doubt, why, door }) => ({
          status,
          doubt,
          why,
          door,
          changes,
        }))
      for (const filter of ['wrong', 'doubtful', 'new', 'repeat', 'changed'] as const) {
        expect(await rows(filter)).toEqual([])
      }
      expect(tally.byStatus.same).toBe(tally.total)
      expect(tally.total).toBeGreaterThan(1_100)
      expect(await desk.plan()).toMatchObject({ parts: 0, plan: { rows: 0 } })
    })

    it('loses no cell on its way', async () => {
      const { rows } = await back.desk.rows('all', 0, 100_000)
      expect(rows.flatMap(({ number, notes }) => notes.map((note) => [number, note]))).toEqual([])
    })

    it('brings every fact back as it was to a register that knows little more than the names', async () => {
      const kept = new Set(['household', 'name', 'documentType', 'documentNumber', 'birth'])
      const forget = (record: HeldRecord) => {
        if (record.kind !== 'resident') return record
        const fields = Object.entries(record.fields).filter(([name]) => kept.has(name))
        return { ...record, fields: Object.fromEntries(fields) } as HeldRecord
      }
      const { desk } = await imported(await exported(format), forget)
      const { rows } = await desk.rows('changed', 0, 100_000)
      const brought = new Map(
        rows.flatMap(({ person, changes }) => (person ? [[person, changes]] : [])),
      )
      // The office's own work with a person, not facts that a roster brings.
      const ours = new Set([
        'overrides',
        'verifiedOn',
        'addressChangedOn',
        'noticeOn',
        'noticeVersion',
      ])
      const shown = (field: string, value: unknown) =>
        field === 'tags'
          ? (value as { tag: string; grade?: number }[])
              .map(({ tag, grade }) => tag + (grade ?? ''))
              .sort()
          : value
      const missed: unknown[] = []
      let facts = 0
      for (const { id, fields } of register.all('resident')) {
        if (fields.movedOutOn || fields.diedOn) continue
        const back = new Map((brought.get(id) ?? []).map(({ field, to }) => [field as string, to]))
        for (const [field, value] of Object.entries(fields)) {
          if (kept.has(field) || ours.has(field) || value === null || value === undefined) continue
          if (Array.isArray(value) && value.length === 0) continue
          facts += 1
          const found = shown(field, back.get(field) ?? [])
          if (JSON.stringify(found) !== JSON.stringify(shown(field, value))) {
            missed.push([field, value, back.get(field)])
          }
        }
      }
      expect(missed.slice(0, 10)).toEqual([])
      expect(facts).toBeGreaterThan(5_000)
    })
  },
)

describe('the table of a grid in the standard’s form', () => {
  const firstLines = async (format: 'csv' | 'csv-gb18030') => {
    const bytes = new Uint8Array(await (await exported(format)).arrayBuffer())
    const text = new TextDecoder(format === 'csv' ? 'utf-8' : 'gb18030').decode(bytes)
    return { bytes, lines: text.split('\r\n') }
  }

  it('says first of which standard, edition and tables it is, in both ways of writing it', async () => {
    const [utf8, gb] = await Promise.all([firstLines('csv'), firstLines('csv-gb18030')])
    expect([...utf8.bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(gb.lines).toEqual(utf8.lines)
    const [about = '', header = ''] = utf8.lines
    expect(about).toContain('"标准","GB/T 31000","版次","2015"')
    expect(about).toContain('民族代码 GB/T 3304-1991')
    expect(about).toContain('"去向","交给：样例单位"')
    expect(header).toContain('"性别代码","性别","出生日期"')
    expect(header).toContain('"户籍门（楼）详址"')
  })

  it('has as JSON each code beside its label, days of eight digits, and texts alone', async () => {
    const file = JSON.parse(await (await exported('json')).text()) as {
      说明: { 标准: string; 代码表: Record<string, string>; 非标准列: string[] }
      数据: Record<string, string>[]
    }
    expect(file.说明.标准).toBe('GB/T 31000')
    const people = [...register.all('resident')]
    expect(file.数据).toHaveLength(people.length)
    const tables = {
      性别: 'sex',
      民族: 'nation',
      学历: 'education',
      与户主关系: 'relation2',
    } as const
    let codes = 0
    for (const row of file.数据) {
      for (const value of Object.values(row)) expect(typeof value).toBe('string')
      expect(row['出生日期']).toMatch(/^(?:\d{8})?$/)
      for (const [name, table] of Object.entries(tables) as [keyof typeof tables, 'sex'][]) {
        const code = row[`${name}代码`] ?? ''
        expect(row[name]).toBe(code === '' ? '' : codeLabel(table, code))
        codes += code === '' ? 0 : 1
      }
    }
    expect(codes).toBeGreaterThan(1_000)
    for (const [name, table] of Object.entries(tables)) {
      expect(file.说明.代码表[`${name}代码`]).toBe(codeTables[table].standard)
    }
    const numbers = new Set(file.数据.map((row) => row['证件号码']))
    for (const { fields } of people) expect(numbers.has(fields.documentNumber ?? '')).toBe(true)
    expect(file.说明.非标准列).not.toContain('姓名')
    expect(file.说明.非标准列).toContain('五色')
  })
})
