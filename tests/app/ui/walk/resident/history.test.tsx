/** The history of a person on their page: what the log says, in words, with the moment that a wrong clock had said. */
import { fireEvent, render, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import type { WireChange, WireRecord } from '#protocol/pull.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import type { Reveals } from '#app/ui/pieces/reveals.ts'
import { History } from '#app/ui/walk/resident/History.tsx'
import { change, gridA, page, record, resident, uuid } from '#tests/app/register/grid-of-samples.ts'

const noReveals: Reveals = {
  isShown: () => false,
  toggle: () => {},
  asking: null,
  choose: () => {},
  cancel: () => {},
  failed: false,
  isWithheld: false,
}

function linesOf(records: readonly WireRecord[], changes: readonly WireChange[]): string[] {
  const register = createRegister()
  register.applyPages([
    page(gridA, [resident(10, 5, '样例甲'), ...records], { changes: [...changes] }),
  ])
  const shown = register.get('resident', uuid(10))
  if (!shown) throw new Error('nobody is there')
  const app = {
    register,
    today: createStore(() => ({ day: '2026-11-23' })),
    preferences: createStore(() => ({
      language: 'zh-CN' as const,
      textSize: 'standard' as const,
      grid: null,
    })),
  } as unknown as DeviceParts
  render(
    <PartsContext.Provider value={app}>
      <History resident={shown} reveals={noReveals} />
    </PartsContext.Provider>,
  )
  fireEvent.click(screen.getByRole('button'))
  return screen.getAllByRole('listitem').map((line) => line.textContent ?? '')
}

it('says beside the moment of receipt what a clock said that was years off', () => {
  const saidAt = '2015-01-01T00:10:00.000Z'
  const changes = [change(12, 10, { saidAt }), change(11, 10)]
  const lines = linesOf([], changes)
  const corrected = lines.filter((line) => line.includes('当时手机时间不对'))
  expect(corrected).toHaveLength(1)
  expect(corrected[0]).toContain('2015')
})

it('says which office gave what an import wrote', () => {
  const at = '2026-11-20T02:00:00.000Z'
  const fields = {
    ...{ title: '样例.xlsx', parts: 1, rows: 1, added: 0, changed: 1, bases: [] },
    ...{ outcome: 'written', source: '公安', sourceOn: '2026-11-20' },
  }
  const roster = record('import', 20, fields, { at, by: uuid(8) })
  const lines = linesOf([roster], [change(12, 10, { at, by: uuid(8) }), change(11, 10)])
  expect(lines.filter((line) => line.includes('来自 公安，2026-11-20'))).toHaveLength(1)
})
