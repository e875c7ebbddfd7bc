/** Work that is done together with whatever else waits: once each, and one that fails harms no other. */
import { expect, it } from 'vitest'
import { createGathering } from '#server/routes/gathering.ts'

/** Work that waits until it is let go on, piece by piece. */
function stepped(failsWith: (items: readonly string[]) => boolean = () => false) {
  const done: (readonly string[])[] = []
  const going: (() => void)[] = []
  const gather = createGathering<string>(
    (item) => item.slice(0, 1),
    async (items) => {
      await new Promise<void>((resolve) => going.push(resolve))
      if (failsWith(items)) throw new Error(items.join())
      done.push(items)
    },
  )
  const goOn = async () => {
    // Whatever waits for something else than this has run then.
    for (let turn = 0; turn < 20; turn += 1) {
      going.splice(0).forEach((resolve) => resolve())
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { gather, done, goOn }
}

it('does the first at once, and what came meanwhile together', async () => {
  const { gather, done, goOn } = stepped()
  const all = Promise.all(['a1', 'b1', 'c1', 'd1'].map(gather))
  await goOn()
  await all
  expect(done).toEqual([['a1'], ['b1', 'c1', 'd1']])
})

it('never does two of one key together, and keeps their order', async () => {
  const { gather, done, goOn } = stepped()
  const all = Promise.all(['a1', 'b1', 'b2', 'c1', 'b3'].map(gather))
  await goOn()
  await all
  expect(done).toEqual([['a1'], ['b1', 'c1'], ['b2'], ['b3']])
})

it('tells only whose own fails, and does the others once', async () => {
  const { gather, done, goOn } = stepped((items) => items.includes('c1'))
  const all = Promise.allSettled(['a1', 'b1', 'c1', 'd1'].map(gather))
  await goOn()
  expect((await all).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  expect(done).toEqual([['a1'], ['b1'], ['d1']])
})

it('asks a database that is away once for all of them', async () => {
  let asked = 0
  const gather = createGathering<string>(
    (item) => item,
    () => {
      asked += 1
      return Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }))
    },
  )
  const told = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map(gather))
  expect(told.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'rejected'))
  expect(asked).toBe(2)
})
