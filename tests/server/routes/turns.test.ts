import { expect, it } from 'vitest'
import { createTurns } from '#server/routes/turns.ts'

/** Work that a test ends by hand. */
function createWork() {
  const begun: string[] = []
  const ends = new Map<string, { readonly well: () => void; readonly badly: () => void }>()
  const act = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(name)
      ends.set(name, { well: () => resolve(name), badly: () => reject(new Error(name)) })
    })
  return { begun, act, end: (name: string) => ends.get(name)?.well(), ends }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

it('lets so many of an account work at once, the others one after the other as they came', async () => {
  const { begun, act, end } = createWork()
  const turns = createTurns(2)
  const all = ['a', 'b', 'c', 'd'].map((name) => turns.take('one', act(name)))
  await settled()
  expect(begun).toEqual(['a', 'b'])
  end('b')
  await settled()
  expect(begun).toEqual(['a', 'b', 'c'])
  end('a')
  end('c')
  await settled()
  end('d')
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd'])
})

it('keeps nobody waiting for another account', async () => {
  const { begun, act, end } = createWork()
  const turns = createTurns(1)
  void turns.take('one', act('a'))
  void turns.take('one', act('b'))
  const other = turns.take('other', act('c'))
  await settled()
  expect(begun).toEqual(['a', 'c'])
  end('c')
  expect(await other).toBe('c')
})

it('goes on after one that failed, and begins anew once all are done', async () => {
  const { begun, act, end, ends } = createWork()
  const turns = createTurns(1)
  const failing = turns.take('one', act('a'))
  const next = turns.take('one', act('b'))
  await settled()
  ends.get('a')?.badly()
  await expect(failing).rejects.toThrow('a')
  await settled()
  end('b')
  expect(await next).toBe('b')
  const later = turns.take('one', act('c'))
  await settled()
  expect(begun).toEqual(['a', 'b', 'c'])
  end('c')
  expect(await later).toBe('c')
})
