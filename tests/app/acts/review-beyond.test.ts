/** What waits in other grids, and people registered twice, as the server tells it slice by slice. */
import { expect, it } from 'vitest'
import { pairSlices } from '#domain/pair-slices.ts'
import { createReviewActs } from '#app/acts/review-beyond.ts'
import type { PlacesParts } from '#app/acts/places-acts.ts'
import { uuid } from '../register/grid-of-samples.ts'

const one = (id: number) => ({ id: uuid(id), stream: uuid(1) })
const pair = (a: number, b: number, score: number) => ({
  ...{ first: one(a), second: one(b), score, reasons: ['same-name'] },
})

function stage(pairs: (slice: number) => readonly object[], failing = -1) {
  const asked: (number | undefined)[] = []
  const ask = (_: string, path: string, __: unknown, body: { slice?: number }) => {
    asked.push(body.slice)
    if (body.slice === failing) return Promise.resolve({ ok: false, problem: 'offline' })
    const value = path.endsWith('/pairs')
      ? { slices: pairSlices.length, pairs: pairs(body.slice ?? 0), more: body.slice === 2 }
      : { places: [{ id: uuid(1), clashes: 2, colours: 0 }] }
    return Promise.resolve({ ok: true, value })
  }
  return { asked, acts: createReviewActs({ ask } as unknown as Pick<PlacesParts, 'ask'>) }
}
const never = () => new AbortController().signal

it('tells what waits where', async () => {
  expect(await stage(() => []).acts.figures()).toEqual({
    ...{ ok: true, value: [{ id: uuid(1), clashes: 2, colours: 0 }] },
  })
})

it('goes through all slices, the likeliest first, each pair once', async () => {
  const { acts, asked } = stage((slice) =>
    slice === 0 ? [pair(1, 2, 90)] : slice === 3 ? [pair(3, 4, 95), pair(1, 2, 90)] : [],
  )
  const done: number[] = []
  const answer = await acts.pairs('verify', (soFar) => done.push(soFar.done), never())
  if (!answer.ok) throw new Error(answer.problem)
  expect(answer.value.pairs.map(({ score }) => score)).toEqual([95, 90])
  expect([answer.value.isMore, done.length, done.at(-1)]).toEqual([true, pairSlices.length, 1])
  expect(asked).toEqual(pairSlices.map((_, slice) => slice))
})

it('ends where somebody stops it or the line breaks, with what it had told', async () => {
  const { acts, asked } = stage(() => [])
  const stop = new AbortController()
  await acts.pairs('verify', () => stop.abort(), stop.signal)
  expect(asked).toEqual([0])
  const told: number[] = []
  const broken = await stage(() => [], 2).acts.pairs(
    'verify',
    (soFar) => told.push(soFar.done),
    never(),
  )
  expect([broken, told.length]).toEqual([{ ok: false, problem: 'offline' }, 2])
})
