/** A detail beside its list: what leads back, and the first entry where nothing was opened. */
import { render, screen, waitFor, fireEvent } from '@testing-library/preact'
import { LocationProvider, useLocation } from 'preact-iso'
import { createStore } from 'zustand/vanilla'
import { useState } from 'preact/hooks'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { Beside, FirstEntry, trailAfter } from '#app/ui/Beside.tsx'
import { Page, PaneContext, useBack, type Pane } from '#app/ui/Page.tsx'
import { matchRoute, type Match, type Route } from '#app/ui/route.ts'

beforeEach(() => history.replaceState(null, '', '/today'))

const Nothing = () => null
const routes: readonly Route[] = [
  { path: '/today', pane: 'list', tab: 'today', page: Nothing },
  { path: '/table', pane: 'wide', tab: 'table', page: Nothing },
  { path: '/me', pane: 'list', tab: 'me', page: Nothing },
  { path: '/household/:household', pane: 'detail', tab: 'today', page: Nothing },
]
const find = (path: string) => matchRoute(path, routes)
const listAt = (path: string) => find(path) as Match

const app = {
  sync: createStore(() => ({
    ...{ phase: 'up-to-date', unsent: [], refused: [], lastSync: '2026-11-23T02:00:00.000Z' },
    ...{ damage: { work: 0 }, problem: null },
  })),
  today: createStore(() => ({ day: '2026-11-23' })),
} as unknown as DeviceParts

describe('the trail of details', () => {
  const step = { isFromList: false, isReplaced: false, isSame: () => false }
  it('begins anew with what the list opens', () => {
    expect(trailAfter(['/a', '/b'], '/c', { ...step, isFromList: true })).toEqual(['/c'])
    expect(trailAfter([], '/a', step)).toEqual(['/a'])
  })

  it('grows by what a detail opens, and shrinks by a step back', () => {
    expect(trailAfter(['/a'], '/b', step)).toEqual(['/a', '/b'])
    expect(trailAfter(['/a', '/b'], '/a', step)).toEqual(['/a'])
  })

  it('has a detail that follows on its like, or is put in its place, stand there', () => {
    expect(trailAfter(['/a'], '/b', { ...step, isSame: () => true })).toEqual(['/b'])
    expect(trailAfter(['/a', '/b'], '/c', { ...step, isReplaced: true })).toEqual(['/a', '/c'])
  })
})

/** As the shell draws them: the detail stands where it stands, whether its list is beside it or not. */
function Panes(props: { readonly list: string; readonly back: string }) {
  const [pane, setPane] = useState<Pane | null>(null)
  const [isWide, setWide] = useState(true)
  const [list] = useState(() => listAt(props.list))
  return (
    <section>
      <PaneContext.Provider value={pane}>
        <Page title="1单元101室" back={props.back}>
          <Half />
        </Page>
      </PaneContext.Provider>
      {isWide && <Beside list={list} find={find} onPane={setPane} />}
      <input type="checkbox" aria-label="转动" onChange={() => setWide(!isWide)} />
    </section>
  )
}
function Half() {
  const [text, setText] = useState('')
  return (
    <input
      autocomplete="off"
      aria-label="备注"
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
    />
  )
}

it('keeps what stands half filled in a detail when the tablet is turned', () => {
  showBeside('/today', '/today')
  fireEvent.input(screen.getByLabelText('备注'), { target: { value: '样例' } })
  for (const has of [1, 0]) {
    fireEvent.click(screen.getByLabelText('转动'))
    expect(screen.getByLabelText<HTMLInputElement>('备注').value).toBe('样例')
    expect(screen.queryAllByRole('button', { name: '返回' })).toHaveLength(has)
  }
})

function showBeside(list: string, back: string) {
  return render(
    <LocationProvider>
      <PartsContext.Provider value={app}>
        <main>
          <section />
          <Panes list={list} back={back} />
        </main>
      </PartsContext.Provider>
    </LocationProvider>,
  )
}

it('has no way back beside an open list, and says nothing of the sync, which the list says', () => {
  showBeside('/today', '/today')
  screen.getByRole('heading', { level: 1 })
  expect(screen.queryByRole('button')).toBeNull()
})

it('gives a list that had the whole width this again', () => {
  showBeside('/table', '/today')
  fireEvent.click(screen.getByRole('button', { name: '关闭' }))
  expect(location.pathname).toBe('/table')
})

it('that an address opened by itself leads to what lies above it', () => {
  showBeside('/today', '/household/1')
  screen.getByRole('button', { name: '返回' })
})

describe('where nothing was opened', () => {
  function List(props: { readonly hrefs: readonly string[] }) {
    return (
      <section>
        <nav>
          <a href="/table">表</a>
        </nav>
        {props.hrefs.map((href) => (
          <a key={href} href={href}>
            {href}
          </a>
        ))}
      </section>
    )
  }

  let setList: (list: string) => void = () => undefined
  let setHrefs: (hrefs: readonly string[]) => void = () => undefined
  const shown: (string | null)[] = []

  function Frame(props: { readonly first: readonly string[] }) {
    const [hrefs, set] = useState(props.first)
    const [list, other] = useState('/today')
    setHrefs = set
    setList = other
    return (
      <main>
        <List hrefs={hrefs} />
        <FirstEntry
          list={listAt(list)}
          find={find}
          onShow={(path) => shown.push(path)}
          draw={({ params }) => <Entry id={params['household'] ?? ''} />}
        />
      </main>
    )
  }

  function Entry(props: { readonly id: string }) {
    const goBack = useBack('/today')
    const { path } = useLocation()
    return (
      <article>
        {props.id} {path}
        <button type="button" onClick={goBack}>
          保存
        </button>
      </article>
    )
  }

  const show = (first: readonly string[]) => {
    shown.length = 0
    render(
      <LocationProvider>
        <Frame first={first} />
      </LocationProvider>,
    )
  }
  const entry = () => screen.queryByRole('article')?.textContent ?? null

  it('the first entry stands there, and the address stays the list’s', () => {
    show(['/household/1', '/household/2'])
    expect(entry()).toMatch(/^1 \/household\/1/)
    expect(location.pathname).toBe('/today')
    expect(shown.at(-1)).toBe('/household/1')
  })

  it('the pane says what it is for while the list has none', async () => {
    show([])
    expect(entry()).toBeNull()
    screen.getByText('点左边一户，在这里打开')
    setHrefs(['/household/3'])
    await waitFor(() => expect(entry()).toMatch(/^3 /))
    expect(screen.queryByText(/在这里打开/)).toBeNull()
  })

  it('it stays while the list has it, and gives way when the list has it no longer', async () => {
    show(['/household/1', '/household/2'])
    setHrefs(['/household/2', '/household/1'])
    await waitFor(() => expect(screen.getAllByRole('link')[1]?.textContent).toBe('/household/2'))
    expect(entry()).toMatch(/^1 /)
    setHrefs(['/household/2'])
    await waitFor(() => expect(entry()).toMatch(/^2 /))
  })

  it('it does not change under the hand of who works in it, until they turn to the list again', async () => {
    show(['/household/1', '/household/2'])
    fireEvent.pointerDown(screen.getByRole('button', { name: '保存' }))
    setHrefs(['/household/2'])
    await waitFor(() => expect(screen.getAllByRole('link')).toHaveLength(2))
    expect(entry()).toMatch(/^1 /)
    fireEvent.pointerDown(screen.getAllByRole('link')[0] as Element)
    setHrefs(['/household/2', '/household/4'])
    await waitFor(() => expect(entry()).toMatch(/^2 /))
  })

  it('nothing of it is left beside another list, which has no entries', async () => {
    show(['/household/1'])
    fireEvent.pointerDown(screen.getByRole('button', { name: '保存' }))
    setList('/me')
    await waitFor(() => expect(entry()).toBeNull())
    expect(shown.at(-1)).toBeNull()
    screen.getByText('点左边一项，在这里打开')
  })

  it('what is done in it leads nowhere: the list is there already', () => {
    show(['/household/1'])
    fireEvent.click(screen.getByRole('button', { name: '保存' }))
    expect(location.pathname).toBe('/today')
    expect(entry()).toMatch(/^1 /)
  })
})
