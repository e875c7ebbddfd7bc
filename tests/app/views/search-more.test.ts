/** What a search finds beside people by name: services, and whose care is called so. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { searchMore } from '#app/views/search-more.ts'
import { careLabels } from '#domain/sheet-labels.ts'
import { serviceWords } from '#domain/ask/nearby-words.ts'
import { gridA, page, record, resident, today, uuid } from '../register/grid-of-samples.ts'

const labels = { needs: careLabels, kinds: serviceWords['zh-CN'].kinds }
const care = (more: object) => ({
  ...{ id: uuid(900), need: 'clinic', who: '隔壁老李', from: '2026-01-01', ...more },
})
const register = createRegister()
register.applyPages([
  page(gridA, [
    record('service', 700, { name: '样例点', serviceKind: 'meals', asOf: '2026-11-01' }),
    record('service', 701, {
      name: '助餐旧点',
      serviceKind: 'meals',
      closed: true,
      asOf: '2026-01-01',
    }),
    record('arrival', 720, {
      ...{ dwelling: uuid(200), speaker: 'self', name: '样新来', count: 1, from: '2026-11-20' },
      telephone: '100-0000-0720',
    }),
    record('vehicle', 800, { dwelling: uuid(200), plate: '浙A00012', vehicleKind: 'car' }),
    record('fund', 710, { name: '楼道灯改造', where: '清风苑 3幢', openedOn: '2026-11-01' }),
    record('topic', 730, {
      ...{ title: '加装电梯', words: '三幢一单元', at: '2026-11-01T00:00:00Z' },
      ...{ parts: [{ building: uuid(100) }], rule: { key: 'rebuild', ground: '样例' } },
    }),
    record('meeting', 740, {
      ...{ meetingKind: 'council', on: '2026-11-02', receivedBy: ['区人大代表'] },
      matters: [{ id: uuid(741), words: '车库的灯不亮' }],
    }),
    resident(400, 300, '样老大', { cares: [care({})] }),
    resident(401, 300, '样老二', { cares: [care({ endedOn: '2026-11-01' })] }),
    resident(402, 300, '样老三', { cares: [care({})], movedOutOn: '2026-11-01' }),
  ]),
])
const found = (typed: string, isCareOff = false, most = 8) => {
  const { services, cared, plates, funds, topics, meetings, declarations } = searchMore(
    register,
    typed,
    labels,
    isCareOff,
    today,
    most,
  )
  const claims = declarations.map(({ claim }) => claim)
  return [...services, ...funds, ...topics, ...meetings, ...cared, ...plates, ...claims].map(
    ({ id }) => Number(id.slice(-12)),
  )
}

it('finds a service by its kind or name while it is open', () => {
  expect(found('助餐')).toEqual([700])
  expect(found(' 样例 ')).toEqual([700])
})

it('finds whose care is called so or done by somebody, while it goes on and they live here', () => {
  expect(found('陪诊')).toEqual([400])
  expect(found('老李')).toEqual([400])
  expect(found('陪诊', true)).toEqual([])
  expect(found('陪诊', false, 0)).toEqual([])
})

it('finds an account of a stairwell by what it is for and whose doors pay', () => {
  expect(found('灯改')).toEqual([710])
  expect(found('清风苑')).toEqual([710])
})

it('finds a topic by what it asks, and a meeting by who received or what was said there', () => {
  expect(found('电梯')).toEqual([730])
  expect(found('一单元', true)).toEqual([730])
  expect(found('人大代表')).toEqual([740])
  expect(found('车库')).toEqual([740])
  expect(found('电梯', false, 0)).toEqual([])
})

it('finds nothing for one letter or for a number', () => {
  expect(found('陪')).toEqual([])
  expect(found('11')).toEqual([])
})

it('finds a vehicle by its plate or the end of it', () => {
  expect(found('浙a·00012')).toEqual([800])
  expect(found('0012')).toEqual([800])
  expect(found('0013')).toEqual([])
})

it('finds a declaration that nobody looked at by who spoke or their telephone', () => {
  expect(found('新来')).toEqual([720])
  expect(found('0720')).toEqual([720])
  expect(found('072')).toEqual([])
  expect(found('来')).toEqual([])
})
