/** Moments and days that a device fills in by a clock that is off: ahead, behind, wrong at the act, wrong at sending. */
import { describe, expect, it } from 'vitest'
import { careTags, tagSources } from '#domain/resident.ts'
import { momentOf } from '#server/ledger/moments.ts'
import { useGrid } from '../grid.ts'
import { byPass, dayMs } from '../office.ts'
import { visit } from '../sample.ts'

const g = useGrid()
const iso = (moment: number) => new Date(moment).toISOString()
const visitsOf = () =>
  g.office.db.selectFrom('record').selectAll().where('kind', '=', 'visit').execute()

/** A visit as a device makes it whose clock is so far off, when it acts and when it sends. */
async function visitBy(offAtAct: number, offAtSending: number, more: object = {}) {
  const now = g.office.clock.now()
  const acted = iso(now - 3_600_000 + offAtAct)
  const record = g.office.ids()
  const made = g.worker.create(g.grid, 'visit', record, visit(g.home.household, acted))
  const answer = await g.worker.pushed([{ ...made, at: acted, ...more }], {
    sentAt: iso(now + offAtSending),
  })
  expect(answer.receipts[0]?.ok).toBe(true)
  const row = (await visitsOf()).find(({ id }) => id === record)
  const change = await g.office.db
    .selectFrom('change')
    .selectAll()
    .where('record', '=', record)
    .executeTakeFirstOrThrow()
  return { fields: row?.fields ?? {}, change, now, acted }
}

describe('a clock that is off, and is known to be', () => {
  it.each([1, 40, -1, -40, -366, -1_100, -4_018, 366])(
    'by %i days: visit and change are dated by the server',
    async (days) => {
      const { fields, change, now } = await visitBy(days * dayMs, days * dayMs)
      expect(fields['at']).toBe(iso(now - 3_600_000))
      expect(fields).not.toHaveProperty('saidAt')
      expect(change.corrected_at).toBe(iso(now - 3_600_000))
    },
  )

  it('is told to the office as far as it is off', async () => {
    await visitBy(-366 * dayMs, -366 * dayMs)
    const device = await g.office.db
      .selectFrom('device')
      .select('skew_ms')
      .where('id', '=', g.worker.id)
      .executeTakeFirstOrThrow()
    expect(device.skew_ms).toBe(-366 * dayMs)
  })

  it('leaves alone a moment that a device of this version has corrected itself', async () => {
    const now = g.office.clock.now()
    const record = g.office.ids()
    const made = g.worker.create(
      g.grid,
      'visit',
      record,
      visit(g.home.household, iso(now - 7_200_000)),
    )
    await g.worker.pushed([{ ...made, at: iso(now - 7_200_000 - 40 * dayMs) }], {
      sentAt: iso(now - 40 * dayMs),
    })
    const row = (await visitsOf()).find(({ id }) => id === record)
    expect(row?.fields['at']).toBe(iso(now - 7_200_000))
  })

  it('reveals are dated by the server as visits are', async () => {
    const now = g.office.clock.now()
    const record = g.office.ids()
    const acted = iso(now - 60_000 - 40 * dayMs)
    const fields = { subject: g.home.resident, field: 'phones', purpose: 'contact', at: acted }
    await g.worker.pushed([{ ...g.worker.create(g.grid, 'reveal', record, fields), at: acted }], {
      sentAt: iso(now - 40 * dayMs),
    })
    const row = await g.office.db
      .selectFrom('record')
      .select('fields')
      .where('id', '=', record)
      .executeTakeFirstOrThrow()
    expect(row.fields['at']).toBe(iso(now - 60_000))
  })
})

describe('a clock that was wrong at the act and right at sending', () => {
  it.each([
    ['the year 2015', -4_018 * dayMs, {}],
    ['the future', 40 * dayMs, {}],
  ])('%s: the moment of receipt counts, and what was said is kept', async (_, off, more) => {
    const { fields, change, now, acted } = await visitBy(off, 0, more)
    expect(fields).toMatchObject({ at: iso(now), saidAt: acted })
    expect(change).toMatchObject({ at: acted, corrected_at: iso(now) })
    expect(change.fields['at']).toEqual([acted, iso(now)])
  })

  it('stands in the history of whom it was about: the receipt, and what was said', async () => {
    const now = g.office.clock.now()
    const acted = iso(now - 4_018 * dayMs)
    const { resident } = g.home
    for (const at of [acted, iso(now - 60_000)]) {
      const seen = await g.seenOf(resident)
      const made = await g.patchResident(g.worker, { note: `样例 ${at}` }, seen)
      await g.worker.pushed([{ ...made, at }], { sentAt: iso(now) })
    }
    const pulled = (await g.worker.pull()).pages
      .flatMap(({ changes }) => changes)
      .filter(({ record }) => record === resident)
    const told = pulled.filter(({ fields }) => String(fields['note']?.[1]).startsWith('样例'))
    expect(told).toMatchObject([{ at: iso(now), saidAt: acted }, { at: iso(now - 60_000) }])
    expect(told[1]).not.toHaveProperty('saidAt')
    const answer = await g.office.fetch(`/api/history/${g.grid}/${resident}`, {
      headers: byPass(g.worker.pass),
    })
    const { changes } = (await answer.json()) as { readonly changes: readonly object[] }
    expect(changes).toContainEqual(expect.objectContaining({ at: iso(now), saidAt: acted }))
  })

  it('before the server’s last word to the device: it cannot be true', async () => {
    const heard = iso(g.office.clock.now() - 2 * dayMs)
    const { fields, now, acted } = await visitBy(-30 * dayMs, 0, { heard })
    expect(fields).toMatchObject({ at: iso(now), saidAt: acted })
  })

  it('right at the act and wrong at sending: what was said is true', async () => {
    const heard = iso(g.office.clock.now() - 2 * dayMs)
    const { fields, acted } = await visitBy(0, 366 * dayMs, { heard })
    expect(fields['at']).toBe(acted)
    expect(fields).not.toHaveProperty('saidAt')
  })

  it('no moment is ever after its receipt', () => {
    const now = Date.UTC(2026, 10, 23)
    for (const skewMs of [0, dayMs, -dayMs, 9e12, -9e12]) {
      for (const said of [0, now - dayMs, now, now + dayMs, 8e14]) {
        for (const heard of [undefined, iso(now - dayMs), iso(now + dayMs)]) {
          const { at } = momentOf({ at: iso(said), heard }, { skewMs, now })
          expect(Date.parse(at)).toBeLessThanOrEqual(now)
          expect(Date.parse(at)).toBeGreaterThan(now - 401 * dayMs)
        }
      }
    }
  })
})

describe('days that a device fills in by itself', () => {
  it.each([40, -40, -1_100])(
    'by %i days: moved out, told and tagged on the right day',
    async (days) => {
      const now = g.office.clock.now()
      const off = days * dayMs
      const wrong = iso(now + off + 8 * 3_600_000).slice(0, 10)
      const right = iso(now + 8 * 3_600_000).slice(0, 10)
      const fields = {
        movedOutOn: wrong,
        noticeOn: wrong,
        tags: { add: [{ tag: careTags[0], source: tagSources[0], from: wrong }] },
        note: `离开 ${wrong}`,
      }
      const seen = await g.seenOf(g.home.resident)
      const patch = await g.patchResident(g.worker, fields, seen)
      const answer = await g.worker.pushed([{ ...patch, at: iso(now + off) }], {
        sentAt: iso(now + off),
      })
      expect(answer.receipts[0]).toMatchObject({ ok: true })
      const record = await g.recordOf(g.home.resident)
      expect(record?.fields).toMatchObject({ movedOutOn: right, noticeOn: right })
      expect(record?.fields['tags']).toContainEqual(expect.objectContaining({ from: right }))
      expect(record?.fields['note']).toBe(`离开 ${wrong}`)
      await g.worker.pushed([
        await g.patchResident(g.worker, { movedOutOn: null }, await g.seenOf(g.home.resident)),
      ])
    },
  )

  it('a day that somebody chose stays', async () => {
    const now = g.office.clock.now()
    const chosen = iso(now - 20 * dayMs).slice(0, 10)
    const patch = await g.patchResident(
      g.worker,
      { noticeOn: chosen },
      await g.seenOf(g.home.resident),
    )
    await g.worker.pushed([{ ...patch, at: iso(now - 40 * dayMs) }], {
      sentAt: iso(now - 40 * dayMs),
    })
    expect((await g.recordOf(g.home.resident))?.fields['noticeOn']).toBe(chosen)
  })
})
