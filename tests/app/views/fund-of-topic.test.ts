/** What the account of a decided topic begins with, and which topics have one to make. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { fundsOfTopic, topicBehind } from '#app/views/fund-of-topic.ts'
import { gridA, page, record, uuid } from '#tests/app/register/grid-of-samples.ts'

const topic = (parts: readonly object[]) =>
  record('topic', 800, {
    ...{ title: '楼道灯改造'.repeat(12), at: '2026-11-01T02:00:00Z', parts },
    rule: { key: 'fund-use' },
  })
const decided = (outcome: string) =>
  record('topic-step', 801, {
    ...{ topic: uuid(800), step: 'decide', outcome, at: '2026-11-04T02:00:00Z' },
  })
const held = (...records: readonly object[]) => {
  const register = createRegister()
  register.applyPages([page(gridA, records as never[])])
  return register
}

it('begins with title and doors, as far as one building has them all', () => {
  const one = held(topic([{ building: uuid(10), unit: '2' }]), decided('project'))
  expect(topicBehind(one, uuid(800))).toEqual({
    id: uuid(800),
    start: {
      ...{ place: gridA, building: uuid(10), unit: '2' },
      name: '楼道灯改造'.repeat(8),
    },
    counted: null,
  })
  const many = held(topic([{ building: uuid(10) }, { building: uuid(11) }]), decided('project'))
  expect(topicBehind(many, uuid(800))?.start).toMatchObject({ building: '', unit: '' })
})

it('is nothing to make of a topic that was answered, dropped, still open or not here', () => {
  const parts = [{ building: uuid(10) }]
  for (const outcome of ['answered', 'dropped']) {
    expect(topicBehind(held(topic(parts), decided(outcome)), uuid(800))).toBeNull()
  }
  expect(topicBehind(held(topic(parts)), uuid(800))).toBeNull()
  expect(topicBehind(held(), uuid(800))).toBeNull()
})

it('finds the funds that came of it', () => {
  const fund = { name: '灯', where: '样例苑', openedOn: '2026-11-05' }
  const register = held(
    record('fund', 700, { ...fund, topic: uuid(800) }),
    record('fund', 701, { ...fund, topic: uuid(801) }),
    record('fund', 702, fund),
  )
  expect(fundsOfTopic(register, uuid(800)).map(({ id }) => id)).toEqual([uuid(700)])
})
