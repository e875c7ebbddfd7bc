/** 开源软件声明: read from the server, and asked for again where there is no connection. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { LocationProvider } from 'preact-iso'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { Notices } from '#app/ui/me/notices/Notices.tsx'

it('says that it needs a connection, and shows each package with its words', async () => {
  const packages = [
    { name: 'sample-one', version: '1.2.3', license: 'MIT', text: 'Sample words of a licence' },
    { name: 'sample-two', version: '4.5.6', license: 'ISC', text: '' },
  ]
  let asked = 0
  const app = {
    preferences: createStore(() => ({ language: 'zh-CN' })),
    officeActs: {
      notices: () => {
        asked += 1
        return Promise.resolve(
          asked === 1 ? { ok: false, problem: 'offline' } : { ok: true, value: { packages } },
        )
      },
    },
    today: createStore(() => ({ day: '2026-11-23' })),
    sync: createStore(() => ({ phase: 'up-to-date', unsent: [], refused: [], lastSync: null })),
    syncActs: {},
  } as unknown as DeviceParts
  render(
    <LocationProvider>
      <PartsContext.Provider value={app}>
        <Notices />
      </PartsContext.Provider>
    </LocationProvider>,
  )
  await waitFor(() => screen.getByText(/没有网络/))
  fireEvent.click(screen.getByText('再试一次'))
  await waitFor(() => screen.getByText('共2个'))
  screen.getByText('sample-one')
  screen.getByText('1.2.3 · MIT')
  screen.getByText('Sample words of a licence')
  screen.getByText('这个软件包没有附许可原文。')
  expect(asked).toBe(2)
})
