import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import {
  careDue,
  caresWith,
  draftOfCare,
  faultsOfCare,
  residentsOfRequest,
} from '#app/views/care.ts'
import { gridA, page, record, resident, today, uuid } from '../register/grid-of-samples.ts'

const care = (n: number, more: object = {}) => ({
  id: uuid(n),
  need: 'meals',
  who: '样例助餐点',
  from: '2026-01-01',
  ...more,
})

function stage() {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      resident(400, 300, '样老大', {
        cares: [
          care(900, { look: '2026-11-20' }),
          care(901, { look: '2026-12-20' }),
          care(902, { look: '2026-10-20', endedOn: '2026-11-01' }),
        ],
      }),
      resident(401, 301, '样老二', { cares: [care(903, { until: '2026-11-10' })] }),
      resident(402, 301, '样老三', {
        cares: [care(904, { look: '2026-11-01' })],
        movedOutOn: '2026-11-02',
      }),
      record('request', 600, { number: 'YL-1', site: uuid(400), siteKind: 'resident' }),
      record('asker', 601, { request: uuid(600), name: '样老二', resident: uuid(401) }),
      record('asker', 602, { request: uuid(600), name: '样老三', resident: uuid(402) }),
    ]),
  ])
  return register
}

it('lists whose care is to be looked at by a day, the longest waiting first', () => {
  const register = stage()
  expect(careDue(register, today, undefined).map(({ care: { id } }) => id)).toEqual([
    uuid(903),
    uuid(900),
  ])
  expect(careDue(register, '2026-11-10', gridA).map(({ on }) => on)).toEqual(['2026-11-10'])
  expect(careDue(register, today, uuid(99))).toEqual([])
})

it('names whom a request is about and who asked, as far as they live here', () => {
  expect(residentsOfRequest(stage(), uuid(600)).map(({ id }) => id)).toEqual([uuid(400), uuid(401)])
})

it('saves a new one and one that changed, and keeps what a form does not show', () => {
  const person = stage().get('resident', uuid(400))
  if (!person) throw new Error('nobody is there')
  const draft = { ...draftOfCare(undefined, today), need: 'clinic' as const, who: ' 样例邻居 ' }
  expect(faultsOfCare(draft)).toEqual({})
  const added = caresWith(person, uuid(950), draft, today, { request: uuid(600) })
  expect(added).toHaveLength(4)
  expect(added.at(-1)).toMatchObject({ who: '样例邻居', often: null, request: uuid(600) })
  const first = person.fields.cares?.[0]
  const changed = caresWith(
    person,
    uuid(900),
    { ...draftOfCare(first, today), look: '2027-01-01' },
    today,
  )
  // What is over for a year goes with the next save.
  expect(caresWith(person, uuid(950), draft, '2028-01-01')).toHaveLength(3)
  expect(changed.map(({ look }) => look)).toEqual(['2027-01-01', '2026-12-20', '2026-10-20'])
})

it('says what of a form has to be mended', () => {
  const empty = { ...draftOfCare(undefined, today), look: '2026-11-01', until: '20', from: today }
  expect(faultsOfCare(empty)).toEqual({
    ...{ need: 'required', who: 'required', look: 'before-from', until: 'not-a-day' },
  })
})
