/** The form of a request: what it asks of whom, what is missing, and what a complaint or another office's matter is told. */
import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { Confine } from '#app/ui/requests/pages/Confine.tsx'
import { RequestForm } from '#app/ui/requests/pages/RequestForm.tsx'
import { RequestPage } from '#app/ui/requests/pages/RequestPage.tsx'
import { building, gridA, uuid } from '#tests/app/register/grid-of-samples.ts'
import {
  choose,
  complaint,
  lamp,
  open,
  pick,
  request,
  step,
  tap,
  type,
} from '#tests/app/ui/request-stage.tsx'

const ready = () =>
  waitFor(() =>
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '保存诉求' }).disabled).toBe(
      false,
    ),
  )
const save = async () => {
  await ready()
  tap('保存诉求')
}

it('says first what to do in danger, and counts what is missing', async () => {
  const { saved } = open(<RequestForm params={{}} />, 'worker', [])
  screen.getByText('危及生命，请先拨119、120、110。')
  // Whoever walks hears it at the door: nobody is asked where it comes from.
  expect(screen.queryByRole('group', { name: '从哪里来' })).toBeNull()
  type('电话', '12')
  await save()
  await waitFor(() => expect(document.querySelectorAll('[aria-invalid=true]').length).toBe(2))
  expect(saved).toEqual([])
})

it('keeps a telephone from the unit unless the person agrees', async () => {
  const { saved } = open(<RequestForm params={{}} />, 'staff', [])
  type(/^什么事/, '样例灯不亮')
  choose('电话')
  expect(screen.queryByRole('switch', { name: /^可以把电话/ })).toBeNull()
  const phone = screen.getByRole('textbox', { name: '电话' })
  fireEvent.input(phone, { target: { value: '10012340078' } })
  screen.getByRole('switch', { name: /^可以把电话/ })
  await save()
  await waitFor(() => expect(saved).toHaveLength(3))
  expect(saved[0]?.fields).toMatchObject({ source: 'telephone', site: null })
  expect(saved[2]?.fields).toMatchObject({ telephone: '10012340078', isToldToUnit: false })
})

it('is about the door of its address, and asks for no other place', async () => {
  const form = <RequestForm params={{ building: uuid(100) }} />
  const { saved } = open(form, 'worker', [building(100, '3幢', 1)])
  expect(screen.getByText(/3幢/)).toBeDefined()
  expect(screen.queryByLabelText(/^在哪里/)).toBeNull()
  pick(/^哪一类/, lamp)
  screen.getByText(/请找供电所/)
  await save()
  await waitFor(() => expect(saved).toHaveLength(3))
  expect(saved[0]).toMatchObject({
    ...{ stream: gridA, fields: { site: uuid(100), siteKind: 'building', item: lamp } },
  })
})

it('takes what was settled on the spot with the words for it', async () => {
  const { saved } = open(<RequestForm params={{}} />, 'worker', [])
  type(/^什么事/, '样例门关不上')
  screen.getByRole('switch', { name: '当场已解决' }).click()
  await screen.findByLabelText('怎么解决的')
  await save()
  await screen.findByText('请写几句')
  expect(saved).toEqual([])
  type('怎么解决的', '样例上了油')
  tap('保存诉求')
  await waitFor(() => expect(saved).toHaveLength(4))
  expect(saved[3]?.fields).toMatchObject({ step: 'settle', words: '样例上了油' })
})

it('keeps a complaint with the office and names no door in it', async () => {
  const form = <RequestForm params={{ building: uuid(100) }} />
  const { saved } = open(form, 'staff', [building(100, '3幢', 1)])
  pick(/^哪一类/, complaint)
  screen.getByText(/^这类事只留在办公室/)
  await save()
  await waitFor(() => expect(saved).toHaveLength(3))
  expect(saved[0]).toMatchObject({ stream: uuid(62), fields: { site: null, siteKind: null } })
})

it('moves what turned out to be a complaint to the office, while nobody was sent', async () => {
  const page = <RequestPage params={{ request: uuid(10) }} />
  const { unmount } = open(page, 'staff', request(10))
  expect(screen.getByRole('link', { name: '只留在办公室' }).getAttribute('href')).toBe(
    `/request/${uuid(10)}/confine`,
  )
  unmount()
  const sent = [
    step(120, 10, 'accept', { to: 'accepted' }),
    step(121, 10, 'dispatch', { to: 'assigned', unit: uuid(63) }),
  ]
  const late = open(page, 'staff', [...request(10), ...sent])
  expect(screen.queryByRole('link', { name: '只留在办公室' })).toBeNull()
  late.unmount()
  const { saved } = open(<Confine params={{ request: uuid(10) }} />, 'staff', request(10))
  tap('移到办公室')
  await waitFor(() => expect(document.querySelector('[aria-invalid=true]')).not.toBeNull())
  pick(/^哪一类/, complaint)
  tap('移到办公室')
  await waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0]).toMatchObject({ op: 'patch', to: uuid(62), fields: { site: null } })
})
