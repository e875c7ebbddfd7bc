import { cleanup, configure } from '@testing-library/preact'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { fetchLaterWords } from '#app/ui/words/zh-CN.ts'

// The library does this by itself only where the test functions are globals.
afterEach(cleanup)

// A machine that does other work as well takes its time.
configure({ asyncUtilTimeout: 30_000 })

/** Files share a window: each begins at the first page, with nothing in it. */
beforeAll(() => {
  const { happyDOM } = window as unknown as { happyDOM: { setURL: (url: string) => void } }
  happyDOM.setURL('http://localhost:3000/')
  document.body.replaceChildren()
  localStorage.clear()
  sessionStorage.clear()
})

// A page that a test left may still be loading another: cut short, it would be missing in the file that comes next.
afterAll(() => vi.dynamicImportSettled())

// A page is shown only when its words are there; a component under test is a page.
beforeAll(fetchLaterWords)
