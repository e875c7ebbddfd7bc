/** People at work in a browser test: one server for the file, and for each who signs in a device of their own, closed after the test. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { launchChrome, notInstalled, type Chrome, type ChromeOptions } from './chrome.ts'
import { signIn } from './areas/entry.ts'
import { createWuseServer, type WuseServer } from './wuse-server.ts'

/** `residents`: about how many the demo has. Called once, at the head of a file. */
export function peopleAtWork(residents: number) {
  let server: WuseServer
  const open: Chrome[] = []
  beforeAll(async () => {
    server = await createWuseServer(residents)
    await server.start()
  })
  afterEach(async () => {
    for (const chrome of open.splice(0)) await chrome.close()
  })
  afterAll(async () => {
    await server.remove()
  })
  /** Somebody on a device of that size, signed in; `chrome` takes its connection away or closes it. */
  const enter = async (
    login: string,
    width: number,
    height: number,
    more: ChromeOptions = notInstalled,
  ): Promise<{ readonly page: Page; readonly chrome: Chrome }> => {
    const viewport = { width, height }
    const chrome = await launchChrome({
      viewport,
      bypassCSP: true,
      reducedMotion: 'reduce',
      ...more,
    })
    open.push(chrome)
    const page = await chrome.context.newPage()
    await signIn(page, server.url, login)
    return { page, chrome }
  }
  return {
    enter,
    /** The same, where the page is all that a test needs. */
    pageOf: async (login: string, width: number, height: number): Promise<Page> =>
      (await enter(login, width, height)).page,
    url: () => server.url,
    /** A device on which nobody signed in yet is closed with the others. */
    alsoClose: (chrome: Chrome) => void open.push(chrome),
  }
}
