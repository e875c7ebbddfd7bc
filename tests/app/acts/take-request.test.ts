/** A request as it is taken: all of its records in one batch, and what the person goes home with. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { takeRequest } from '#app/acts/take-request.ts'
import { beginRequest } from '#app/views/request-form.ts'
import { gridA, page, record, uuid } from '../register/grid-of-samples.ts'

const at = Date.parse('2026-11-23T05:00:00.000Z')
const hash = 'a'.repeat(64)
const value = {
  ...beginRequest(null, 'worker'),
  ...{ words: ' 样例灯不亮 ', name: '样例居民', phone: ' 10012340078 ', isTold: true },
}

function stage() {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'grid', name: '第一网格', letters: 'JJQ' }, { id: gridA }),
      record('resident', 200, { name: '样例居民', household: uuid(300) }),
    ]),
  ])
  let made = 500
  const work = { newId: () => uuid((made += 1)) }
  return { register, work, now: () => at }
}

it('makes the request, its first step and who asked together', () => {
  const about = { kind: 'resident', id: uuid(200) } as const
  const made = takeRequest(stage(), value, { item: null, site: about, codeHash: hash })
  expect(made?.taken).toMatchObject({ words: '样例灯不亮', itemName: null })
  expect(made?.taken.number).toMatch(/^JJQ-261123-01-01$/)
  const [request, step, asker, ...rest] = made?.intents ?? []
  expect(rest).toEqual([])
  expect(request).toMatchObject({ kind: 'request', stream: gridA, fields: { site: uuid(200) } })
  expect(step).toMatchObject({ fields: { request: request?.record, step: 'submit' } })
  expect(asker).toMatchObject({
    kind: 'asker',
    fields: {
      ...{ telephone: '10012340078', isToldToUnit: true, resident: uuid(200) },
      tokens: [{ hash }],
    },
  })
})

it('tells a unit nothing where there is no telephone, and adds the step of what was settled', () => {
  const settled = { ...value, phone: '', isSettled: true, settled: ' 样例拧好了 ' }
  const made = takeRequest(stage(), settled, { item: null, site: null, codeHash: hash })
  expect(made?.intents[2]).toMatchObject({ fields: { isToldToUnit: false, telephone: null } })
  expect(made?.intents[3]).toMatchObject({
    fields: { step: 'settle', after: made?.intents[1]?.record, words: '样例拧好了' },
  })
})

it('makes none where this device has no place for it', () => {
  const item = { id: uuid(40), name: '样例投诉', isStaffOnly: true } as never
  expect(takeRequest(stage(), value, { item, site: null, codeHash: hash })).toBeNull()
})
