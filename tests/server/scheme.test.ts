/**
 * A scheme of the administrator's own: saved by a push, previewed without a trace, and coloured everywhere.
 * Holds `src/server/routes/scheme.ts`, `src/server/colours/preview.ts` and `src/server/colours/scheme.ts`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { defaultScheme, defaultSchemeId } from '#domain/default-scheme.ts'
import { addDays, instantToDay } from '#domain/day.ts'
import type { Scheme } from '#domain/scheme.ts'
import { carryLimits } from '#domain/carry-limits.ts'
import type { PreviewLine } from '#protocol/scheme.ts'
import { protocolVersion } from '#protocol/version.ts'
import { recolourStale, staleStreams } from '#server/colours/recolour.ts'
import { loadStream } from '#server/db/records.ts'
import { openOffice, problemOf, type Device, type Office } from './office.ts'
import { settle, type Home } from './sample.ts'

let office: Office
let admin: Device
let worker: Device
let home: Home

beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())
beforeEach(async () => {
  admin = await office.enter('admin')
  worker = await office.enter('worker')
  home = await settle(await office.enter('staff'), worker, office.places.grid, office.ids, {
    birth: '1980-05-06',
  })
})

/** Forty years old and blue: what the default scheme leaves green. */
const fortyIsBlue = (version: number, more: Partial<Scheme> = {}): Scheme => ({
  ...defaultScheme,
  schemeVersion: version,
  from: '2026-11-23',
  rules: [
    ...defaultScheme.rules,
    {
      key: 'forty',
      subject: 'resident',
      level: 'blue',
      when: { fact: 'age', op: 'at-least', value: 40 },
      words: '{age}岁',
      wordsEn: 'aged {age}',
    },
  ],
  ...more,
})

const newest = async () =>
  Math.max(
    1,
    ...(await loadStream(office.db, office.places.subdistrict, ['scheme'])).map(({ fields }) =>
      Number(fields['schemeVersion']),
    ),
  )

async function save(device: Device, scheme: Scheme, stream = office.places.subdistrict) {
  const id = office.ids()
  const { receipts } = await device.pushed([device.create(stream, 'scheme', id, scheme)])
  return { id, receipt: receipts[0] }
}

/** The server colours by itself after a save; this waits for it. */
const recoloured = () =>
  vi.waitFor(async () => expect(await staleStreams(office.db)).toEqual([]), { timeout: 20_000 })

const subjectOf = (id: string) =>
  office.db.selectFrom('subject').selectAll().where('id', '=', id).executeTakeFirst()

const preview = async (device: Device, scheme: unknown) =>
  office.post('/api/scheme/preview', { protocol: protocolVersion, scheme }, device.pass)

async function previewed(scheme: Scheme): Promise<PreviewLine[]> {
  const response = await preview(admin, scheme)
  expect(response.status).toBe(200)
  return (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PreviewLine)
}

describe('a scheme that is saved', () => {
  it('reaches every device with the next pull, and its colours, each with the scheme as its cause', async () => {
    const { cursors } = await worker.pull()
    const version = (await newest()) + 1
    const { id, receipt } = await save(admin, fortyIsBlue(version))
    expect(receipt).toMatchObject({ ok: true })
    await recoloured()
    expect((await subjectOf(home.resident))?.colour).toBe('blue')
    const { records } = await worker.pull(cursors)
    expect(records.get(id)).toMatchObject({ kind: 'scheme', fields: { schemeVersion: version } })
    const colours = [...records.values()].filter(({ kind }) => kind === 'colour')
    expect(colours.find(({ fields }) => fields?.['subject'] === home.resident)).toMatchObject({
      fields: { colour: 'blue', cause: 'scheme', scheme: id, schemeVersion: version },
    })
    // Nothing is left to do, and doing it again writes nothing.
    expect(await staleStreams(office.db)).toEqual([])
  })

  it('colours the rest after a server died half-way', async () => {
    await save(admin, fortyIsBlue((await newest()) + 1))
    await recoloured()
    await save(admin, { ...defaultScheme, schemeVersion: (await newest()) + 1 })
    await recoloured()
    expect((await subjectOf(home.resident))?.colour).toBe('green')
    await office.db.updateTable('stream').set({ coloured_by: defaultSchemeId }).execute()
    const stale = await staleStreams(office.db)
    expect(stale).toContain(office.places.grid)
    // The first stream is done, then the server dies.
    const dying = new AbortController()
    const clock = { now: office.clock.now(), ids: office.ids }
    await office.db.updateTable('subject').set({ colour: 'red', rules: 'x' }).execute()
    await recolourStale(office.db, clock, () => dying.abort(), dying.signal)
    const left = await staleStreams(office.db)
    expect(left.length).toBeGreaterThan(0)
    expect(left.length).toBeLessThan(stale.length)
    await recolourStale(office.db, clock, () => undefined)
    expect(await staleStreams(office.db)).toEqual([])
    expect((await subjectOf(home.resident))?.colour).toBe('green')
  })

  it('of an administrator whose screen showed an older one is refused, and nothing of it is lost or kept', async () => {
    const version = (await newest()) + 1
    const other = await office.enter('admin')
    expect((await save(admin, fortyIsBlue(version))).receipt).toMatchObject({ ok: true })
    expect((await save(other, fortyIsBlue(version))).receipt).toMatchObject({
      ok: false,
      problem: 'scheme-moved-on',
    })
    expect((await save(other, fortyIsBlue(version + 1))).receipt).toMatchObject({ ok: true })
  })

  it('with a fault in it is refused: a rule on a fact that nobody knows, a level that is none', async () => {
    const version = (await newest()) + 1
    const rule = fortyIsBlue(version).rules.at(-1)!
    const broken: Scheme[] = [
      fortyIsBlue(version, {
        rules: [{ ...rule, when: { fact: 'zodiac', op: 'is', value: true } }],
      }),
      fortyIsBlue(version, { levels: [] }),
      fortyIsBlue(version, { rules: [rule, rule] }),
    ]
    for (const scheme of broken) {
      expect((await save(admin, scheme)).receipt).toMatchObject({
        ok: false,
        problem: 'invalid-fields',
      })
      expect(await problemOf(await preview(admin, scheme))).toBe('malformed')
    }
  })

  it('is nobody else’s to save, nor in another place, nor to change afterwards', async () => {
    const version = (await newest()) + 1
    const staff = await office.enter('staff')
    const { grid, community, subdistrict } = office.places
    for (const device of [worker, staff]) {
      const { receipt } = await save(device, fortyIsBlue(version), community)
      expect(receipt).toMatchObject({ ok: false })
      expect(await problemOf(await preview(device, fortyIsBlue(version)))).toBe('not-allowed')
    }
    for (const place of [grid, community]) {
      expect((await save(admin, fortyIsBlue(version), place)).receipt).toMatchObject({
        problem: 'stream-not-yours',
      })
    }
    const { id } = await save(admin, fortyIsBlue(version))
    const held = { id, kind: 'scheme' as const, stream: subdistrict, version: 1_000, fields: {} }
    const { receipts } = await admin.pushed([admin.patch(held, { name: '别的' })])
    expect(receipts[0]).toMatchObject({ ok: false, problem: 'append-only' })
  })
})

describe('a preview', () => {
  it('says what the recount after saving finds, per community, and writes nothing', async () => {
    await save(admin, { ...defaultScheme, schemeVersion: (await newest()) + 1 })
    await recoloured()
    const before = await office.db.selectFrom('subject').selectAll().execute()
    const draft = fortyIsBlue((await newest()) + 1)
    const lines = await previewed(draft)
    expect(await office.db.selectFrom('subject').selectAll().execute()).toEqual(before)
    expect(lines.at(-1)).toEqual({ type: 'end' })
    const place = lines.find(
      (line) => line.type === 'place' && line.place === office.places.community,
    )
    await save(admin, draft)
    await recoloured()
    const after = new Map(
      (await office.db.selectFrom('subject').selectAll().execute()).map((row) => [row.id, row]),
    )
    const moved = before.filter(
      ({ id, kind, colour }) => kind !== 'household' && after.get(id)?.colour !== colour,
    )
    expect(moved.length).toBeGreaterThan(0)
    expect(place).toMatchObject({
      changes: [{ subject: 'resident', from: 'green', to: 'blue', count: moved.length }],
      residents: before.filter((row) => row.kind === 'resident').length,
      dwellings: before.filter((row) => row.kind === 'dwelling').length,
    })
    const examples = lines.filter((line) => line.type === 'example')
    expect(examples.length).toBe(Math.min(3, moved.length))
    for (const { id } of examples) expect(moved.map((row) => row.id)).toContain(id)
  })

  it('of a scheme that changes nothing is a page of zeros', async () => {
    const lines = await previewed({ ...fortyIsBlue((await newest()) + 1) })
    for (const line of lines) if (line.type === 'place') expect(line.changes).toEqual([])
    expect(lines.filter((line) => line.type === 'example')).toEqual([])
  })

  it('counts work and lateness by grid, as the rows stand after the save', async () => {
    await save(admin, { ...defaultScheme, schemeVersion: (await newest()) + 1 })
    await recoloured()
    const tight = {
      ...fortyIsBlue((await newest()) + 1),
      levels: defaultScheme.levels.map((level) => ({ ...level, visitWithin: 1 })),
    }
    const worked = async (draft: Scheme) => {
      const lines = await previewed(draft)
      return lines
        .flatMap((line) => (line.type === 'place' ? (line.grids ?? []) : []))
        .find(({ grid }) => grid === office.places.grid)
    }
    const today = instantToDay(new Date(office.clock.now()).toISOString())
    const kept = await worked(carryLimits(defaultScheme, tight, addDays(today, 3)))
    // The new limit begins in three days: until then there is neither more work nor anybody late.
    expect(kept?.then).toMatchObject({ today: kept?.now.today, overdue: kept?.now.overdue })
    expect(kept?.then.perDay).toBeGreaterThan(kept?.now.perDay ?? 0)
    const sudden = await worked(tight)
    await save(admin, tight)
    await recoloured()
    const rows = await office.db
      .selectFrom('subject')
      .select('due')
      .where('stream', '=', office.places.grid)
      .where('kind', '=', 'household')
      .execute()
    expect(sudden?.then).toMatchObject({
      today: rows.filter(({ due }) => due === today).length,
      overdue: rows.filter(({ due }) => due !== null && due < today).length,
    })
    expect(rows.length).toBeGreaterThan(0)
  })

  it('takes a limit of a rule, and refuses one that is none', async () => {
    const version = (await newest()) + 1
    const withLimit = (visitWithin: unknown) => ({
      ...defaultScheme,
      schemeVersion: version,
      rules: defaultScheme.rules.map((rule) => ({ ...rule, visitWithin })),
    })
    for (const wrong of [0, 367, 2.5, '3']) {
      expect(await problemOf(await preview(admin, withLimit(wrong)))).toBe('malformed')
    }
    const { receipt } = await save(admin, withLimit(3) as Scheme)
    expect(receipt).toMatchObject({ ok: true })
    await recoloured()
  })
})
