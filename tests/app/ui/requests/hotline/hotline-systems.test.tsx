/** Keys of outside systems: told once, ended after a question; and which of what waits stands open. */
import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { expect, it } from 'vitest'
import type { HotlineSystem, WaitingRequest } from '#protocol/hotline.ts'
import { Hotline } from '#app/ui/requests/hotline/Hotline.tsx'
import { HotlineSystems } from '#app/ui/requests/hotline/HotlineSystems.tsx'
import { gridA, uuid } from '#tests/app/register/grid-of-samples.ts'
import { at, lamp, open, pick, tap, type } from '#tests/app/ui/request-stage.tsx'

const system: HotlineSystem = {
  ...{ id: uuid(80), name: '样例市热线', places: [uuid(60)], mayWrite: true, madeAt: at('00') },
  ...{ keyedAt: at('00'), stoppedAt: null, usedAt: at('01'), usedToday: 2, refusedToday: 0 },
}
const waiting = (id: number, words: string): WaitingRequest => ({
  ...{ id: uuid(id), number: `RX-261123-0A-${id}`, system: '样例热线', outsideNumber: `H-${id}` },
  ...{ place: uuid(60), item: null, itemName: null, words, where: '样例门口', name: '样*线' },
  ...{ hasTelephone: true, until: '2026-11-25', additions: ['样例补充'] },
  ...{ askedAt: at('01'), receivedAt: at('01') },
})

function hotline(more: object) {
  const asked: (readonly [string, object])[] = []
  const done = (name: string) => (content: object) => {
    asked.push([name, content])
    const key = name === 'stop' ? null : 'wuse_sample'
    return Promise.resolve({ ok: true, value: { ok: true, key } })
  }
  const value = { ok: true, isOn: true, systems: [system], waiting: [], count: 0, ...more }
  const acts = {
    read: () => Promise.resolve({ ok: true, value }),
    ...Object.fromEntries(['make', 'renew', 'stop', 'admit'].map((name) => [name, done(name)])),
  }
  return { asked, officeActs: { hotline: () => Promise.resolve({ ok: true, value: acts }) } }
}

it('says of each system what it may and when it called, and tells another key once', async () => {
  const { asked, officeActs } = hotline({})
  open(<HotlineSystems />, 'admin', [], { officeActs })
  await screen.findByText('样例市热线')
  screen.getByText(/^可以提交诉求，地方：样例街道/)
  screen.getByText('09:00用过，今天2次')
  tap('换新密钥')
  expect(asked).toEqual([])
  tap('确定')
  await screen.findByText('wuse_sample')
  expect(asked).toMatchObject([['renew', { system: uuid(80) }]])
  tap('已抄好')
  await waitFor(() => expect(screen.queryByText('wuse_sample')).toBeNull())
})

it('stops a system after a question, which can be taken back', async () => {
  const { asked, officeActs } = hotline({})
  open(<HotlineSystems />, 'admin', [], { officeActs })
  await screen.findByText('样例市热线')
  tap('停用')
  tap('取消')
  expect(asked).toEqual([])
  tap('停用')
  tap('确定')
  await waitFor(() => expect(asked).toMatchObject([['stop', { system: uuid(80) }]]))
})

it('makes a key for a system that has a name', async () => {
  const { asked, officeActs } = hotline({ systems: [], isOn: false })
  open(<HotlineSystems />, 'admin', [], { officeActs })
  await screen.findByText('还没有外部系统')
  screen.getByText(/没有开放外部接口/)
  tap('生成密钥')
  await screen.findByText('请写名称')
  type(/^系统名称/, '样例市热线')
  tap('生成密钥')
  await screen.findByText('wuse_sample')
  expect(asked).toMatchObject([['make', { name: '样例市热线', places: [uuid(60)] }]])
})

it('opens one of what waits, and admits it to a place', async () => {
  const both = { waiting: [waiting(50, '样例甲'), waiting(51, '样例乙')], count: 3 }
  const { asked, officeActs } = hotline(both)
  open(<Hotline />, 'staff', [], { officeActs })
  await screen.findByText('样例甲')
  screen.getByText('还有1件，办完这些再列出')
  expect(screen.getAllByRole('button', { name: '放行' })).toHaveLength(1)
  fireEvent.click(screen.getByText('RX-261123-0A-51'))
  await screen.findByText('样例乙')
  screen.getByText('样*线，留了电话（放行后可见）')
  tap('放行')
  await screen.findByText('请选地方')
  pick('放行到', gridA)
  pick('事项', lamp)
  tap('放行')
  await waitFor(() =>
    expect(asked).toMatchObject([
      ['admit', { waiting: uuid(51), stream: gridA, item: lamp, level: 'ordinary' }],
    ]),
  )
})
