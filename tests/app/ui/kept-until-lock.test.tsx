/** What the app keeps in memory beside its records: gone with the lock, whoever keeps it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fireEvent, render, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import { keepWithRegister } from '#app/register/kept-with-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import type { SessionState } from '#app/stores/session-state.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { createShelf, shelfOf, useKept } from '#app/ui/use-kept.ts'

const shelf = createShelf<{ find: string }>()

function Box() {
  const [view, change] = useKept(shelf, 'box', { find: '' })
  return (
    <input
      autocomplete="off"
      aria-label="box"
      value={view.find}
      onInput={(event) => change({ find: event.currentTarget.value })}
    />
  )
}

it('shows the next at this device nothing of what the one before searched for', async () => {
  const session = createStore<Pick<SessionState, 'phase'>>(() => ({ phase: 'open' }))
  const app = { session } as unknown as DeviceParts
  const draw = () =>
    render(
      <PartsContext.Provider value={app}>
        <Box />
      </PartsContext.Provider>,
    )
  const first = draw()
  fireEvent.input(screen.getByLabelText('box'), { target: { value: '样本' } })
  first.unmount()
  // Another page was looked at meanwhile.
  const second = draw()
  expect(screen.getByLabelText<HTMLInputElement>('box').value).toBe('样本')
  second.unmount()
  session.setState({ phase: 'locked' })
  expect(shelfOf(shelf, app.session).size).toBe(0)
  session.setState({ phase: 'open' })
  draw()
  expect(screen.getByLabelText<HTMLInputElement>('box').value).toBe('')
})

it('keeps nothing that was found in a register once that is emptied', () => {
  const register = createRegister()
  const kept = keepWithRegister<string>()
  kept.set(register, '样本')
  expect(kept.get(register)).toBe('样本')
  register.clear()
  expect(kept.get(register)).toBeUndefined()
  kept.set(register, '样本')
  register.clear()
  expect(kept.get(register)).toBeUndefined()
})

/** Each holds nothing that anybody typed or looked at; whatever else is kept goes by one of the two above. */
const others: Readonly<Record<string, string>> = {
  'src/app/platform/argon.ts spare': 'a worker that waits for its first task',
  'src/app/platform/gb18030.ts fours': 'the codes of all characters, whatever the text',
  'src/app/platform/gb18030.ts pairs': 'the codes of all characters, whatever the text',
  'src/app/platform/map-acts.ts acts': 'the way to the map, without anybody in it',
  'src/app/platform/workbook-worker.ts head': 'of a worker that ends with its import',
  'src/app/platform/workbook-worker.ts last': 'of a worker that ends with its import',
  'src/app/platform/workbook-worker.ts sheet': 'of a worker that ends with its import',
  'src/app/register/request-rules.ts known':
    'the catalogue and the calendar, without anybody in them',
  'src/app/views/requests.ts kept': 'empties itself with the register (requests.test.ts)',
  'src/app/register/sort-rows.ts spelling': 'the surnames of the language',
  'src/app/roster/divisions.ts reader': 'names of divisions',
  'src/app/roster/other-books.ts formats': 'names of file formats',
  'src/app/acts/photos.ts made': 'acts alone; what they opened goes with the vault of the lock',
  'src/app/acts/known-devices.ts stores': 'empties itself with the lock (known-devices.test.ts)',
  'src/app/acts/known-places.ts stores': 'empties itself with the lock (known-places.test.ts)',
  'src/app/stores/same-people.ts stores': 'empties itself with the register (same-people.test.ts)',
  'src/app/ui/Page.tsx startLength': 'a number',
  'src/app/ui/kit/back-closes.ts isOwnStep': 'yes or no',
  'src/app/ui/map/ground-archive.ts archives': 'the map’s ground',
  'src/app/ui/map/ground-archive.ts isProtocolThere': 'yes or no',
  'src/app/ui/office/table/use-groups.ts none': 'nothing, for ever',
  'src/app/ui/privacy/person-file/FileSheet.tsx none': 'nothing, for ever',
  'src/app/ui/use-more-routes.ts fetched': 'scripts',
}

it('knows everything that a module of the app keeps for as long as the page lives', () => {
  const root = `${process.cwd()}/`
  const files = readdirSync(join(root, 'src/app'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  expect(files.length).toBeGreaterThan(300)
  const held = files.flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /^(?:export )?(?:let (\w+)|const (\w+)(?::[^=]+)? =\s+new (?:Map|Set|WeakMap)(?:<[^(]*>)?\(\))/gm,
      ),
    ].map((match) => `${file.slice(root.length).replaceAll('\\', '/')} ${match[1] ?? match[2]}`),
  )
  expect(held.sort()).toEqual(Object.keys(others).sort())
})
