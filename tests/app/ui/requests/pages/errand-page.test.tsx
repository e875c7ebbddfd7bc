/** A unit's errands: what is to be done and by when, its steps without a connection, and never who asked. */
import { screen, waitFor } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Intent } from '#app/acts/intent.ts'
import type { PhotoOf } from '#app/acts/photos.ts'
import { ErrandPage } from '#app/ui/requests/pages/ErrandPage.tsx'
import { Requests } from '#app/ui/requests/pages/Requests.tsx'
import { gridA, record, uuid } from '#tests/app/register/grid-of-samples.ts'
import { at, choose, open, tap, type } from '#tests/app/ui/request-stage.tsx'

const errand = (id: number, more: object = {}) =>
  record('errand', id, {
    ...{ request: uuid(10), stream: uuid(1), unit: uuid(63), number: `JJQ-${id}`, round: 1 },
    ...{ isLead: true, state: 'assigned', level: 'urgent', itemName: '楼道灯' },
    ...{ words: `样例${id}灯不亮`, where: '3幢门口', due: at('09'), lastStep: uuid(12) },
    ...more,
  })
const page = <ErrandPage params={{ errand: uuid(70) }} />

it('says first how it stands and by when, then what and where', () => {
  open(page, 'handler', [errand(70)])
  screen.getByText('已分派')
  screen.getByText('17:00前')
  screen.getByText('样例70灯不亮')
  screen.getByText('3幢门口')
})

it('says of a late one that it is late, and of a helping unit that it helps', () => {
  open(page, 'handler', [errand(70, { due: at('02'), isLead: false })])
  screen.getByText('已超时，10:00前')
  screen.getByText('协办：你的答复作为补充')
})

it('is signed, and answered with what was done and words for the person', async () => {
  const { saved } = open(page, 'handler', [errand(70, { state: 'handling' })])
  tap('办完，写答复')
  choose('已解决')
  type('说明', '换了灯泡')
  tap('保存')
  await screen.findByText('请写几句')
  expect(saved).toEqual([])
  type('给诉求人的话', '灯已换好')
  tap('保存')
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject({
    kind: 'errand-step',
    fields: { errand: uuid(70), step: 'answer', ending: 'solved', after: uuid(12) },
  })
})

const picture = {
  ...{ takenAt: at('04'), thumbnail: 'AAAA', bytes: 3, width: 4, height: 3, chunks: 1 },
  ...{ sha256: 'a'.repeat(64), sealed: 'b'.repeat(64), key: 'AAAA' },
}

/** A device with one photograph for each form, and what its forms asked of it. */
function camera() {
  const asked: unknown[] = []
  const photos = () =>
    Promise.resolve({
      changes: createStore(() => ({ count: 0 })),
      room: () => Promise.resolve({ used: 1, most: 100, state: 'free' }),
      ofForm: (form: string) => Promise.resolve([{ id: uuid(80), form, fields: picture }]),
      intents: (form: string, of: PhotoOf) => {
        asked.push([form, of])
        const taken = { op: 'create', kind: 'errand-photo', record: uuid(80), stream: of.stream }
        return Promise.resolve([{ ...taken, fields: { ...picture, errand: of.host } }])
      },
      saved: (intents: readonly Intent[]) => asked.push(intents.map(({ record: id }) => id)),
    })
  return { asked, photos }
}

it('is answered with photographs, of which it says who will see them; they go as the unit’s own', async () => {
  const { asked, photos } = camera()
  const { saved } = open(page, 'handler', [errand(70, { state: 'handling' })], { photos })
  tap('办完，写答复')
  await screen.findByText(/社区放行后，诉求人凭查询码看得到这里拍的照片/)
  await screen.findByText('已存1张照片到本机')
  choose('已解决')
  type('说明', '换了灯泡')
  type('给诉求人的话', '灯已换好')
  tap('保存')
  await waitFor(() => expect(saved).toHaveLength(2))
  expect(saved).toMatchObject([
    { kind: 'errand-step', fields: { step: 'answer', photos: [uuid(80)] } },
    { kind: 'errand-photo', record: uuid(80), fields: { errand: uuid(70) } },
  ])
  const of = { host: uuid(70), stream: gridA, isOfErrand: true }
  await waitFor(() => expect(asked).toEqual([[`step/${uuid(70)}/answer`, of], [uuid(80)]]))
})

it('asks for no photograph where a step says nothing that was done', async () => {
  const { photos } = camera()
  open(page, 'handler', [errand(70)], { photos })
  tap('签收')
  await screen.findByRole('button', { name: '保存' })
  expect(screen.queryByRole('heading', { name: /照片/ })).toBeNull()
})

it('says of a step how many photographs it has, and how many are on their way', () => {
  const own = (id: number, more: object) =>
    record('errand-photo', id, { ...picture, errand: uuid(70), ...more })
  open(page, 'handler', [
    errand(70),
    record('errand-step', 90, {
      ...{ errand: uuid(70), step: 'note', at: at('04'), words: '已到现场' },
      photos: [uuid(80), uuid(81), uuid(82)],
    }),
    own(80, {}),
    own(81, { arrivedAt: at('04') }),
  ])
  screen.getByText('2张照片，1张在路上')
})

it('has no step any more once it is over', () => {
  open(page, 'handler', [errand(70, { endedAt: at('03') })])
  screen.getByText('这件已结束，不用再办')
  expect(screen.queryByRole('button', { name: '签收' })).toBeNull()
})

it('stands in the list of its unit, the late one first and what is over last', () => {
  const errands = [
    errand(70, { itemName: '后到期' }),
    errand(71, { itemName: '已超时的', due: at('02') }),
    errand(72, { itemName: '结束的', endedAt: at('03') }),
  ]
  open(<Requests />, 'handler', errands)
  const rows = screen.getAllByRole('link').map(({ textContent }) => textContent)
  expect(rows.map((row) => /已超时的|后到期|结束的/.exec(row)?.[0])).toEqual([
    ...['已超时的', '后到期', '结束的'],
  ])
  expect(rows[0]).toContain('11月23日已超时')
})

it('says how errands come where there is none', () => {
  open(<Requests />, 'handler', [])
  screen.getByText('现在没有办件')
})
