/** What a colleague does with the own account: another password, and an end to a device that is lost. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { OwnDevices } from '#app/ui/me/own/OwnDevices.tsx'
import { OwnPassword } from '#app/ui/me/own/OwnPassword.tsx'
import { uuid } from '#tests/app/register/grid-of-samples.ts'

type Answer =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; problem: string }

const done: Answer = { ok: true, value: null }
const offline: Answer = { ok: false, problem: 'offline' }
const phone = {
  ...{ id: uuid(70), device: uuid(71), name: '样例手机', revoked: null, skewMs: 0, pulledAt: null },
  ...{ seenAt: '2026-11-23T01:00:00.000Z', report: null },
  account: { id: uuid(8), name: '样例甲', role: 'worker' },
}

function parts(answers: { password?: Answer; devices?: Answer[] }) {
  const asked: unknown[][] = []
  const handed = {
    session: createStore(() => ({ account: { id: uuid(8), device: uuid(72), role: 'worker' } })),
    today: createStore(() => ({ day: '2026-11-23' })),
    syncActs: {},
    now: () => Date.parse('2026-11-23T04:00:00Z'),
    preferences: createStore(() => ({ language: 'zh-CN' })),
    officeActs: {
      changePassword(...given: unknown[]) {
        asked.push(['changePassword', ...given])
        return Promise.resolve(answers.password ?? done)
      },
      ownDevices() {
        asked.push(['ownDevices'])
        return Promise.resolve(answers.devices?.shift() ?? offline)
      },
    },
  } as unknown as DeviceParts
  return { asked, handed }
}

const submit = () => fireEvent.click(screen.getByRole('button', { name: '修改登录密码' }))

it('changes the password once both are typed, and keeps neither on the screen', async () => {
  const { asked, handed } = parts({})
  render(
    <PartsContext.Provider value={handed}>
      <OwnPassword />
    </PartsContext.Provider>,
  )
  submit()
  expect(asked).toEqual([])
  const before = screen.getByLabelText<HTMLInputElement>(/现在的密码/)
  const after = await screen.findByLabelText<HTMLInputElement>(/新密码/)
  fireEvent.input(before, { target: { value: 'sample-old' } })
  fireEvent.input(after, { target: { value: 'sample-new' } })
  submit()
  await screen.findByText('密码已改好。')
  expect(asked).toEqual([['changePassword', 'sample-old', 'sample-new']])
  expect([before.value, after.value]).toEqual(['', ''])
})

it('keeps what was typed where the password was refused', async () => {
  const { handed } = parts({ password: { ok: false, problem: 'wrong-password' } })
  render(
    <PartsContext.Provider value={handed}>
      <OwnPassword />
    </PartsContext.Provider>,
  )
  const before = screen.getByLabelText<HTMLInputElement>(/现在的密码/)
  fireEvent.input(before, { target: { value: 'sample-old' } })
  fireEvent.input(await screen.findByLabelText(/新密码/), { target: { value: 'sample-new' } })
  submit()
  await waitFor(() => expect(document.querySelector('[role="alert"]')).not.toBeNull())
  expect(before.value).toBe('sample-old')
  expect(screen.queryByText('密码已改好。')).toBeNull()
})

it('asks for the own devices when they are opened, and again where there was no connection', async () => {
  const { asked, handed } = parts({ devices: [offline, { ok: true, value: [phone] }] })
  const { container } = render(
    <PartsContext.Provider value={handed}>
      <OwnDevices />
    </PartsContext.Provider>,
  )
  expect(asked).toEqual([])
  const details = container.querySelector('details')
  // The element says by itself that it was opened.
  if (details) details.open = true
  await screen.findByText('这一页要联网才能看。')
  fireEvent.click(screen.getByRole('button', { name: '再试一次' }))
  await screen.findByText(/样例手机/)
  expect(asked).toHaveLength(2)
})
