import { expect, test } from 'vitest'
import type { Receipt } from '#protocol/mutation.ts'
import type { PushRequest } from '#protocol/push.ts'
import { pushOnce } from '#app/sync/push.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createDisk, createMemoryVault } from '#tests/support/memory-vault.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { grid, household } from './stories.ts'

const device = '0000000d-0000-7000-8000-000000000001'
const ids = createCountedIds()

interface Said {
  readonly receipts?: (sent: PushRequest['mutations']) => Receipt[]
  readonly expected?: number
}

async function stage(count: number) {
  const disk = createDisk()
  const vault = createMemoryVault(device, device, disk)
  const clock = createManualClock()
  await vault.save(
    Array.from({ length: count }, (_, index) => ({
      id: ids(),
      device,
      at: new Date(clock.now()).toISOString(),
      batch: null,
      stream: grid,
      kind: 'resident' as const,
      record: ids(),
      op: 'create' as const,
      fields: { household, name: `样本${index}` },
      seen: 0,
    })),
  )
  const sent: PushRequest[] = []
  const push = (said: Said, asked: Partial<Parameters<typeof pushOnce>[1]> = {}) =>
    pushOnce(
      {
        vault,
        clock,
        ids,
        wire: {
          push(request) {
            sent.push(request)
            const value = {
              ok: true as const,
              receipts: said.receipts?.(request.mutations) ?? [],
              expected: said.expected ?? 1,
              now: new Date(clock.now()).toISOString(),
            }
            return Promise.resolve({ ok: true, value })
          },
        },
      },
      { limit: 500, expected: null, setAside: false, ...asked },
    )
  const seqs = () => sent.at(-1)?.mutations.map((raw) => (raw as { seq: number }).seq)
  return { disk, vault, push, sent, seqs }
}
const applied = (sent: PushRequest['mutations']): Receipt[] =>
  sent.map((raw) => {
    const { id, seq } = raw as { id: string; seq: number }
    return { id, seq, ok: true, version: seq }
  })
const statesOf = (disk: ReturnType<typeof createDisk>) => disk.outbox.map(({ state }) => state)

test('with nothing waiting nothing is sent', async () => {
  const { push, sent } = await stage(0)
  expect((await push({})).event).toEqual({ type: 'pushed', sent: 0, left: false })
  expect(sent).toEqual([])
})

test('receipts settle what they name, and only that', async () => {
  const { disk, push } = await stage(3)
  const { event } = await push({ receipts: (sent) => applied(sent.slice(0, 2)), expected: 3 })
  expect(statesOf(disk)).toEqual(['delivered', 'delivered', 'waiting'])
  expect(event).toEqual({ type: 'pushed', sent: 2, left: true })
})

test('a receipt for what was not sent proves nothing', async () => {
  const { disk, push } = await stage(2)
  const foreign = () => applied([{ id: disk.outbox[1]?.mutation.id, seq: 2 }])
  const { event } = await push({ receipts: foreign, expected: 1 }, { limit: 1, expected: 1 })
  expect(statesOf(disk)).toEqual(['waiting', 'waiting'])
  expect(event).toMatchObject({ type: 'failed', trouble: 'stuck' })
})

test('a gap is no verdict: the mutation goes on waiting', async () => {
  const { disk, push } = await stage(1)
  const gap = (sent: PushRequest['mutations']): Receipt[] => {
    const { id, seq } = sent[0] as { id: string; seq: number }
    return [{ id, seq, ok: false, problem: 'sequence-gap' }]
  }
  await push({ receipts: gap, expected: 1 })
  expect(statesOf(disk)).toEqual(['waiting'])
})

test('where the server knows less, what was delivered since waits again', async () => {
  const { disk, vault, push, seqs } = await stage(3)
  await push({ receipts: applied, expected: 4 })
  const [first] = disk.outbox
  if (first) await vault.save([{ ...first.mutation, id: ids() }])
  const { event, resent, expected } = await push({ expected: 2 }, { expected: 4 })
  expect(seqs()).toEqual([4])
  expect({ resent, expected }).toEqual({ resent: 2, expected: 2 })
  expect(event).toEqual({ type: 'pushed', sent: 0, left: true })
  await push({ receipts: applied, expected: 5 }, { expected: 2 })
  expect(seqs()).toEqual([2, 3, 4])
})

test('numbers that hold nothing to send any more are used up by empty envelopes', async () => {
  const { disk, push, sent, seqs } = await stage(4)
  disk.outbox.splice(0, 2) // forgotten after 30 days
  disk.outbox = disk.outbox.filter(({ mutation }) => mutation.seq !== 3)
  await push({ receipts: applied, expected: 5 }, { expected: 1 })
  expect(seqs()).toEqual([1, 2, 3, 4])
  expect(sent[0]?.mutations.slice(0, 3).every((raw) => !('kind' in (raw as object)))).toBe(true)
  expect(statesOf(disk)).toEqual(['delivered'])
})

test('an answer that moves nothing is no success', async () => {
  const { push } = await stage(1)
  expect((await push({ expected: 1 }, { expected: 1 })).event).toMatchObject({ trouble: 'stuck' })
})

test('one that is too large for the way goes as an envelope and is refused for what it is', async () => {
  const { disk, push, sent } = await stage(2)
  const refused = (all: PushRequest['mutations']): Receipt[] =>
    all.map((raw) => ({ ...(raw as { id: string; seq: number }), ok: false, problem: 'malformed' }))
  await push({ receipts: refused, expected: 2 }, { setAside: true })
  expect(sent[0]?.mutations).toEqual([{ id: disk.outbox[0]?.mutation.id, device, seq: 1 }])
  expect(disk.outbox).toMatchObject([
    { state: 'refused', problem: 'too-large' },
    { state: 'waiting' },
  ])
})

test('work under numbers that the server had for something else gets numbers of its own', async () => {
  const { disk, push, seqs } = await stage(3)
  const taken = (sent: PushRequest['mutations']) =>
    sent.map((raw): Receipt => {
      const { id, seq } = raw as { id: string; seq: number }
      return { id, seq, ok: false, problem: 'sequence-reused' }
    })
  const first = await push({ receipts: taken, expected: 800 })
  expect(first).toMatchObject({ receipts: [], resent: 3, event: { type: 'pushed', left: true } })
  expect(disk.outbox.map((entry) => entry.state)).toEqual(['waiting', 'waiting', 'waiting'])
  const accept = (sent: PushRequest['mutations']) =>
    sent.map((raw): Receipt => ({ ...(raw as { id: string; seq: number }), ok: true, version: 1 }))
  const second = await push({ receipts: accept, expected: 803 }, { expected: first.expected })
  expect(seqs()).toEqual([800, 801, 802])
  expect(second.event).toEqual({ type: 'pushed', sent: 3, left: false })
})
