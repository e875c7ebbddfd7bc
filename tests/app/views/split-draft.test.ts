import { expect, it } from 'vitest'
import { mostBuildings } from '#protocol/places.ts'
import type { BuildingLine } from '#app/views/grid-journey.ts'
import { readSplit, type SplitDraft } from '#app/views/split-draft.ts'

const line = (id: string): BuildingLine => ({ id, name: id, estate: '', households: 1, people: 2 })
const lines = Array.from({ length: mostBuildings + 1 }, (_, at) => line(`b${at}`))
const read = (part: Partial<SplitDraft>) =>
  readSplit(
    {
      ...{ to: '', place: 'new-one', name: '', chosen: [], added: false, begun: false },
      ...part,
    },
    lines,
    [{ id: 'g2', label: '样例社区 第二网格' }],
  )

it('lacks a target, then buildings; a new one lacks its name', () => {
  expect(read({}).lacks).toEqual({ to: true, name: false, buildings: 'none' })
  expect(read({ to: 'new', name: ' ', chosen: ['b1'] }).lacks).toEqual({
    to: false,
    name: true,
    buildings: null,
  })
  const whole = read({ to: 'new', name: ' 第三网格 ', chosen: ['b1'] })
  expect(whole).toMatchObject({ target: 'new-one', targetName: '第三网格', isWhole: true })
  expect(whole.going.map(({ id }) => id)).toEqual(['b1'])
  expect(read({ to: 'g2', chosen: ['b1'] })).toMatchObject({
    target: 'g2',
    targetName: '样例社区 第二网格',
    isWhole: true,
  })
})

it('takes no more buildings than one act carries', () => {
  const chosen = lines.map(({ id }) => id)
  expect(read({ to: 'g2', chosen }).lacks.buildings).toBe('too-many')
  expect(read({ to: 'g2', chosen: chosen.slice(1) }).isWhole).toBe(true)
})

it('may go on where it was begun and all that was chosen has gone', () => {
  expect(read({ to: 'g2', chosen: ['gone'] }).isWhole).toBe(false)
  expect(read({ to: 'g2', chosen: ['gone'], begun: true }).isWhole).toBe(true)
})
