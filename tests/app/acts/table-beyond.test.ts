/** The table asked of the server: pages, a count, and slices of a file that reads as one of this device's own rows. */
import { read, utils } from '@e965/xlsx'
import * as v from 'valibot'
import { createStore } from 'zustand/vanilla'
import { describe, expect, it } from 'vitest'
import { pickColumns } from '#domain/door-columns.ts'
import { cellsBeyond, columnsBeyond } from '#domain/sheet-beyond.ts'
import { rosterWords } from '#domain/sheet-columns.ts'
import { handOut, type HandOut } from '#app/acts/hand-out.ts'
import type { Intent } from '#app/acts/intent.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { createTableActs, type BeyondAsked, type TableParts } from '#app/acts/table-beyond.ts'
import { createWorkbookWriter } from '#app/platform/workbook.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createSheetRows } from '#app/register/sheet-rows.ts'
import { tableRequestSchema, type TableCursor, type TableRequest } from '#protocol/table.ts'
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

const register = createRegister()
register.applyPages([
  page(gridA, [
    building(100, '3幢', 1),
    dwelling(200, 100, '1', '301'),
    household(300, 200),
    ...Array.from({ length: 7 }, (_, n) =>
      resident(400 + n, 300, `样例${n}`, {
        phones: ['10012345521'],
        tags: n % 2 ? [{ tag: 'disabled', grade: 2, source: 'seen', from: '2026-01-01' }] : null,
      }),
    ),
  ]),
])
const ids = Array.from({ length: 7 }, (_, n) => uuid(400 + n))
const keys = ['name', 'phones', 'age', 'birth', 'tags', 'colour', 'reasons', 'door']
const columns = pickColumns('residents', keys)
const asked: BeyondAsked = {
  ...{ place: uuid(1), filter: { colours: ['red'] }, columns, sort: null, purpose: 'check' },
}

type Answer = OfficeAnswer<unknown>

/** A server that gives so many at once, and what else it answers first. */
function stage({ first = [] as (Answer | undefined)[], most = 3, lacks = '' } = {}) {
  const bodies: { path: string; body: TableRequest }[] = []
  const waits: number[] = []
  const rows = createSheetRows(register, 'residents', today)
  const answer = (path: string, body: TableRequest): Answer => {
    const other = first.shift()
    if (other) return other
    if (path.endsWith('/count')) return { ok: true, value: { ok: true, count: 7 } }
    expect(v.safeParse(tableRequestSchema, body).success).toBe(true)
    const from = body.cursor === null ? 0 : ids.indexOf(body.cursor.id ?? '') + 1
    const some = ids.slice(from, from + most)
    const known = pickColumns(
      'residents',
      body.columns.filter((key) => key !== lacks),
    )
    const last = some.at(-1)
    const cursor: TableCursor | null =
      from + most < ids.length && last ? { stream: gridA, id: last } : null
    const told = some.map((id) => {
      const row = rows.row(id)
      const cells = row ? cellsBeyond(known, row, body.leaving?.open === true) : []
      return { id, stream: gridA, cells: JSON.parse(JSON.stringify(cells)) as unknown[] }
    })
    const value = { ok: true, rows: told, cursor, minors: 1, left: 0 }
    return { ok: true, value: { ...value, columns: known.map(({ key }) => key) } }
  }
  const parts = {
    ask: (_: string, path: string, __: unknown, body: TableRequest) => {
      bodies.push({ path, body })
      return Promise.resolve(answer(path, body))
    },
    wait: (ms: number) => Promise.resolve(void waits.push(ms)),
  } as unknown as TableParts
  return { acts: createTableActs(parts), bodies, waits }
}

describe('a page', () => {
  it('is asked with a purpose, by the keys of its columns, and goes on where the last one ended', async () => {
    const { acts, bodies } = stage()
    const sort = { column: 'name' }
    const one = await acts.page({ ...asked, sort }, null)
    if (!one.ok) throw new Error(one.problem)
    expect(one.value.people.map(({ id }) => id)).toEqual(ids.slice(0, 3))
    expect(one.value.people[0]?.cells[0]).toBe('样*')
    const two = await acts.page(asked, one.value.next)
    expect(two.ok && two.value.people.map(({ id }) => id)).toEqual(ids.slice(3, 6))
    expect(bodies[0]).toMatchObject({
      path: '/api/table',
      body: { purpose: 'check', columns: keys, sort: { column: 'name', descending: false } },
    })
    expect(bodies[1]?.body).toMatchObject({ cursor: { id: ids[2] }, sort: null, leaving: null })
  })

  it('has nothing in a column that the server does not know', async () => {
    const { acts } = stage({ lacks: 'phones' })
    const one = await acts.page(asked, null)
    expect(one.ok && one.value.people[0]?.cells.slice(0, 3)).toEqual(['样*', null, 41])
  })

  it('says why there is none', async () => {
    const { acts, waits } = stage({ first: [{ ok: false, problem: 'offline' }] })
    expect(await acts.page(asked, null)).toEqual({ ok: false, problem: 'offline' })
    expect(waits).toEqual([])
  })
})

describe('slices', () => {
  const leaving = {
    ...{ ...asked, stream: uuid(1), open: true, format: 'workbook' as const, today },
    log: { purpose: 'report', recipient: 'own', ground: 'duty' } as const,
  }
  const taken = async (at: ReturnType<typeof stage>, stop = new AbortController()) => {
    const slices = at.acts.slices(leaving, stop.signal)
    const rows: string[] = []
    const done: (number | null)[] = []
    for await (const one of slices.rows) {
      rows.push(...one.rows.map(({ id }) => id))
      done.push(one.done)
    }
    return { rows, done, told: slices.told }
  }

  it('come one after the other and say how far that is', async () => {
    const at = stage()
    const { rows, done, told } = await taken(at)
    expect(rows).toEqual(ids)
    expect(done).toEqual([3 / 7, 6 / 7, 0.99])
    expect(told).toEqual({ problem: null, minors: 3, left: 0 })
    expect(at.bodies[1]?.body.leaving).toEqual({
      ...{ stream: uuid(1), open: true, format: 'workbook', recipient: 'own', ground: 'duty' },
    })
  })

  it('ask again what passes by itself, each time later, and then say why', async () => {
    const slowed = { ok: false, problem: 'too-many-attempts' } as const
    const offline = { ok: false, problem: 'offline' } as const
    const at = stage({ first: [undefined, offline, slowed] })
    expect((await taken(at)).rows).toEqual(ids)
    expect(at.waits).toEqual([1_000, 2_000])
    const gone = stage({ first: [undefined, ...Array.from({ length: 9 }, () => offline)] })
    const { rows, told } = await taken(gone)
    expect([rows, told.problem, gone.waits.length]).toEqual([[], 'offline', 5])
    const refused = stage({ first: [{ ok: false, problem: 'stream-not-yours' }] })
    expect((await taken(refused)).told.problem).toBe('stream-not-yours')
  })

  it('begin anew where somebody left the table, and nobody comes twice', async () => {
    const moved = { ok: false, problem: 'changed-meanwhile' } as const
    const at = stage({ first: [undefined, undefined, moved] })
    expect((await taken(at)).rows).toEqual(ids)
    const always = stage({
      first: [undefined, ...Array.from({ length: 20 }, (_, n) => (n % 2 ? moved : undefined))],
    })
    expect((await taken(always)).told.problem).toBe('changed-meanwhile')
  })

  it('end where somebody stops them', async () => {
    const stop = new AbortController()
    const at = stage()
    const slices = at.acts.slices(leaving, stop.signal)
    for await (const one of slices.rows) {
      expect(one.rows).toHaveLength(3)
      stop.abort()
    }
    expect(at.bodies).toHaveLength(2)
  })
})

describe('the file', () => {
  async function fileOf(more: Partial<HandOut>) {
    const files: Blob[] = []
    const intents: Intent[] = []
    const app = {
      register,
      today: createStore(() => ({ day: today })),
      now: () => Date.parse(`${today}T02:00:00Z`),
      work: {
        newId: () => uuid(900),
        save: (given: readonly Intent[]) => {
          intents.push(...given)
          return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } } as const)
        },
      },
    } as unknown as Parameters<typeof handOut>[0]
    const given: HandOut = {
      ...{ sheet: 'residents', columns, ids: [], open: true, stream: uuid(1), fileName: '样例' },
      words: rosterWords({ level: (key) => key, reason: ({ rule }) => rule }),
      head: { name: '居民', above: ['样例表'] },
      log: { purpose: 'report', filter: null, view: null, recipient: 'own', ground: 'duty' },
      ...more,
    }
    const answer = await handOut(
      app,
      given,
      { onProgress: () => undefined, signal: new AbortController().signal },
      {
        writer: createWorkbookWriter,
        saveBlob: (_, file) => void files.push(file),
        pause: () => () => undefined,
      },
    )
    const book = files[0] && read(new Uint8Array(await files[0].arrayBuffer()))
    const sheet = book?.Sheets[book.SheetNames[0] ?? '']
    return { answer, rows: sheet && utils.sheet_to_json(sheet, { header: 1 }), intents, files }
  }
  const beyond = (at: ReturnType<typeof stage>, open: boolean): Partial<HandOut> => ({
    ...{ columns: columnsBeyond(columns), open },
    beyond: (signal) =>
      at.acts.slices(
        {
          ...{ ...asked, stream: uuid(1), open, format: 'workbook' as const, today },
          log: { purpose: 'report', recipient: 'own', ground: 'duty' },
        },
        signal,
      ),
  })

  it.each([true, false])('is the one of this device’s own rows, in full: %s', async (open) => {
    const own = await fileOf({ ids, open })
    const there = await fileOf(beyond(stage(), open))
    expect(there.answer).toEqual({ ok: true, count: 7 })
    expect(there.rows).toEqual(own.rows)
    expect(there.rows).toHaveLength(9)
    expect(there.intents[0]?.fields).toMatchObject({ count: 7, minors: 3, masked: !open })
  })

  it('is none where not all of them came, and nothing says that one left', async () => {
    const lost = { ok: false, problem: 'server-fault' } as const
    const there = await fileOf(beyond(stage({ first: [undefined, undefined, lost] }), true))
    expect(there.answer).toEqual({ ok: false, problem: 'server-fault' })
    expect([there.files, there.intents]).toEqual([[], []])
  })
})
