/** Colours by hand on the server: at once, after a second person's word, and back by themselves. */
import { describe, expect, it } from 'vitest'
import { addDays, type Day } from '#domain/day.ts'
import type { LevelKey } from '#domain/level.ts'
import { colourByCalendar } from '#server/colours/calendar.ts'
import { loadStream } from '#server/db/records.ts'
import { useGrid } from './grid.ts'
import { dayMs, type Device } from './office.ts'

const g = useGrid()
const today: Day = '2026-11-23'

const proposal = (by: Device, colour: LevelKey, more = {}) => ({
  id: g.office.ids(),
  colour,
  words: '样例：刚出院',
  from: today,
  until: addDays(today, 30),
  by: by.account,
  over: [],
  ...more,
})

const colourNow = async () =>
  (
    await g.office.db
      .selectFrom('subject')
      .selectAll()
      .where('id', '=', g.home.resident)
      .executeTakeFirst()
  )?.colour

async function put(device: Device, ...add: object[]) {
  const { receipts } = await device.pushed([await g.patchResident(device, { overrides: { add } })])
  return receipts[0]
}

const agree = (by: Device, verdict = 'agreed') => ({
  review: { verdict, by: by.account, on: today },
})

describe('a colour by hand', () => {
  it('that is more urgent counts at once, with its record, and falls back by itself', async () => {
    const orange = proposal(g.worker, 'orange')
    expect(await put(g.worker, orange)).toMatchObject({ ok: true })
    expect(await colourNow()).toBe('orange')
    const records = await loadStream(g.office.db, g.grid, ['colour'])
    expect(records.filter(({ fields }) => fields['subject'] === g.home.resident)).toMatchObject([
      {
        fields: {
          colour: 'orange',
          cause: 'override',
          until: addDays(orange.until, 1),
          reasons: [{ rule: `by-hand/${orange.id}`, facts: { words: orange.words } }],
        },
      },
    ])
    const { clock, db, ids } = g.office
    const start = clock.at
    clock.at += 30 * dayMs
    await colourByCalendar(db, { now: clock.at, ids })
    expect(await colourNow()).toBe('orange')
    clock.at += dayMs
    await colourByCalendar(db, { now: clock.at, ids })
    expect(await colourNow()).toBe('green')
    clock.at = start
  })

  it('that is milder waits for a second person of the office', async () => {
    await g.worker.pushed([
      await g.patchResident(g.worker, {
        tags: { add: [{ tag: 'no-labour-capacity', source: 'seen', from: '2026-01-01' }] },
      }),
    ])
    expect(await colourNow()).toBe('orange')
    const milder = proposal(g.worker, 'yellow', { over: ['no-labour-capacity'] })
    expect(await put(g.worker, milder)).toMatchObject({ ok: true })
    expect(await colourNow()).toBe('orange')
    // Neither the one who proposed it, nor another worker.
    for (const device of [g.worker, g.colleague]) {
      expect(await put(device, { ...milder, ...agree(device) })).toMatchObject({
        ok: false,
        problem: 'second-person-needed',
      })
    }
    // Nor in another's name, nor with other words.
    for (const forged of [
      { ...milder, ...agree(g.colleague) },
      { ...milder, ...agree(g.staff), until: addDays(today, 60) },
      { ...milder, ...agree(g.staff), colour: 'green' },
    ]) {
      expect(await put(g.staff, forged)).toMatchObject({ problem: 'second-person-needed' })
    }
    expect(await put(g.staff, { ...milder, ...agree(g.staff) })).toMatchObject({ ok: true })
    expect(await colourNow()).toBe('yellow')
    // What came later was not seen by either of them.
    await g.worker.pushed([
      await g.patchResident(g.worker, {
        tags: { add: [{ tag: 'disabled', grade: 1, source: 'seen', from: '2026-01-01' }] },
      }),
    ])
    expect(await colourNow()).toBe('orange')
  })

  it('that was refused or withdrawn counts no more', async () => {
    const refused = proposal(g.worker, 'red')
    await put(g.worker, refused)
    expect(await colourNow()).toBe('red')
    await put(g.staff, { ...refused, ...agree(g.staff, 'refused') })
    expect(await colourNow()).toBe('green')
    const withdrawn = proposal(g.worker, 'red')
    await put(g.worker, withdrawn)
    expect(await put(g.colleague, { ...withdrawn, withdrawnOn: today })).toMatchObject({
      problem: 'second-person-needed',
    })
    expect(await put(g.worker, { ...withdrawn, withdrawnOn: today })).toMatchObject({ ok: true })
    expect(await colourNow()).toBe('green')
  })

  it('has to be one’s own, unreviewed, and of 90 days at most', async () => {
    const long = proposal(g.worker, 'red', { until: addDays(today, 91) })
    expect(await put(g.worker, long)).toMatchObject({
      problem: 'invalid-fields',
      fields: [{ field: 'overrides', problem: 'override-too-long' }],
    })
    expect(await put(g.worker, proposal(g.colleague, 'red'))).toMatchObject({
      problem: 'second-person-needed',
    })
    expect(await put(g.staff, { ...proposal(g.staff, 'yellow'), ...agree(g.staff) })).toMatchObject(
      { problem: 'second-person-needed' },
    )
    expect(await colourNow()).toBe('green')
  })

  it('is taken back by whoever proposed it, and by nobody else', async () => {
    const one = proposal(g.worker, 'red')
    await put(g.worker, one)
    const takeBack = async (device: Device) =>
      (await device.pushed([await g.patchResident(device, { overrides: { remove: [one.id] } })]))
        .receipts[0]
    expect(await takeBack(g.colleague)).toMatchObject({ problem: 'second-person-needed' })
    expect(await takeBack(g.worker)).toMatchObject({ ok: true })
    expect(await colourNow()).toBe('green')
  })
})
