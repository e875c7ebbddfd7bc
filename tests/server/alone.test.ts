/** One bad thing harms itself alone: not its neighbours in a push, not the next import, not the register by its size. */
import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Import } from '#domain/import.ts'
import type { Receipt } from '#protocol/mutation.ts'
import {
  unsentFileAnswerSchema,
  unsentFileContext,
  unsentFileFormat,
  unsentFileInfo,
} from '#protocol/unsent-file.ts'
import { loadRecords } from '#server/db/records.ts'
import type { Pushed } from '#server/ledger/pushed.ts'
import { isOfItsInput, oneByOne } from '#server/ledger/one-by-one.ts'
import { seqOf, type Incoming } from '#server/ledger/plan.ts'
import { useGrid } from './grid.ts'
import { problemOf, type Device } from './office.ts'
import { building, household, visit } from './sample.ts'

const g = useGrid()
/** A shared machine may be slow without being wrong. */
const inPatience = { timeout: 30_000, interval: 20 }
const isoNow = () => new Date(g.office.clock.now()).toISOString()
const goodVisit = (device: Device) =>
  device.create(g.grid, 'visit', g.office.ids(), visit(g.home.household, isoNow()))
const verdicts = (receipts: readonly Receipt[]) =>
  receipts.map((receipt) => (receipt.ok ? 'ok' : receipt.problem))

describe('a push', () => {
  it('keeps a colour that is none of its kind from stopping the visit beside it', async () => {
    for (const op of ['patch', 'create'] as const) {
      const record = op === 'patch' ? g.home.household : g.office.ids()
      const fields = op === 'patch' ? {} : household(g.home.dwelling)
      const odd = g.worker.mutation({
        ...{ stream: g.grid, kind: 'household', record, op },
        fields: { ...fields, overrides: { add: [] } },
      })
      const good = goodVisit(g.worker)
      const response = await g.worker.push([odd, good])
      expect(response.status).toBe(200)
      const { receipts } = (await response.json()) as { receipts: Receipt[] }
      expect(receipts.find(({ id }) => id === good.id)?.ok).toBe(true)
      expect(await g.recordOf(good.record)).toBeDefined()
    }
  })

  describe('that the database itself breaks on', () => {
    /** As an engine that finds in one record a limit of its own, which no rule of ours knows. */
    beforeAll(async () => {
      const statements = [
        `create function break_on_poison() returns trigger language plpgsql as $$
        begin
          if new.kind <> 'import-part' and new.fields::text like '%样例毒%' then
            raise exception 'a limit of the engine' using errcode = '54000';
          end if;
          return new;
        end $$`,
        `create trigger poison before insert or update on record
          for each row execute function break_on_poison()`,
      ]
      for (const one of statements) await sql.raw(one).execute(g.office.db)
    })
    afterAll(async () => {
      for (const one of ['drop trigger poison on record', 'drop function break_on_poison()']) {
        await sql.raw(one).execute(g.office.db)
      }
    })

    it('is refused in that mutation alone, and gives the same answer again', async () => {
      const poison = await g.patchResident(g.worker, { note: '样例毒' })
      const work = [goodVisit(g.worker), poison, goodVisit(g.worker), goodVisit(g.worker)]
      work.forEach((one, index) => Object.assign(one, { seq: 4 + index }))
      const { receipts, expected } = await g.worker.pushed(work)
      expect(verdicts(receipts)).toEqual(['ok', 'malformed', 'ok', 'ok'])
      expect(expected).toBe(8)
      const again = await g.worker.pushed(work)
      expect(again.receipts).toEqual(receipts)
      expect(g.office.log.filter(({ event }) => event === 'fault')).toHaveLength(1)
    })

    it('is refused with its whole batch, and nothing of the batch stays', async () => {
      const batch = g.office.ids()
      const poison = await g.patchResident(g.worker, { note: '样例毒' })
      const first = goodVisit(g.worker)
      const together = [first, poison].map((one, index) => ({ ...one, batch, seq: 4 + index }))
      const behind = { ...goodVisit(g.worker), seq: 6 }
      const { receipts } = await g.worker.pushed([...together, behind])
      expect(verdicts(receipts)).toEqual(['malformed', 'batch-refused', 'ok'])
      expect(await g.recordOf(first.record)).toBeUndefined()
    })

    it('does not stop the imports behind it', async () => {
      const { community } = g.office.places
      const bring = async (name: string) => {
        const id = g.office.ids()
        const item = {
          ...{ stream: g.grid, kind: 'building', record: g.office.ids(), op: 'create', seen: 0 },
          fields: building({ name }),
        }
        await g.staff.pushed([
          g.staff.create(community, 'import', id, {
            ...{ title: '样例', parts: 1, rows: 1, added: 1, changed: 0 },
            bases: [{ stream: g.grid, version: await g.headOf(g.grid) }],
          }),
        ])
        return { id, item }
      }
      const decided = (id: string) =>
        vi.waitFor(async () => {
          const [record] = await loadRecords(g.office.db, [community], [id])
          const fields = record?.fields as Import | undefined
          if (!fields?.outcome) throw new Error('not decided yet')
          return { outcome: fields.outcome, reason: fields.reason }
        }, inPatience)
      const poison = await bring('样例毒')
      const good = await bring('4幢')
      const part = (of: Awaited<ReturnType<typeof bring>>) =>
        g.staff.create(community, 'import-part', g.office.ids(), {
          ...{ import: of.id, part: 1, items: [of.item] },
        })
      await g.staff.pushed([part(poison), part(good)])
      expect(await decided(good.id)).toEqual({ outcome: 'written', reason: undefined })
      expect(await decided(poison.id)).toEqual({ outcome: 'refused', reason: 'malformed' })
    })
  })

  it('is answered with a fault as before where the machine is to blame', async () => {
    const lost = Object.assign(new Error('Connection terminated unexpectedly'), { code: '57P01' })
    const full = Object.assign(new Error('could not extend file'), { code: '53100' })
    for (const error of [lost, full, new Error('timeout exceeded when trying to connect')]) {
      expect(isOfItsInput(error)).toBe(false)
      await expect(oneByOne([], () => Promise.reject(error))).rejects.toBe(error)
    }
    expect(isOfItsInput(new TypeError('list.map is not a function'))).toBe(true)
  })

  it('is taken apart in as few steps as halving needs', async () => {
    const items: Incoming[] = Array.from({ length: 500 }, (_, index) => ({
      ...{ id: g.office.ids(), seq: index + 1, batch: null, problem: 'record-gone' },
    }))
    let calls = 0
    const apply = (some: readonly Incoming[]): Promise<Pushed> => {
      calls += 1
      const isPoison = (one: Incoming) => seqOf(one) === 377 && 'problem' in one
      if (some.some((one) => isPoison(one) && 'problem' in one && one.problem !== 'malformed')) {
        return Promise.reject(new TypeError('broken'))
      }
      const receipts = some.map((one) => {
        const problem = 'problem' in one ? one.problem : 'malformed'
        return { id: '', seq: seqOf(one), ok: false as const, problem }
      })
      return Promise.resolve({
        ...{
          receipts,
          expected: 0,
          moved: [],
          hasScheme: false,
          hasRequest: false,
          hasImport: false,
        },
      })
    }
    const { receipts } = await oneByOne(items, apply)
    expect(receipts.map(({ seq }) => seq)).toEqual(items.map(seqOf))
    expect(receipts.filter((one) => !one.ok && one.problem === 'malformed')).toHaveLength(1)
    expect(calls).toBeLessThan(25)
  })
})

describe('moments and letters', () => {
  it('that never were are refused in that mutation alone', async () => {
    for (const at of ['2026-02-31T10:00:00.000Z', '0000-01-01T00:00:00.000Z']) {
      const odd = { ...goodVisit(g.worker), at }
      const record = g.office.ids()
      const visited = g.worker.create(g.grid, 'visit', record, visit(g.home.household, at))
      const { receipts } = await g.worker.pushed([odd, visited, goodVisit(g.worker)])
      expect(verdicts(receipts)).toEqual(['malformed', 'invalid-fields', 'ok'])
      expect(receipts[1]).toMatchObject({ fields: [{ field: 'at', problem: 'not-an-instant' }] })
    }
  })

  it('that nobody can see are refused, and an app of before is told in a word that it knows', async () => {
    for (const letter of ['\u202e', '\u200b', '\u0001', '\u000b', '\ufffe', '\u2066']) {
      const odd = await g.patchResident(g.worker, { note: `样例${letter}` })
      const named = await g.patchResident(g.worker, { name: `样${letter}例` })
      const { receipts } = await g.worker.pushed([odd, named])
      expect(verdicts(receipts)).toEqual(['invalid-fields', 'invalid-fields'])
      expect(receipts[0]).toMatchObject({ fields: [{ field: 'note', problem: 'unseen-letters' }] })
      const old = await g.worker.pushed([odd, named], { protocol: 2 })
      expect(old.receipts[0]).toMatchObject({ fields: [{ field: 'note', problem: 'wrong-shape' }] })
    }
    const kept = '上午去过，\n下午再去\t一次 👩‍👩‍👧 می‌خواهم'
    const good = await g.patchResident(g.worker, { note: kept })
    expect(verdicts((await g.worker.pushed([good])).receipts)).toEqual(['ok'])
  })

  it('are no fault of any route', async () => {
    const admin = await g.office.enter('admin')
    const post = async (path: string, body: object) => {
      const response = await g.office.post(path, body, admin.pass)
      return [response.status, await problemOf(response)]
    }
    const { ids, places } = g.office
    const malformed = [400, 'malformed']
    const given = { name: '样例', role: 'worker', places: [places.grid] }
    const make = (more: object) =>
      post('/api/people/make', {
        ...{ act: ids(), account: ids(), login: `l${ids().slice(-10)}`, ...given, ...more },
      })
    const signIn = (more: object) =>
      post('/api/session', {
        ...{ protocol: 3, login: 'worker', password: 'x', device: ids(), deviceName: 'x', ...more },
      })
    const place = (more: object) =>
      post('/api/places/add', {
        ...{ act: ids(), place: ids(), parent: places.community, placeKind: 'grid' },
        ...{ name: '样例', code: null, ...more },
      })
    const audit = (more: object) => post('/api/audit', { protocol: 3, ...more })
    for (const odd of ['a\0b', 'a\ud800']) {
      expect(await signIn({ login: odd })).toEqual(malformed)
      expect(await signIn({ deviceName: odd })).toEqual(malformed)
      expect(await make({ name: odd })).toEqual(malformed)
      expect(await place({ name: odd })).toEqual(malformed)
      expect(await place({ code: odd })).toEqual(malformed)
      expect(await audit({ acts: [odd] })).toEqual(malformed)
      expect(await audit({ before: { at: isoNow(), id: odd } })).toEqual(malformed)
    }
    for (const day of ['2026-02-30', '2026-11-31', '0000-01-01']) {
      expect(await audit({ from: `${day}T00:00:00.000Z` })).toEqual(malformed)
      expect(await audit({ to: `${day}T00:00:00.000Z` })).toEqual(malformed)
    }
    const report = { app: 'a\0', waiting: 0, refused: 0, oldest: null, storage: null }
    const pull = { protocol: 3, device: admin.id, cursors: {}, report }
    expect(await post('/api/pull', pull)).toEqual(malformed)
    const twice = await make({ places: [places.grid, places.grid, places.grid.toUpperCase()] })
    expect(twice[0]).toBeLessThan(500)
  })
})

describe('a file of unsent work', () => {
  async function brought(seqs: readonly number[]) {
    const secret = randomBytes(32)
    const { db } = g.office
    await db
      .updateTable('device')
      .set({ key: secret.toString('base64') })
      .where('id', '=', g.worker.id)
      .execute()
    const mutations = seqs.map((seq) => ({ ...goodVisit(g.worker), seq }))
    const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(32), unsentFileInfo, 32))
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(Buffer.from(unsentFileContext(g.worker.id)))
    const text = cipher.update(JSON.stringify({ mutations }))
    const box = Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()])
    const file = { format: unsentFileFormat, device: g.worker.id, box: box.toString('base64') }
    const response = await g.office.post('/api/unsent-file', file, g.staff.pass)
    // What was applied is in the log; what was not has a row of its own.
    const { rows: answers } = await sql<{ seq: number }>`
      select seq from answer where device = ${g.worker.id} and seq > 3
      union select seq from change where device = ${g.worker.id} and seq > 3`.execute(db)
    return { answer: v.parse(unsentFileAnswerSchema, await response.json()), answers, mutations }
  }

  it('keeps nothing for the numbers that it leaves out', async () => {
    const { answer, answers } = await brought([3_000, 6_000, 9_000])
    expect(answer).toMatchObject({ count: 3, applied: 3, refused: [] })
    expect(answers.map(({ seq }) => seq).sort()).toEqual([3_000, 6_000, 9_000])
    const entry = await g.office.db
      .selectFrom('audit')
      .select('facts')
      .where('act', '=', 'unsent-file')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    expect(entry.facts).toMatchObject({ count: 3, skipped: 8_994 })
    // The device goes on behind them.
    const next = { ...goodVisit(g.worker), seq: 9_001 }
    expect(verdicts((await g.worker.pushed([next])).receipts)).toEqual(['ok'])
  })

  it('has one budget of numbers left out, and says so of what stands beyond it', async () => {
    const { answer, answers } = await brought([9_000, 18_000, 18_001])
    expect(answers).toHaveLength(1)
    expect(answer).toMatchObject({ count: 3, applied: 1 })
    expect(verdicts(answer.refused)).toEqual(['sequence-gap', 'sequence-gap'])
  })
})
