import { expect, test } from 'vitest'
import { createDrafts, type DraftKeeper } from '#app/stores/drafts.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'

function keeper(kept = new Map<string, unknown>()) {
  const disk = kept
  let full = false
  const writes: string[] = []
  const drafts: DraftKeeper = {
    drafts: () => Promise.resolve(new Map(disk)),
    setDraft(key, value) {
      if (full) return Promise.reject(new Error('full'))
      writes.push(key)
      disk.set(key, value)
      return Promise.resolve()
    },
    removeDraft(key) {
      disk.delete(key)
      return Promise.resolve()
    },
  }
  return { drafts, disk, writes, fill: (now: boolean) => (full = now) }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('what is typed is there at once, and on disk a quarter of a second later, once', async () => {
  const clock = createManualClock()
  const { drafts, disk, writes } = keeper()
  const store = createDrafts(clock)
  await store.open(drafts)
  store.set('form', 'a')
  store.set('form', 'ab')
  expect(store.get('form')).toBe('ab')
  clock.advance(249)
  await settled()
  expect(disk.has('form')).toBe(false)
  clock.advance(1)
  await settled()
  expect(disk.get('form')).toBe('ab')
  expect(writes).toEqual(['form'])
})

test('typing on does not put the writing off for ever', async () => {
  const clock = createManualClock()
  const { drafts, disk } = keeper()
  const store = createDrafts(clock)
  await store.open(drafts)
  for (let count = 0; count < 4; count++) {
    store.set('form', count)
    clock.advance(100)
    await settled()
  }
  expect(disk.has('form')).toBe(true)
})

test('hidden, it is written at once', async () => {
  const { drafts, disk } = keeper()
  const store = createDrafts(createManualClock())
  await store.open(drafts)
  store.set('form', 'a')
  await store.flush()
  expect(disk.get('form')).toBe('a')
})

test('locking writes what waits and empties the memory; unlocking brings it back', async () => {
  const { drafts, disk } = keeper()
  const store = createDrafts(createManualClock())
  await store.open(drafts)
  store.set('form', 'a')
  const closed = store.close()
  expect(store.get('form')).toBeUndefined()
  await closed
  expect(disk.get('form')).toBe('a')
  await store.open(drafts)
  expect(store.get('form')).toBe('a')
})

test('a removed draft leaves the disk too', async () => {
  const clock = createManualClock()
  const { drafts, disk } = keeper(new Map([['form', 'a']]))
  const store = createDrafts(clock)
  await store.open(drafts)
  store.remove('form')
  clock.advance(250)
  await settled()
  expect(disk.has('form')).toBe(false)
})

test('a full disk loses nothing of it: it stays in memory and is written with the next change', async () => {
  const clock = createManualClock()
  const { drafts, disk, fill } = keeper()
  const store = createDrafts(clock)
  await store.open(drafts)
  fill(true)
  store.set('form', 'a')
  await store.flush()
  expect(store.get('form')).toBe('a')
  fill(false)
  store.set('other', 'b')
  clock.advance(250)
  await settled()
  expect([...disk.entries()]).toEqual([
    ['form', 'a'],
    ['other', 'b'],
  ])
})
