/** The dialog of an export: whatever the format, minors leave under an approval alone, and it goes on record to whom. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { pickColumns } from '#domain/door-columns.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { Intent } from '#app/acts/intent.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { ExportSheet } from '#app/ui/office/table/ExportSheet.tsx'
import { freshState } from '#app/views/table-state.ts'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  record,
  resident,
  today,
  uuid,
} from '#tests/app/register/grid-of-samples.ts'

const account = { id: uuid(9), name: '样例', role: 'staff' }
const approval = record(
  'approval',
  800,
  {
    ...{ acts: ['export'], roles: ['staff'], reason: '样例', from: '2026-11-01' },
    until: '2027-01-01',
  },
  { by: uuid(8) },
)

/** The text of the file and what went on record. */
async function exported(format: string, isApproved: boolean) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      record('place', 1, { placeKind: 'community', name: '样例社区' }),
      record('account', 9, { name: '样例', role: 'staff' }),
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '301'),
      household(300, 200),
      resident(400, 300, '样例成人', { birth: '1980-01-01' }),
      resident(401, 300, '样例孩子', { birth: '2015-01-01' }),
      ...(isApproved ? [approval] : []),
    ]),
  ])
  const intents: Intent[] = []
  const files: Blob[] = []
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    files.push(file as Blob)
    return 'blob:sample'
  })
  const app = {
    register,
    session: createStore(() => ({ account })),
    today: createStore(() => ({ day: today })),
    now: () => Date.parse(`${today}T02:00:00Z`),
    officeActs: {},
    work: {
      newId: () => uuid(999),
      save: (given: readonly Intent[]) => {
        intents.push(...given)
        return Promise.resolve({ ok: true, saved: { undo: () => Promise.resolve() } })
      },
    },
  } as unknown as DeviceParts
  const { unmount } = render(
    <PartsContext.Provider value={app}>
      <ExportSheet
        sheet="residents"
        state={freshState('residents')}
        columns={pickColumns('residents', ['name', 'birth'])}
        ids={[uuid(400), uuid(401)]}
        filter={[]}
        onClose={() => undefined}
      />
    </PartsContext.Provider>,
  )
  fireEvent.click(screen.getByLabelText(format))
  fireEvent.click(screen.getByLabelText('完整'))
  fireEvent.click(screen.getByLabelText('核对名册'))
  fireEvent.click(screen.getByRole('button', { name: '导出文件' }))
  await waitFor(() => expect(files).toHaveLength(1))
  unmount()
  return { text: (await files[0]?.text()) ?? '', fields: intents[0]?.fields }
}

it.each(['标准格式CSV', '标准格式JSON'])(
  'as %s has minors under an approval alone',
  async (format) => {
    const without = await exported(format, false)
    expect(without.text).toContain('样例成人')
    expect(without.text).not.toContain('样例孩子')
    expect(without.fields).toMatchObject({ count: 1, recipient: 'own', ground: 'duty' })
    expect(without.fields).not.toHaveProperty('minors')
    const covered = await exported(format, true)
    expect(covered.text).toContain('样例孩子')
    expect(covered.fields).toMatchObject({ count: 2, minors: 1, recipient: 'own' })
  },
)
