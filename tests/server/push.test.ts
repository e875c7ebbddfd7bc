/**
 * Pushes against a real PostgreSQL: what is taken, in which order, and what is answered twice.
 * Holds `src/server/routes/push.ts`.
 */
import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { maxPush } from '#protocol/mutation.ts'
import { pushResponseSchema } from '#protocol/push.ts'
import { answerDays, purgeAnswers } from '#server/ledger/answers.ts'
import { useGrid } from './grid.ts'
import { dayMs, problemOf } from './office.ts'
import { visit } from './sample.ts'

const g = useGrid()

describe('a push', () => {
  it('applies mutations in order and answers in the shape of the protocol', async () => {
    const response = await g.worker.push([
      await g.patchResident(g.worker, { workplace: '样例厂' }),
      g.worker.create(
        g.grid,
        'visit',
        g.office.ids(),
        visit(g.home.household, '2026-11-23T06:00:00.000Z'),
      ),
    ])
    const answer = v.parse(pushResponseSchema, await response.json())
    expect(answer.receipts.map((receipt) => receipt.ok)).toEqual([true, true])
    expect(answer.expected).toBe(6)
    const record = await g.recordOf(g.home.resident)
    expect(record?.fields).toMatchObject({ workplace: '样例厂', name: '样例甲' })
    expect(record?.version).toBe(answer.receipts[0]?.ok ? answer.receipts[0].version : -1)
    const change = await g.office.db
      .selectFrom('change')
      .selectAll()
      .where('record', '=', g.home.resident)
      .where('op', '=', 'patch')
      .executeTakeFirstOrThrow()
    expect(change).toMatchObject({
      device: g.worker.id,
      account: g.worker.account,
      fields: { workplace: [null, '样例厂'] },
    })
  })

  it('gives versions without a hole, one a written record', async () => {
    const before = await g.headOf(g.grid)
    const { receipts } = await g.worker.pushed([
      await g.patchResident(g.worker, { note: 'a' }),
      await g.patchResident(g.worker, { note: 'b' }),
    ])
    expect(receipts.map((receipt) => receipt.ok && receipt.version)).toEqual([
      before + 1,
      before + 2,
    ])
    expect(await g.headOf(g.grid)).toBe(before + 2)
  })

  it('keeps fields that this version does not know', async () => {
    const { receipts } = await g.worker.pushed([
      await g.patchResident(g.worker, { fieldOfNextYear: { deep: [1, '二', null] } }),
    ])
    expect(receipts[0]?.ok).toBe(true)
    expect((await g.recordOf(g.home.resident))?.fields).toMatchObject({
      fieldOfNextYear: { deep: [1, '二', null] },
    })
  })

  it('merges sets by element', async () => {
    const seen = await g.seenOf(g.home.resident)
    await g.worker.pushed([
      await g.patchResident(g.worker, { phones: { add: ['10000000001'] } }, seen),
    ])
    await g.colleague.pushed([
      await g.patchResident(g.colleague, { phones: { add: ['10000000002'] } }, seen),
    ])
    expect((await g.recordOf(g.home.resident))?.fields.phones).toEqual([
      '10000000001',
      '10000000002',
    ])
  })
})

describe('what was pushed before', () => {
  it('gets its first answer again, applied once', async () => {
    const mutations = [
      await g.patchResident(g.worker, { note: '一次' }),
      g.worker.create(g.grid, 'visit', g.office.ids(), { household: g.home.household }),
    ]
    const first = await g.worker.pushed(mutations)
    const head = await g.headOf(g.grid)
    const again = await g.worker.pushed(mutations)
    expect(again).toMatchObject({ receipts: first.receipts, expected: first.expected })
    expect(first.receipts.map((receipt) => receipt.ok)).toEqual([true, false])
    expect(await g.headOf(g.grid)).toBe(head)
  })

  it('goes on with what is new in the same push', async () => {
    const old = await g.patchResident(g.worker, { note: 'alt' })
    await g.worker.pushed([old])
    const { receipts, expected } = await g.worker.pushed([
      old,
      await g.patchResident(g.worker, { note: 'neu' }),
    ])
    expect(receipts.map((receipt) => receipt.ok)).toEqual([true, true])
    expect(expected).toBe(6)
    expect((await g.recordOf(g.home.resident))?.fields.note).toBe('neu')
  })

  it('is refused where a seq is used for another intent', async () => {
    const first = await g.patchResident(g.worker, { note: 'erste' })
    await g.worker.pushed([first])
    const other = { ...first, id: g.office.ids(), fields: { note: 'andere' } }
    const { receipts, expected } = await g.worker.pushed([other])
    expect(receipts).toMatchObject([{ id: other.id, ok: false, problem: 'sequence-reused' }])
    expect(expected).toBe(5)
    expect((await g.recordOf(g.home.resident))?.fields.note).toBe('erste')
  })

  it('is answered and not applied again under another seq', async () => {
    const first = await g.patchResident(g.worker, { note: 'einmal' })
    const { receipts } = await g.worker.pushed([first])
    await g.colleague.pushed([await g.patchResident(g.colleague, { note: 'danach' })])
    const again = await g.worker.pushed([{ ...first, seq: first.seq + 1 }])
    expect(again.receipts).toEqual([{ ...receipts[0], seq: first.seq + 1 }])
    expect((await g.recordOf(g.home.resident))?.fields.note).toBe('danach')
  })

  it('is answered twice where one push names a seq twice', async () => {
    const first = await g.patchResident(g.worker, { note: 'eins' })
    const { receipts, expected } = await g.worker.pushed([
      first,
      { ...first, id: g.office.ids(), fields: { note: 'zwei' } },
    ])
    expect(receipts).toMatchObject([{ ok: true }, { ok: false, problem: 'sequence-reused' }])
    expect(expected).toBe(5)
  })
})

describe('first answers', () => {
  it('go after 180 days; what was applied is known by the log, what was refused is judged anew', async () => {
    const good = await g.patchResident(g.worker, { note: '样例' })
    const bad = await g.patchResident(g.worker, { birth: '2999-01-01' })
    const first = await g.worker.pushed([good, bad])
    expect(first.receipts.map(({ ok }) => ok)).toEqual([true, false])
    const now = g.office.clock.now()
    expect(await purgeAnswers(g.office.own, now + (answerDays - 1) * dayMs)).toBe(0)
    expect(await purgeAnswers(g.office.own, now + (answerDays + 1) * dayMs)).toBeGreaterThan(1)
    const again = await g.worker.pushed([good, bad])
    expect(again.receipts[0]).toEqual(first.receipts[0])
    expect(again.receipts[1]).toMatchObject({ ok: false, problem: 'sequence-reused' })
    expect(again.expected).toBe(first.expected)
  })
})

describe('order', () => {
  it('is made by seq, however the push lists them', async () => {
    const one = await g.patchResident(g.worker, { note: '1' })
    const two = await g.patchResident(g.worker, { note: '2' })
    const { receipts } = await g.worker.pushed([two, one])
    expect(receipts.map((receipt) => receipt.seq)).toEqual([4, 5])
    expect((await g.recordOf(g.home.resident))?.fields.note).toBe('2')
  })

  it('stops at a gap and says what is expected', async () => {
    const head = await g.headOf(g.grid)
    g.worker.rewind(5)
    const late = await g.patchResident(g.worker, { note: 'zu früh' })
    const { receipts, expected } = await g.worker.pushed([late])
    expect({ receipts, expected }).toEqual({ receipts: [], expected: 4 })
    expect(await g.headOf(g.grid)).toBe(head)
    g.worker.rewind(3)
    const missing = [
      await g.patchResident(g.worker, { note: 'a' }),
      await g.patchResident(g.worker, { note: 'b' }),
    ]
    const filled = await g.worker.pushed([...missing, late])
    expect(filled.receipts.every((receipt) => receipt.ok)).toBe(true)
    expect((await g.recordOf(g.home.resident))?.fields.note).toBe('zu früh')
  })

  it('goes on after a number that holds nothing', async () => {
    const empty = { id: g.office.ids(), device: g.worker.id, seq: 4 }
    g.worker.rewind(4)
    const { receipts, expected } = await g.worker.pushed([
      empty,
      await g.patchResident(g.worker, { note: 'danach' }),
    ])
    expect(receipts).toMatchObject([{ ok: false, problem: 'malformed' }, { ok: true }])
    expect(expected).toBe(6)
  })
})

describe('a whole request', () => {
  it('is refused where it makes no sense', async () => {
    const status = async (body: unknown, more = {}) => {
      const response = await g.office.post('/api/push', body, g.worker.pass, more)
      return [response.status, await problemOf(response)]
    }
    const good = { protocol: 1, device: g.worker.id, sentAt: '2026-11-23T06:32:00.000Z' }
    expect(await status('{')).toEqual([400, 'malformed'])
    expect(await status([])).toEqual([400, 'malformed'])
    expect(await status({ ...good, mutations: 'x' })).toEqual([400, 'malformed'])
    expect(await status({ ...good, mutations: new Array(maxPush + 1).fill(0) })).toEqual([
      400,
      'malformed',
    ])
    expect(await status({ ...good, sentAt: 'now', mutations: [] })).toEqual([400, 'malformed'])
    expect(await status({ ...good, protocol: 0, mutations: [] })).toEqual([426, 'app-too-old'])
    expect(await status({ ...good, protocol: 99, mutations: [] })).toEqual([409, 'server-too-old'])
    expect(await status({ ...good, device: g.colleague.id, mutations: [] })).toEqual([
      403,
      'not-allowed',
    ])
    expect(await status({ ...good, mutations: ['x'.repeat(9_000_000)] })).toEqual([
      413,
      'too-large',
    ])
    const anonymous = await g.office.post('/api/push', { ...good, mutations: [] })
    expect([anonymous.status, await problemOf(anonymous)]).toEqual([401, 'not-signed-in'])
  })

  it('takes as many as the protocol allows', async () => {
    const visits = Array.from({ length: maxPush }, () =>
      g.worker.create(
        g.grid,
        'visit',
        g.office.ids(),
        visit(g.home.household, '2026-11-23T06:00:00.000Z'),
      ),
    )
    const { receipts } = await g.worker.pushed(visits)
    expect(receipts.filter((receipt) => receipt.ok)).toHaveLength(maxPush)
  })
})
