/** The table follows the register while colleagues' work goes on coming, and does not wait for its end. */
import { act, render, screen } from '@testing-library/preact'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { SheetQuestion } from '#app/register/read-sheet.ts'
import { createRegister } from '#app/register/create-register.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { useSheet } from '#app/ui/office/table/use-sheet.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  resident,
} from '#tests/app/register/grid-of-samples.ts'

const question: SheetQuestion = {
  ...{ sheet: 'residents', today: '2026-12-01', filter: {}, text: '', sort: null },
}

function Count() {
  const { answer, busy } = useSheet(question)
  return <p>{answer ? `${String(answer.ids.length)}人${busy ? '…' : ''}` : '–'}</p>
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('is read anew at least every 400 ms while changes come faster than that', async () => {
  const register = createRegister()
  register.applyPages([
    page(gridA, [building(100, '3幢', 1), dwelling(200, 100, null, '101'), household(300, 200)]),
  ])
  const parts = { register } as unknown as DeviceParts
  render(
    <PartsContext.Provider value={parts}>
      <Count />
    </PartsContext.Provider>,
  )
  const pass = (milliseconds: number) =>
    act(async () => void (await vi.advanceTimersByTimeAsync(milliseconds)))
  await pass(50)
  expect(screen.getByText('0人')).toBeTruthy()
  for (let came = 1; came <= 12; came += 1) {
    await act(() => {
      register.applyPages([page(gridA, [resident(400 + came, 300, `样例${String(came)}`)])])
    })
    await pass(100)
  }
  // After 1,200 ms it has been read thrice, the last time with what had come by then.
  expect(Number.parseInt(screen.getByText(/人/).textContent)).toBeGreaterThanOrEqual(8)
  await pass(500)
  expect(screen.getByText('12人')).toBeTruthy()
})

it('follows the next change also after a reading that failed, and the fault is reported', async () => {
  const register = createRegister()
  register.applyPages([
    page(gridA, [building(100, '3幢', 1), dwelling(200, 100, null, '101'), household(300, 200)]),
  ])
  const parts = { register } as unknown as DeviceParts
  const fault = new Error('a row that cannot be read')
  const buildings = vi.spyOn(register, 'buildings').mockImplementationOnce(() => {
    throw fault
  })
  const reported = vi.fn<(error: unknown) => void>()
  vi.stubGlobal('reportError', reported)
  try {
    render(
      <PartsContext.Provider value={parts}>
        <Count />
      </PartsContext.Provider>,
    )
    const pass = (milliseconds: number) =>
      act(async () => void (await vi.advanceTimersByTimeAsync(milliseconds)))
    await pass(50)
    expect(reported.mock.calls).toEqual([[fault]])
    // The same rows are not read over and over.
    await pass(2_000)
    expect(buildings).toHaveBeenCalledTimes(1)
    await act(() => {
      register.applyPages([page(gridA, [resident(401, 300, '样例甲')])])
    })
    await pass(500)
    expect(screen.getByText('1人')).toBeTruthy()
  } finally {
    vi.unstubAllGlobals()
  }
})
