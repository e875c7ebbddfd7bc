/** What a roster leaves open, on the real desk: each question stands once, and its answer counts for all rows alike. */
import { fireEvent, render, screen, waitFor, within } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { expect, it } from 'vitest'
import { PartsContext } from '#app/acts/use-parts.ts'
import { groupsOf } from '#app/ui/office/import/Columns.tsx'
import { Questions } from '#app/ui/office/import/Questions.tsx'
import { RowCard } from '#app/ui/office/import/RowCard.tsx'
import { RowsStep } from '#app/ui/office/import/RowsStep.tsx'
import type { RosterField } from '#domain/roster/fields.ts'
import type { Column } from '#domain/roster/find-header.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { page, uuid } from '../register/grid-of-samples.ts'
import { otherGrid } from '../roster/village.ts'
import { community, place, stage } from './import-stage.ts'

type Confidence = Column['confidence']

const group = (name: string) => screen.findByRole('group', { name })

it('is asked once for all rows alike, and each answer is taken, shown and can be taken back', async () => {
  const { acts, app, questions } = await stage()
  expect(questions()).toEqual({ total: 5, open: 5, waiting: 6 })
  const taken = () => acts.store.getState().tally?.taken
  // The row about whose hukou alone somebody is asked is written all the same.
  expect(taken()).toBe(1)
  render(
    <PartsContext.Provider value={app}>
      <Questions acts={acts} />
    </PartsContext.Provider>,
  )
  await screen.findByText('有5处名册没写清楚')
  const unit = await group('样例苑3幢 的“甲”是几单元？')
  screen.getByText('花名册 第2、3行')

  fireEvent.input(within(unit).getByLabelText('别的叫法'), { target: { value: '二单元' } })
  fireEvent.click(within(unit).getByRole('button', { name: '当作 2单元' }))
  await screen.findByText('当作 2单元')
  // Both rows with one answer.
  await waitFor(() => expect(taken()).toBe(3))

  const building = await group('秋丰路 的“2#”是哪一栋？')
  fireEvent.click(within(building).getByRole('button', { name: '2号（会新建）' }))
  await screen.findByText('当作 2号')

  const door = await group('“样例苑 3幢 1 302 303”是哪个门？')
  fireEvent.input(within(door).getByLabelText('写出这是哪个门'), {
    target: { value: '样例苑3幢1单元303' },
  })
  fireEvent.click(within(door).getByRole('button', { name: '就是这个门' }))
  await screen.findByText('当作 样例苑 3幢1单元303')

  const gridAsked = await group('网格“第五网格”还没有建，新楼栋放进哪个网格？')
  fireEvent.input(within(gridAsked).getByLabelText('放进哪个网格'), {
    target: { value: otherGrid },
  })
  await screen.findByText('放进 样例社区 第二网格')

  const hukou = await group('户籍“西湖区”在哪个省（本省的到区县）？')
  fireEvent.click(within(hukou).getByRole('button', { name: '浙江省杭州市西湖区' }))
  await screen.findByText('户籍在 浙江省杭州市西湖区')
  await screen.findByText('都答好了')
  expect(questions()).toEqual({ total: 5, open: 0, waiting: 0 })

  const { places } = (await acts.plan()) ?? { places: [] }
  expect(places.map(({ building: name, rooms }) => [name, rooms])).toEqual([
    ['秋丰路 2号', ['101']],
    ['新样苑 1幢', ['1单元101']],
    ['样例苑 3幢', ['1单元303', '2单元601']],
  ])

  fireEvent.click(screen.getByRole('button', { name: /^改：秋丰路/ }))
  await group('秋丰路 的“2#”是哪一栋？')
  expect(questions()).toMatchObject({ open: 1, waiting: 1 })
})

it('is answered with a place chosen from the province down, or with nobody knowing', async () => {
  const { acts, app, questions } = await stage()
  render(
    <PartsContext.Provider value={app}>
      <Questions acts={acts} />
    </PartsContext.Provider>,
  )
  const hukou = await group('户籍“西湖区”在哪个省（本省的到区县）？')
  await within(hukou).findByRole('option', { name: '江西省' })
  const choose = (label: string, value: string) =>
    fireEvent.input(within(hukou).getByLabelText(label), { target: { value } })
  // Of this province the county alone tells who is floating.
  choose('省', '330000')
  await within(hukou).findByText(/^浙江省的要选到区县/)
  choose('省', '360000')
  await within(hukou).findByRole('option', { name: '南昌市' })
  choose('市', '360100')
  await within(hukou).findByRole('option', { name: '西湖区' })
  choose('区县', '360103')
  fireEvent.click(within(hukou).getByRole('button', { name: '就是这里' }))
  await screen.findByText('户籍在 江西省南昌市西湖区')
  fireEvent.click(screen.getByRole('button', { name: /^改：户籍/ }))
  const again = await group('户籍“西湖区”在哪个省（本省的到区县）？')
  fireEvent.click(within(again).getByRole('button', { name: '查不到，先不定' }))
  await screen.findByText('户籍先不定')
  expect(questions().open).toBe(4)
})

it('stands on the row too, and leaving its rows out is an answer', async () => {
  const { acts, app, questions } = await stage()
  const first = async () => (await acts.rows('all', 0, 1)).rows[0]
  const draw = async () => {
    const row = await first()
    if (!row) throw new Error('no row')
    return (
      <PartsContext.Provider value={app}>
        <RowCard
          row={row}
          onChoose={() => undefined}
          onName={() => undefined}
          answering={{ onAnswer: acts.answer, divisions: acts.divisions }}
        />
      </PartsContext.Provider>
    )
  }
  const { rerender } = render(await draw())
  const unit = await group('样例苑3幢 的“甲”是几单元？')
  fireEvent.click(within(unit).getByRole('button', { name: '这2行先不导入' }))
  await waitFor(() => expect(questions()).toMatchObject({ open: 4, waiting: 4 }))
  rerender(await draw())
  await screen.findByText('这些行先不导入')
  expect((await first())?.choice).toBe('leave')
})

it('about a grid that nobody made is answered by making it, once however often it is asked for', async () => {
  const asked: { readonly act: string; readonly place: string }[] = []
  const kept = new Map<string, unknown>()
  let isAnswered = false
  const { acts, app, register, questions } = await stage({
    drafts: {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    },
    work: { newId: () => uuid(900 + asked.length + kept.size) },
    syncActs: {
      // The office has it: the next pull brings it.
      syncNow() {
        const made = asked.at(-1)?.place ?? ''
        register.applyPages([page(made, [place(made, '第五网格', 'grid')])])
      },
    },
    officeActs: {
      places: () =>
        Promise.resolve({
          ok: true,
          value: {
            act: (name: string, request: { readonly act: string; readonly place: string }) => {
              expect(name).toBe('add')
              asked.push(request)
              return Promise.resolve(
                isAnswered ? { ok: true, value: null } : { ok: false, problem: 'offline' },
              )
            },
          },
        }),
    },
  } as unknown as Partial<DeviceParts>)
  render(
    <PartsContext.Provider value={app}>
      <Questions acts={acts} />
    </PartsContext.Provider>,
  )
  const question = await group('网格“第五网格”还没有建，新楼栋放进哪个网格？')
  const make = within(question).getByRole('button', { name: '建一个网格“第五网格”' })
  fireEvent.click(make)
  await within(question).findByText(/^没有建成：没有网络/)
  isAnswered = true
  fireEvent.click(make)
  await screen.findByText('放进 样例社区 第五网格')
  expect(asked).toEqual([asked[0], asked[0]])
  expect(asked[0]).toMatchObject({ parent: community, placeKind: 'grid', name: '第五网格' })
  await waitFor(() => expect(questions()).toMatchObject({ open: 4 }))
  const { parts } = (await acts.plan()) ?? { parts: 0 }
  expect(parts).toBeGreaterThan(0)
  // The building of that row stands in the new grid.
  const [row] = (await acts.rows('new', 0, 1)).rows
  expect(row?.door).toMatchObject({ estate: '新样苑' })
  // Whatever is meant next is another act.
  expect(kept.size).toBe(0)
})

it('offers nobody to make a grid who may not', async () => {
  const { acts, app } = await stage({}, 'worker')
  render(
    <PartsContext.Provider value={app}>
      <Questions acts={acts} />
    </PartsContext.Provider>,
  )
  const question = await group('网格“第五网格”还没有建，新楼栋放进哪个网格？')
  expect(within(question).queryByRole('button', { name: /^建一个网格/ })).toBeNull()
})

it('waits for answers: no bright button writes nothing, and rows that wait are not called wrong', async () => {
  const { acts, app } = await stage()
  await acts.take({ news: false, fills: false, overwrites: false })
  render(
    <PartsContext.Provider value={app}>
      <LocationProvider>
        <RowsStep acts={acts} />
      </LocationProvider>
    </PartsContext.Provider>,
  )
  await screen.findByText('没有要写入的行')
  expect(screen.queryByRole('button', { name: /^写入/ })).toBeNull()
  screen.getByRole('button', { name: '待回答 5' })
  expect(screen.queryByRole('button', { name: /^有错/ })).toBeNull()
})

it('shows the columns that nobody is sure of first, then those that are known, then what is left out', () => {
  const column = (header: string, field: RosterField | null, confidence: Confidence) => ({
    ...{ at: 0, header, samples: [], field, confidence },
  })
  const { unsure, sure, notKept } = groupsOf([
    column('姓名', 'name', 'sure'),
    column('政治面貌', null, 'kept-out'),
    column('奇怪的列', null, 'unknown'),
    column('本人手机', 'phones', 'likely'),
    { ...column('备注', 'note', 'sure'), hidden: true },
  ])
  const headers = (columns: typeof sure) => columns.map(({ header }) => header)
  expect(headers(unsure)).toEqual(['奇怪的列', '本人手机', '备注'])
  expect(headers(sure)).toEqual(['姓名'])
  expect(headers(notKept)).toEqual(['政治面貌'])
})
