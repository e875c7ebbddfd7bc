import { cleanup, configure } from '@testing-library/preact'
import { afterEach, beforeAll } from 'vitest'
import { fetchLaterWords } from '#app/ui/words/zh-CN.ts'

// The library does this by itself only where the test functions are globals.
afterEach(cleanup)

// A machine that does other work as well takes its time.
configure({ asyncUtilTimeout: 30_000 })

// A page is shown only when its words are there; a component under test is a page.
beforeAll(fetchLaterWords)
