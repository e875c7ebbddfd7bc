/**
 * What waits for a decision over all places of an account: in numbers, and people registered twice, as a device that holds
 * everybody finds them.
 * Holds `src/server/routes/review.ts` and `src/server/db/review.ts`.
 */
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idBornIn } from '#domain/born-ids.ts'
import { pairSlices } from '#domain/pair-slices.ts'
import { pairsAnswerSchema, pairsPath, reviewFiguresSchema, reviewPath } from '#protocol/review.ts'
import { protocolVersion } from '#protocol/version.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createSamePeople, type Pair } from '#app/register/same-people.ts'
import { insertRecords, type NewRecord } from '#server/db/records.ts'
import { transact } from '#server/db/transact.ts'
import { openOffice, problemOf, type Device, type Office } from './office.ts'
import { building, dwelling, household, resident } from './sample.ts'

const document = '201101198005060014'
const override = (by: string, more = {}) => ({
  ...{ id: '0190f5c6-0000-7000-8000-000000000001', colour: 'orange', words: '样例' },
  ...{ from: '2026-11-01', until: '2027-01-01', by, over: [] },
  ...more,
})

describe.each(['whole', 'parts'] as const)('tables that are %s', (layout) => {
  let office: Office
  let pairsOnDevice: readonly Pair[]
  const devices = new Map<string, Device>()

  beforeAll(async () => {
    office = await openOffice({ layout })
    const { grid, otherGrid, farGrid } = office.places
    const id = (stream: string) => idBornIn(stream, office.ids())
    const someone = office.accounts['staff']?.id ?? ''
    const own = office.accounts['admin']?.id ?? ''
    const fill = (stream: string, people: readonly object[], more: readonly NewRecord[] = []) => {
      const [block, door] = [id(stream), id(stream)]
      const records: NewRecord[] = [
        {
          kind: 'place',
          id: stream,
          fields: { name: '样例网格', placeKind: 'grid', parent: null },
        },
        { kind: 'building', id: block, fields: building() },
        { kind: 'dwelling', id: door, fields: dwelling(block) },
        ...people.flatMap((person): NewRecord[] => {
          const home = id(stream)
          return [
            { kind: 'household', id: home, fields: household(door) },
            {
              kind: 'resident',
              id: id(stream),
              fields: resident(home, { birth: null, ...person }),
            },
          ]
        }),
        ...more,
      ]
      return transact(office.db, (trx) => insertRecords(trx, stream, records))
    }
    const clash = (stream: string, settled: boolean | null): NewRecord => ({
      ...{ kind: 'clash', id: id(stream), fields: { record: id(stream), field: 'name', settled } },
    })
    await fill(
      grid,
      [
        { name: '样双证', documentNumber: document, documentType: '111', sex: '1' },
        { name: '样同生', birth: '1956-03-04', phones: ['10000000011'] },
        { name: '样同号', phones: ['10012340077', '10000000019'] },
        { name: '样不同', birth: '1956-03-04' },
        { name: '样离开', birth: '1999-12-31', movedOutOn: '2026-01-01' },
        { name: '样一家', phones: ['10012340088'] },
        { name: '样常名', birth: '1900-01-01' },
      ],
      [clash(grid, null), clash(grid, true), clash(grid, false)],
    )
    await fill(otherGrid, [
      { name: '样双证', documentNumber: document, documentType: '111', sex: '1' },
      { name: '样异姓', phones: ['10012340088'] },
      { name: '样并入', birth: '1956-03-04', mergedInto: id(otherGrid) },
      { name: '样提议', overrides: [override(someone)] },
      { name: '样自己', overrides: [override(own)] },
      { name: '样旧事', overrides: [override(someone, { until: '2026-11-22' })] },
      { name: '样撤回', overrides: [override(someone, { withdrawnOn: '2026-11-02' })] },
      { name: '样走了', movedOutOn: '2026-01-01', overrides: [override(someone)] },
    ])
    await fill(farGrid, [
      { name: '样同生', birth: '1956-03-04' },
      { name: '样同号', phones: ['0571-00000077', '10012340077'] },
      { name: '样离开', birth: '1999-12-31' },
      // More than share anything by chance: a birthday that nobody knew.
      ...Array.from({ length: 14 }, () => ({ name: '样常名', birth: '1900-01-01' })),
    ])
    const whole = createRegister()
    whole.applyPages((await (await office.enter('admin')).pull()).pages)
    const people = createSamePeople()
    expect([...people.look(whole.all('resident'))].at(-1)).toBe(1)
    pairsOnDevice = people.pairs()
  })
  afterAll(() => office.close())

  const post = async (login: string, path: string, more: object = {}) => {
    const device = devices.get(login) ?? (await office.enter(login))
    devices.set(login, device)
    office.clock.at += 60_000
    return office.post(path, { protocol: protocolVersion, ...more }, device.pass)
  }
  const pairsOf = async (login: string) => {
    const found: { pair: string; score: number; reasons: readonly string[] }[] = []
    let text = ''
    for (let slice = 0; slice < pairSlices.length; slice += 1) {
      const response = await post(login, pairsPath, { purpose: 'verify', slice })
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
      const said = await response.text()
      text += said
      const { pairs, slices, more } = v.parse(pairsAnswerSchema, JSON.parse(said))
      expect([slices, more]).toEqual([pairSlices.length, false])
      for (const { first, second, score, reasons } of pairs) {
        found.push({ pair: [first.id, second.id].sort().join(' '), score, reasons })
      }
    }
    return { found, text }
  }

  it('finds whom a device with all of them finds by what both compare, with the same reasons', async () => {
    const { found } = await pairsOf('admin')
    const here = pairsOnDevice
      .filter(({ reasons }) => {
        const has = (reason: (typeof reasons)[number]) => reasons.includes(reason)
        const isNamed = has('same-name') && (has('same-birth') || has('same-phone'))
        return has('same-document') || isNamed
      })
      .map(({ first, second, score, reasons }) => {
        return { pair: [first, second].sort().join(' '), score, reasons }
      })
    const some = here.filter(({ reasons }) => reasons.length > 0)
    const unlike = new Map(found.map((one) => [one.pair, one]))
    // Fourteen strangers of one name and an unknown birthday are asked of no server.
    const known = some.filter(({ pair }) => unlike.has(pair))
    expect([...unlike.values()].sort(byPair)).toEqual(known.sort(byPair))
    expect(unlike.size).toBe(3)
    expect(some.length - known.length).toBeGreaterThan(50)
  })

  it('tells them masked, with their doors, and only an office’s own', async () => {
    const { text, found } = await pairsOf('admin')
    expect(text).not.toMatch(/样双证|201101198005060014|10012340077/)
    expect(text).toContain('样*证')
    expect(text).toContain('样例苑')
    const staff = await pairsOf('staff')
    expect([found.length > staff.found.length, staff.found.length]).toEqual([true, 1])
  })

  it('counts what waits in each place: clashes that are open, and colours that others proposed', async () => {
    const { grid, otherGrid } = office.places
    const said = async (login: string) =>
      v.parse(reviewFiguresSchema, await (await post(login, reviewPath)).json()).places
    expect(new Map((await said('admin')).map(({ id, ...n }) => [id, n]))).toEqual(
      new Map([
        [grid, { clashes: 2, colours: 0 }],
        [otherGrid, { clashes: 0, colours: 1 }],
      ]),
    )
    // Whoever proposed it sees the other one.
    const staff = (await said('staff')).find(({ id }) => id === otherGrid)
    expect(staff?.colours).toBe(1)
  })

  it.each(['worker', 'handler', 'auditor', 'gate'])('not for a %s', async (login) => {
    for (const path of [reviewPath, pairsPath]) {
      const response = await post(login, path, { purpose: 'verify', slice: 0 })
      expect([response.status, await problemOf(response)]).toEqual([403, 'not-allowed'])
    }
  })

  it('a slice has a purpose and a number that there is, and stands in the log', async () => {
    for (const odd of [{}, { purpose: 'curiosity', slice: 0 }, { purpose: 'verify', slice: 99 }]) {
      expect(await problemOf(await post('admin', pairsPath, odd))).toBe('malformed')
    }
    await post('admin', pairsPath, { purpose: 'verify', slice: 0 })
    const said = await office.db
      .selectFrom('audit')
      .selectAll()
      .where('act', '=', 'pairs')
      .orderBy('seq', 'desc')
      .limit(1)
      .execute()
    expect(said).toMatchObject([
      {
        account: office.accounts['admin']?.id,
        facts: { role: 'admin', purpose: 'verify', by: 'document', grids: 6, count: 1 },
      },
    ])
    for (const [slice, part] of [
      [3, { by: 'birth', month: '03' }],
      [13, { by: 'phone', digit: '0' }],
    ] as const) {
      await post('admin', pairsPath, { purpose: 'verify', slice })
      const last = await office.db
        .selectFrom('audit')
        .select('facts')
        .where('act', '=', 'pairs')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst()
      expect(last?.facts).toMatchObject(part)
    }
    expect(JSON.stringify([said, office.log])).not.toMatch(/样双证|2011011980/)
  })

  it('whoever looks again and again is slowed', async () => {
    const staff = await office.enter('staff')
    office.clock.at += 3_600_000
    const body = { protocol: protocolVersion, purpose: 'verify', slice: 0 }
    for (let n = 0; n < 2 * pairSlices.length; n += 1) {
      expect((await office.post(pairsPath, body, staff.pass)).status).toBe(200)
    }
    expect((await office.post(pairsPath, body, staff.pass)).status).toBe(429)
  })

  it('whoever counts again and again is slowed too', async () => {
    const staff = await office.enter('staff')
    office.clock.at += 3_600_000
    const body = { protocol: protocolVersion }
    for (let n = 0; n < 60; n += 1) {
      expect((await office.post(reviewPath, body, staff.pass)).status).toBe(200)
    }
    const slowed = await office.post(reviewPath, body, staff.pass)
    expect([slowed.status, await problemOf(slowed)]).toEqual([429, 'too-many-attempts'])
    office.clock.at += 60_000
    expect((await office.post(reviewPath, body, staff.pass)).status).toBe(200)
  })
})

it('a slice says so where it has more groups than are compared, though none of them is a pair', async () => {
  const office = await openOffice()
  try {
    const { grid } = office.places
    const id = () => idBornIn(grid, office.ids())
    const fill = (groups: number, from: number) => {
      const people = Array.from({ length: groups }, (_, n): NewRecord[] => {
        const [first, second] = [id(), id()]
        const one = { name: `样${from + n}`, birth: '1970-07-01' }
        return [
          { kind: 'resident', id: first, fields: resident(id(), { ...one, notSameAs: [second] }) },
          { kind: 'resident', id: second, fields: resident(id(), one) },
        ]
      })
      return transact(office.db, (trx) => insertRecords(trx, grid, people.flat()))
    }
    const admin = await office.enter('admin')
    const ask = async () => {
      const body = { protocol: protocolVersion, purpose: 'verify', slice: 7 }
      const response = await office.post(pairsPath, body, admin.pass)
      const { pairs, more } = v.parse(pairsAnswerSchema, await response.json())
      return { pairs: pairs.length, more }
    }
    await fill(2_000, 10_000)
    expect(await ask()).toEqual({ pairs: 0, more: false })
    await fill(1, 90_000)
    expect(await ask()).toEqual({ pairs: 0, more: true })
  } finally {
    await office.close()
  }
})

const byPair = (a: { pair: string }, b: { pair: string }) => (a.pair < b.pair ? -1 : 1)
