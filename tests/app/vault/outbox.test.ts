import { IDBDatabase as FDBDatabase, IDBObjectStore as FDBObjectStore } from 'fake-indexeddb'
import { expect, it, vi } from 'vitest'
import { databaseName } from '#app/vault/schema.ts'
import { VaultFault } from '#app/vault/vault.ts'
import type { Receipt } from '#protocol/mutation.ts'
import {
  account,
  createFactory,
  idOf,
  mutationOf,
  openRaw,
  openTestVault,
  putRow,
  rowsOf,
} from './open-test-vault.ts'

const accepted = (number: number, seq: number): Receipt => ({
  id: mutationOf(number).id,
  seq,
  ok: true,
  version: 7,
})
const refusedBy = (number: number, seq: number): Receipt => ({
  id: mutationOf(number).id,
  seq,
  ok: false,
  problem: 'invalid-fields',
  fields: [{ field: 'birthDate', problem: 'day-in-future', limit: '2026-11-23' }],
})
const seqs = (entries: readonly { readonly seq: number }[]) => entries.map(({ seq }) => seq)

it('numbers what it saves and has it after a restart', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  const saved = await vault.save([mutationOf(1), mutationOf(2)])
  expect(saved).toEqual([
    { ...mutationOf(1), seq: 1 },
    { ...mutationOf(2), seq: 2 },
  ])
  expect(await vault.save([])).toEqual([])
  vault.close()

  const again = await openTestVault(factory)
  expect(seqs(await again.save([mutationOf(3)]))).toEqual([3])
  expect(await again.nextWaiting(10)).toEqual([...saved, { ...mutationOf(3), seq: 3 }])
  expect(
    (await again.outbox()).map(({ state, answeredAt, problem, fields }) => [
      state,
      answeredAt,
      problem,
      fields,
    ]),
  ).toEqual(Array(3).fill(['waiting', null, null, []]))
})

it('gives two tabs that save at once numbers of their own, without gaps, batches in one piece', async () => {
  const factory = createFactory()
  const tabs = [await openTestVault(factory), await openTestVault(factory)]
  const saves = Array.from({ length: 40 }, (_, index) =>
    tabs[index % 2]!.save([
      mutationOf(index * 3, { batch: idOf(0xba00 + index) }),
      mutationOf(index * 3 + 1, { batch: idOf(0xba00 + index) }),
    ]),
  )
  const saved = await Promise.all(saves)
  for (const batch of saved) expect(batch[1]!.seq).toBe(batch[0]!.seq + 1)
  const all = saved.flatMap(seqs).sort((a, b) => a - b)
  expect(all).toEqual(Array.from({ length: 80 }, (_, index) => index + 1))
  const kept = (await tabs[0]!.outbox()).map(({ mutation }) => mutation)
  expect(kept).toEqual(saved.flat().sort((a, b) => a.seq - b.seq))
})

it('never splits a batch', async () => {
  const vault = await openTestVault(createFactory())
  const batch = idOf(0xba01)
  await vault.save([mutationOf(1)])
  await vault.save([2, 3, 4].map((number) => mutationOf(number, { batch })))
  await vault.save([5, 6].map((number) => mutationOf(number, { batch: idOf(0xba02) })))
  await vault.save([mutationOf(7)])
  expect(seqs(await vault.nextWaiting(1))).toEqual([1])
  expect(seqs(await vault.nextWaiting(3))).toEqual([1])
  expect(seqs(await vault.nextWaiting(4))).toEqual([1, 2, 3, 4])
  expect(seqs(await vault.nextWaiting(5))).toEqual([1, 2, 3, 4])
  expect(seqs(await vault.nextWaiting(500))).toEqual([1, 2, 3, 4, 5, 6, 7])
  await vault.settle([accepted(1, 1)], 1000)
  expect(seqs(await vault.nextWaiting(1))).toEqual([2, 3, 4])
})

it('takes the answer to a mutation that got another number meanwhile', async () => {
  const vault = await openTestVault(createFactory())
  await vault.save(Array.from({ length: 12 }, (_, index) => mutationOf(index + 1)))
  await vault.renumber([mutationOf(1).id], 30)
  // Far apart, and one under its old number, where nothing stands any more.
  await vault.settle([accepted(1, 1), accepted(2, 2), accepted(12, 12)], 5000)
  expect(seqs(await vault.nextWaiting(100))).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect((await vault.outbox(true)).filter(({ state }) => state === 'delivered')).toHaveLength(3)
})

it('moves by receipts alone, and the first answer counts', async () => {
  const vault = await openTestVault(createFactory())
  await vault.save([mutationOf(1), mutationOf(2), mutationOf(3)])
  await vault.settle([accepted(1, 1), refusedBy(2, 2), accepted(99, 9)], 5000)
  await vault.settle([refusedBy(1, 1), accepted(2, 2)], 6000)
  expect(seqs(await vault.nextWaiting(10))).toEqual([3])
  expect(await vault.outbox()).toEqual([
    {
      mutation: { ...mutationOf(2), seq: 2 },
      state: 'refused',
      answeredAt: 5000,
      problem: 'invalid-fields',
      fields: [{ field: 'birthDate', problem: 'day-in-future', limit: '2026-11-23' }],
    },
    {
      mutation: { ...mutationOf(3), seq: 3 },
      state: 'waiting',
      answeredAt: null,
      problem: null,
      fields: [],
    },
  ])
  const all = await vault.outbox(true)
  expect(all.map(({ state }) => state)).toEqual(['delivered', 'refused', 'waiting'])
  expect((await vault.outbox({ since: 5000 })).map(({ state }) => state)).toEqual([
    'delivered',
    'refused',
    'waiting',
  ])
  expect((await vault.outbox({ since: 5001 })).map(({ state }) => state)).toEqual([
    'refused',
    'waiting',
  ])
})

it('gives up only what was refused, and marks it', async () => {
  const vault = await openTestVault(createFactory())
  await vault.save([mutationOf(1), mutationOf(2), mutationOf(3)])
  await vault.settle([accepted(1, 1), refusedBy(2, 2)], 5000)
  for (const number of [1, 2, 3]) await vault.giveUp(mutationOf(number).id)
  await vault.giveUp(idOf(0xdead))
  const entries = await vault.outbox(true)
  expect(entries.map(({ state, problem }) => [state, problem])).toEqual([
    ['delivered', null],
    ['delivered', 'invalid-fields'],
    ['waiting', null],
  ])
  expect((await vault.outbox()).map(({ mutation }) => mutation.seq)).toEqual([3])
})

it('sends again what a restored server has lost, but nothing that was given up or refused', async () => {
  const vault = await openTestVault(createFactory())
  await vault.save([1, 2, 3, 4, 5].map((number) => mutationOf(number)))
  await vault.settle(
    [accepted(1, 1), accepted(2, 2), refusedBy(3, 3), refusedBy(4, 4), accepted(5, 5)],
    5000,
  )
  await vault.giveUp(mutationOf(4).id)
  expect(await vault.resend(2)).toBe(2)
  expect(seqs(await vault.nextWaiting(10))).toEqual([2, 5])
  expect(await vault.resend(2)).toBe(0)
  await vault.settle([accepted(2, 2)], 9000)
  const again = (await vault.outbox(true)).find(({ mutation }) => mutation.seq === 2)
  expect(again).toMatchObject({ state: 'delivered', answeredAt: 9000 })
})

it('keeps delivered ones until they are old, the others for ever, and no number twice', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  await vault.save([1, 2, 3, 4].map((number) => mutationOf(number)))
  await vault.settle([accepted(1, 1), refusedBy(2, 2), refusedBy(3, 3)], 5000)
  await vault.giveUp(mutationOf(3).id)
  await vault.forgetDelivered(5000)
  expect(await vault.outbox(true)).toHaveLength(4)
  await vault.forgetDelivered(5001)
  expect((await vault.outbox(true)).map(({ mutation }) => mutation.seq)).toEqual([2, 4])
  await vault.settle([accepted(4, 4)], 6000)
  await vault.forgetDelivered(9999)
  vault.close()
  const again = await openTestVault(factory)
  expect(seqs(await again.save([mutationOf(5)]))).toEqual([5])
})

it('forgets nothing by the word of one clock', async () => {
  const vault = await openTestVault(createFactory())
  await vault.save([mutationOf(1), mutationOf(2)])
  // The device's clock was years behind at the first answer, the server's at the second.
  await vault.settle([accepted(1, 1)], 10, 5000)
  await vault.settle([accepted(2, 2)], 5000, 10)
  await vault.forgetDelivered(5000, 5000)
  expect(await vault.outbox(true)).toHaveLength(2)
  // And now one of them is years ahead.
  await vault.forgetDelivered(99_999, 5000)
  expect((await vault.outbox(true)).map(({ mutation }) => mutation.seq)).toEqual([1])
  await vault.forgetDelivered(99_999, 5001)
  expect(await vault.outbox(true)).toEqual([])
})

it('keeps a damaged entry, reports it and goes on with the others', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  await vault.save([mutationOf(1), mutationOf(2), mutationOf(3)])
  const db = await openRaw(factory, databaseName(account))
  const rows = await rowsOf(db, 'outbox')
  // Two mutations exchanged: each box is whole, and neither is in its place.
  await putRow(db, 'outbox', { ...rows[0]!, box: rows[1]!.box })
  db.close()
  expect(seqs(await vault.nextWaiting(10))).toEqual([2, 3])
  expect(seqs(await vault.nextWaiting(1))).toEqual([2])
  expect((await vault.outbox()).map(({ mutation }) => mutation.seq)).toEqual([2, 3])
  expect(await vault.damagedOutbox()).toEqual([
    { seq: 1, mutation: mutationOf(1).id, state: 'waiting' },
  ])
  await vault.settle([accepted(2, 2), accepted(3, 3)], 1)
  await vault.forgetDelivered(9)
  expect(await vault.damagedOutbox()).toHaveLength(1)
  await vault.giveUpDamaged()
  expect(await vault.damagedOutbox()).toEqual([])
  expect(seqs(await vault.save([mutationOf(4)]))).toEqual([4])
})

it('says disk-full and leaves nothing half-written', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  await vault.save([mutationOf(1)])
  const put = vi.spyOn(FDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const add = vi.spyOn(FDBObjectStore.prototype, 'add')
  const fault = await vault.save([mutationOf(2), mutationOf(3)]).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(VaultFault)
  expect((fault as VaultFault).reason).toBe('disk-full')
  expect(add).toHaveBeenCalled() // the mutations were in the transaction already
  const settled = vault.settle([accepted(1, 1)], 1)
  await expect(settled).rejects.toMatchObject({ reason: 'disk-full' })
  put.mockRestore()

  expect((await vault.outbox(true)).map(({ mutation }) => mutation.seq)).toEqual([1])
  expect(seqs(await vault.save([mutationOf(2)]))).toEqual([2])
})

it('says storage for anything else: the same mutation twice', async () => {
  const vault = await openTestVault(createFactory())
  await vault.save([mutationOf(1)])
  const twice = vault.save([mutationOf(2), mutationOf(1)])
  await expect(twice).rejects.toMatchObject({ reason: 'storage' })
  expect(await vault.outbox()).toHaveLength(1)
  expect(seqs(await vault.save([mutationOf(2)]))).toEqual([2])
})

it('does nothing more once closed, and wrote whole what it had begun', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  const begun = vault.save([mutationOf(1), mutationOf(2)]).catch((error: unknown) => error)
  vault.close()
  const outcome = await begun
  for (const act of [
    () => vault.save([mutationOf(3)]),
    () => vault.outbox(),
    () => vault.load(() => {}),
    () => vault.setDraft('a', 1),
  ]) {
    await expect(act()).rejects.toMatchObject({ reason: 'closed' })
  }
  const kept = await (await openTestVault(factory)).outbox()
  if (outcome instanceof VaultFault) expect(kept).toEqual([])
  else expect(kept).toHaveLength(2)
})

it('asks for strict durability wherever it writes', async () => {
  const asked: (string | undefined)[] = []
  const transaction = vi.spyOn(FDBDatabase.prototype, 'transaction')
  const vault = await openTestVault(createFactory())
  await vault.save([mutationOf(1)])
  await vault.setDraft('visit', { note: '样本' })
  for (const [, mode, options] of transaction.mock.calls) {
    if (mode === 'readwrite') asked.push(options?.durability)
  }
  expect(asked.length).toBeGreaterThanOrEqual(2)
  expect(new Set(asked)).toEqual(new Set(['strict']))
})

it('is the only user of its database’s name', async () => {
  const factory = createFactory()
  await openTestVault(factory)
  const names = (await factory.indexedDB.databases()).map(({ name }) => name)
  expect(names).toEqual([`wuse-${account}`])
})

it('numbers what waits anew, in its order, and counts on from there', async () => {
  const factory = createFactory()
  const vault = await openTestVault(factory)
  await vault.save([mutationOf(1), mutationOf(2), mutationOf(3), mutationOf(4)])
  await vault.settle([accepted(2, 2)], 1_000)
  await vault.renumber([mutationOf(3).id, mutationOf(1).id, mutationOf(2).id], 800)
  const waiting = await vault.nextWaiting(10)
  expect(waiting).toEqual([
    { ...mutationOf(4), seq: 4 },
    { ...mutationOf(1), seq: 800 },
    { ...mutationOf(3), seq: 801 },
  ])
  expect(seqs(await vault.save([mutationOf(5)]))).toEqual([802])
  await vault.renumber([], 10)
  expect(seqs(await vault.save([mutationOf(6)]))).toEqual([803])
})

it('sends large rows in pushes of half a megabyte, and no part of a batch', async () => {
  const vault = await openTestVault(createFactory())
  const large = { note: 'x'.repeat(15_000) }
  const apart = Array.from({ length: 120 }, (_, n) => ({ ...mutationOf(n), fields: large }))
  await vault.save(apart)
  const batch = idOf(900)
  const together = Array.from({ length: 90 }, (_, n) => ({
    ...mutationOf(200 + n),
    batch,
    batchSize: 90,
    fields: large,
  }))
  await vault.save(together)
  await vault.save([mutationOf(300)])

  const pushes: number[][] = []
  for (let answered = 0; answered < 211;) {
    const next = await vault.nextWaiting(500)
    pushes.push(next.map(({ seq }) => seq))
    answered += next.length
    await vault.settle(
      next.map(({ id, seq }) => ({ id, seq, ok: true, version: 1 })),
      1,
    )
  }
  // Nothing is left out or sent twice, and the batch comes whole although it is longer than a push should be.
  expect(pushes.flat()).toEqual(Array.from({ length: 211 }, (_, index) => index + 1))
  const ofBatch = pushes.filter((push) => push.some((seq) => seq > 120 && seq <= 210))
  expect(ofBatch).toHaveLength(1)
  for (const push of pushes) if (push !== ofBatch[0]) expect(push.length).toBeLessThan(36)
  expect(pushes.length).toBeLessThan(7)
})
