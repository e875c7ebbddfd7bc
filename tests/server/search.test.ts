/**
 * Search at the server: what a device with the same records would find, masked, for whom and with which trace.
 * Holds `src/server/routes/search.ts` and `src/server/db/search.ts`.
 */
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RevealPurpose } from '#domain/reveal.ts'
import { readBeyond } from '#domain/search-beyond.ts'
import { readQuery } from '#domain/search-query.ts'
import { mostFound, searchAnswerSchema, searchPath, type SearchAnswer } from '#protocol/search.ts'
import { protocolVersion } from '#protocol/version.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { Register } from '#app/register/register.ts'
import { insertRecords, type NewRecord } from '#server/db/records.ts'
import { transact } from '#server/db/transact.ts'
import { openOffice, problemOf, type Office } from './office.ts'
import { building, dwelling, household, resident } from './sample.ts'

let office: Office
let register: Register

interface Person {
  readonly name: string
  readonly documentNumber?: string
  readonly phones?: readonly string[]
  readonly [field: string]: unknown
}

/** Names as they are written here and elsewhere, numbers of both lengths, telephones of every form. */
const people: readonly Person[] = [
  { name: '样小明', phones: ['10012340077'], birth: '1980-05-06', sex: '1' },
  { name: '样小明', phones: ['10012345501', '0571-00000077'], movedOutOn: '2026-10-01' },
  { name: '小明', phones: ['+852-00001234'] },
  { name: '欧阳样小明', documentNumber: '201101198005060014' },
  { name: '样大明', documentNumber: '20110119800506002X', phones: ['0571-00000000-8012'] },
  { name: '明样', documentNumber: '201101800506003' },
  { name: '古样丽·样提', documentNumber: 'P0001234' },
  { name: 'José Sample-Smith', phones: ['10000000077'] },
  { name: 'JOHN SAMPLE', phones: ['1234'] },
  { name: '样𠮷', diedOn: '2026-01-02', phones: ['10012340077'] },
]

const made: Record<string, { readonly stream: string; readonly people: readonly string[] }> = {}

function grid(name: string, stream: string, estate: string, who: readonly Person[]): NewRecord[] {
  const { ids } = office
  const place = { name, placeKind: 'grid', parent: null, order: 0 }
  const [block, door, other, home] = [ids(), ids(), ids(), ids()]
  const persons = who.map((one) => ({ id: ids(), fields: resident(home, { birth: null, ...one }) }))
  made[name] = { stream, people: persons.map(({ id }) => id) }
  return [
    { kind: 'place', id: stream, fields: place },
    { kind: 'building', id: block, fields: building({ estate, name: '3幢' }) },
    { kind: 'dwelling', id: door, fields: dwelling(block, { unit: '2', floor: 5, room: '501' }) },
    { kind: 'dwelling', id: other, fields: dwelling(block, { unit: '1', floor: 5, room: '501A' }) },
    { kind: 'household', id: home, fields: household(door) },
    ...persons.map(({ id, fields }) => ({ kind: 'resident', id, fields }) as const),
  ]
}

beforeAll(async () => {
  office = await openOffice()
  const { grid: near, farGrid } = office.places
  await transact(office.db, async (trx) => {
    await insertRecords(trx, near, grid('近网格', near, '清风样例苑', people))
    await insertRecords(trx, farGrid, grid('远网格', farGrid, '秋丰样例路', [{ name: '样远明' }]))
  })
  const whole = createRegister()
  whole.applyPages((await (await office.enter('admin')).pull()).pages)
  register = whole
})
afterAll(() => office.close())

async function ask(login: string, asked: unknown, purpose: RevealPurpose = 'contact') {
  const device = await office.enter(login)
  const body = { protocol: protocolVersion, asked, purpose }
  return { device, response: await office.post(searchPath, body, device.pass) }
}
async function found(login: string, asked: string): Promise<SearchAnswer> {
  // Each test has its own minutes: the pace is another test's matter.
  office.clock.at += 600_000
  const { response } = await ask(login, asked)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  return v.parse(searchAnswerSchema, await response.json())
}

describe('what is found', () => {
  const queries = [
    ...['样小明', '小明', '样小', '明样', '样丽', '古样丽样提', '古样丽·样提', '样𠮷', '𠮷样'],
    ...['jose sample', 'José Sample-Smith', 'SAMPLESMITH', 'john sample', 'sample'],
    ...['0077', '10012340077', '5501', '057100000077', '1234', '8012', '85200001234'],
    ...['0014', '201101198005060014', '002x', '20110119800506002X'],
    ...['201101800506003', '201101198005060034', 'P0001234', '9999'],
    ...[
      '清风样例苑3幢2单元501室',
      '清风样例苑3幢501',
      '3-2-501',
      '03-501',
      '3-501A',
      '秋丰样例路3幢501',
    ],
    ...['13-501', '无样苑3幢501'],
  ]
  it.each(queries)('is what a device with all of it finds: %s', async (asked) => {
    // A device reads Latin letters as a reading; the server knows none, and what it finds is a name.
    const here = register.search(asked, 40).map(({ id, matched }) => {
      return `${matched === 'pinyin' ? 'name' : matched} ${id}`
    })
    const there = (await found('admin', asked)).found.map(({ id, matched }) => `${matched} ${id}`)
    expect(there.toSorted()).toEqual(here.toSorted())
  })

  it('finds by every part of two letters of every name, and by the end and the whole of every number', async () => {
    const parts = new Set<string>()
    for (const { name, documentNumber, phones = [] } of people.slice(0, 7)) {
      const letters = [...name]
      for (let at = 0; at + 2 <= letters.length; at += 1)
        parts.add(letters.slice(at, at + 2).join(''))
      for (const number of [documentNumber ?? '', ...phones]) {
        for (const part of [number.slice(-4), number]) parts.add(part)
      }
    }
    let some = 0
    for (const asked of parts) {
      if (readBeyond(readQuery(asked)).length === 0) continue
      const here = register.search(asked, 40).map(({ id }) => id)
      const there = (await found('admin', asked)).found.map(({ id }) => id)
      expect([asked, there.toSorted()]).toEqual([asked, here.toSorted()])
      some += here.length
    }
    expect(some).toBeGreaterThan(30)
  })

  it('who lives there comes before who lived there, the whole name before a part of one', async () => {
    const { found: rows } = await found('admin', '小明')
    const order = rows.map(({ id }) => made['近网格']?.people.indexOf(id))
    expect(order).toEqual([2, 0, 3, 1])
    expect(rows.map(({ gone }) => gone)).toEqual([null, null, null, 'moved-out'])
  })

  it('comes masked, with its door and its places, and with no number of anybody', async () => {
    const { response } = await ask('admin', '10012340077')
    const text = await response.text()
    expect(text).not.toContain('小明')
    for (const { documentNumber, phones = [] } of people) {
      for (const number of [documentNumber ?? phones[0] ?? '-', ...phones]) {
        expect(text).not.toContain(number)
      }
    }
    const [first] = v.parse(searchAnswerSchema, JSON.parse(text)).found
    expect(first).toMatchObject({
      ...{ kind: 'resident', name: '样*明', sex: '1', age: 46, matched: 'telephone' },
      ...{ stream: office.places.grid, place: '近网格', above: null },
      door: { estate: '清风样例苑', building: '3幢', unit: '2', floor: 5, room: '501' },
    })
  })

  it('is bounded, and says that there is more', async () => {
    const { otherGrid } = office.places
    const many = Array.from({ length: mostFound + 5 }, () => ({ name: '样多样' }))
    await transact(office.db, (trx) =>
      insertRecords(trx, otherGrid, grid('多网格', otherGrid, '多样苑', many)),
    )
    const answer = await found('admin', '多样')
    expect([answer.found.length, answer.more]).toEqual([mostFound, true])
    expect((await found('admin', '样远明')).more).toBe(false)
  })

  it('is not what was taken out of the register', async () => {
    const worker = await office.enter('worker')
    const { grid: stream } = office.places
    const record = office.ids()
    const home = [...(await worker.pull()).records.values()].find(
      ({ kind }) => kind === 'household',
    )
    const count = async (name: string) => (await found('admin', name)).found.length
    await worker.pushed([
      worker.create(stream, 'resident', record, resident(home?.id ?? '', { name: '样新人' })),
    ])
    expect(await count('样新人')).toBe(1)
    const made = { stream, kind: 'resident', record, version: 0, id: record } as const
    const renamed = worker.patch({ ...made, version: Number.MAX_SAFE_INTEGER }, { name: '样改名' })
    expect((await worker.pushed([renamed])).receipts).toMatchObject([{ ok: true }])
    expect([await count('样新人'), await count('样改名')]).toEqual([0, 1])
    const seen = Number.MAX_SAFE_INTEGER
    const gone = worker.mutation({ stream, kind: 'resident', record, op: 'remove', seen })
    expect((await worker.pushed([gone])).receipts).toMatchObject([{ ok: true }])
    expect(await count('样改名')).toBe(0)
  })
})

describe('for whom', () => {
  it('an office finds in its own places alone', async () => {
    expect((await found('admin', '样远明')).found).toHaveLength(1)
    expect((await found('staff', '样远明')).found).toHaveLength(0)
    expect((await found('staff', '秋丰样例路3幢501')).found).toHaveLength(0)
    expect((await found('staff', '欧阳样小明')).found).toHaveLength(1)
  })

  it.each(['worker', 'handler', 'auditor', 'gate'])('not for a %s', async (login) => {
    const { response } = await ask(login, '样小明')
    expect([response.status, await problemOf(response)]).toEqual([403, 'not-allowed'])
  })

  it.each(['明', '501', '', '·', '无样苑'.repeat(30)])(
    'too little or too much is refused: %s',
    async (asked) => {
      const { response } = await ask('admin', asked)
      expect([400, 422]).toContain(response.status)
    },
  )

  it.each(['10012340077', '201101198005060014', '0571-00000077', '201101198005060034'])(
    'no figure of a number is told to whoever knows its end: %s',
    async (number) => {
      const figures = number.replace('-', '')
      expect((await found('admin', figures.slice(-4))).found).not.toEqual([])
      expect((await found('admin', figures)).found).not.toEqual([])
      for (let n = 5; n < figures.length; n += 1) {
        office.clock.at += 600_000
        const { response } = await ask('admin', figures.slice(-n))
        // What has the length of a whole number is nobody's unless it is all of one.
        if (response.status === 200) {
          expect([n, await response.json()]).toMatchObject([n, { found: [] }])
        } else expect([n, await problemOf(response)]).toEqual([n, 'invalid-fields'])
      }
    },
  )

  it('nobody looks without a purpose', async () => {
    const { response } = await ask('admin', '样小明', 'curiosity' as RevealPurpose)
    expect(await problemOf(response)).toBe('malformed')
  })
})

describe('the trace', () => {
  const entries = () =>
    office.db.selectFrom('audit').selectAll().where('act', '=', 'search').orderBy('seq').execute()

  it('says who looked, for what and by what, and of one person whom; never what was typed', async () => {
    const before = (await entries()).length
    const { device } = await ask('admin', '欧阳样小明', 'verify')
    await ask('admin', '样小明', 'emergency')
    const said = (await entries()).slice(before)
    expect(said).toMatchObject([
      {
        ...{ account: office.accounts['admin']?.id, device: device.id },
        record: made['近网格']?.people[3],
        facts: { role: 'admin', purpose: 'verify', by: 'name', count: 1 },
      },
      { record: null, facts: { purpose: 'emergency', by: 'name', count: 3 } },
    ])
    expect(JSON.stringify([said, office.log])).not.toMatch(/小明|样\*/)
  })

  it('a search that cannot be noted answers nothing', async () => {
    await office.db.schema.alterTable('audit').renameTo('audit_away').execute()
    try {
      const { response } = await ask('admin', '欧阳样小明')
      expect(response.status).toBe(500)
      expect(await response.text()).not.toContain('found')
    } finally {
      await office.db.schema.alterTable('audit_away').renameTo('audit').execute()
    }
  })

  it('whoever reads through a subdistrict is slowed, and told how long', async () => {
    office.clock.at += 3_600_000
    for (let n = 0; n < 40; n += 1) expect((await ask('admin', '9999')).response.status).toBe(200)
    const { response } = await ask('admin', '9999')
    expect(response.status).toBe(429)
    expect(await response.json()).toMatchObject({ problem: 'too-many-attempts', retryAfter: 10 })
    expect((await ask('staff', '9999')).response.status).toBe(200)
  })
})
