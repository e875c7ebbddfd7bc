/** An import that was refused names the row that it broke on, by the office's word or by this device's. */
import { render, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { ImportActs } from '#app/acts/imports.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { ImportCard } from '#app/ui/office/import/ImportCard.tsx'
import { page, record, today, uuid } from '#tests/app/register/grid-of-samples.ts'

const roster = {
  ...{ title: '样例花名册.xlsx', parts: 1, rows: 2, added: 2, changed: 0 },
  bases: [],
}

function draw(fields: object, unsent: readonly object[] = []) {
  const register = createRegister()
  register.applyPages([page(uuid(50), [record('import', 60, { ...roster, ...fields })])])
  const held = register.get('import', uuid(60))
  if (!held) throw new Error('no import')
  const app = {
    register,
    sync: createStore(() => ({ unsent })),
    today: createStore(() => ({ day: today })),
  } as unknown as DeviceParts
  return render(
    <PartsContext.Provider value={app}>
      <ImportCard acts={{} as ImportActs} record={held} />
    </PartsContext.Provider>,
  )
}

it('says the row and the field that the office refused it for', () => {
  draw({
    ...{ outcome: 'refused', reason: 'invalid-fields' },
    refusedAt: { kind: 'resident', sheet: '花名册', row: 12, field: 'workplace' },
  })
  screen.getByText('问题在名册“花名册”第12行的“工作单位”。改好这一行，再导入一次。')
})

it('says the row alone where the field is not known, and nothing where no row is', () => {
  const { unmount } = draw({
    ...{ outcome: 'refused', reason: 'invalid-fields' },
    refusedAt: { kind: 'resident', sheet: '花名册', row: 12 },
  })
  screen.getByText('问题在名册“花名册”第12行。改好这一行，再导入一次。')
  unmount()
  draw({ outcome: 'refused', reason: 'malformed', refusedAt: { kind: 'household' } })
  screen.getByText('没有写入')
  expect(screen.queryByText(/问题在名册/)).toBeNull()
})

it('finds the row itself where a part came back that no database can hold', () => {
  const item = {
    ...{ stream: uuid(1), kind: 'resident', record: uuid(70), op: 'create', seen: 0 },
    ...{ sheet: '第二页', row: 3, fields: { name: '样例甲', note: '甲\u0000乙' } },
  }
  draw({}, [
    {
      state: 'refused',
      mutation: { record: uuid(61), fields: { import: uuid(60), items: [item] } },
    },
  ])
  screen.getByText('问题在名册“第二页”第3行的“备注”。改好这一行，再导入一次。')
})
