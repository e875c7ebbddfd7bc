/** A table that goes out and comes back: every row is the same person, and nothing is to be written. */
import { beforeAll, describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { columnsOf } from '#domain/door-columns.ts'
import { rosterFields } from '#domain/roster/fields.ts'
import type { HeldRecord } from '#domain/roster/register-index.ts'
import { rosterWords } from '#domain/sheet-columns.ts'
import { createWorkbookWriter } from '#app/platform/workbook.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createDesk } from '#app/roster/desk.ts'
import { handOut } from '#app/stores/hand-out.ts'
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
async function exported(): Promise<File> {
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

describe('the table of a grid', () => {
  let back: Awaited<ReturnType<typeof imported>>
  beforeAll(async () => {
    back = await imported(await exported())
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
    expect(columns.filter(({ confidence }) => confidence === 'likely')).toEqual([])
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
    const { desk } = await imported(await exported(), forget)
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
})
