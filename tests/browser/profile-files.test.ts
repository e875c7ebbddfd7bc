/**
 * What the browser itself writes down: after a lock and after a SIGKILL no file of its profile holds what stood in a
 * form, neither what a person typed nor what the form showed when it opened.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, newProfile, removeProfile, type Chrome } from '#tests/support/chrome.ts'
import { copyOffice } from '#tests/support/office-copy.ts'
import { signIn, unlock, waitForLock } from '#tests/support/areas/entry.ts'
import { lockNow } from '#tests/support/areas/me.ts'
import { front, go, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'

/** Seven and four characters: long enough that no file holds them by chance. */
const typed = '样例甲乙丙丁戊'
const searched = '查无此人'

/** Two browsers one after the other, and more than a dozen forms in each. */
const patience = { timeout: 420_000 }

let server: WuseServer
let chrome: Chrome | null = null
const profiles: string[] = []

beforeAll(async () => {
  server = await createWuseServer(300)
  await server.start()
})
afterEach(() => chrome?.close().catch(() => {}))
afterAll(async () => {
  await server.remove()
  for (const profile of profiles) await removeProfile(profile)
})

async function open(profile: string): Promise<Page> {
  chrome = await launchChrome({ profile, viewport: { width: 390, height: 844 } })
  return chrome.context.pages()[0] ?? (await chrome.context.newPage())
}

/** Files of a profile in which a text stands, in either of the encodings in which a browser writes. */
function filesWith(profile: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')])
  const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  expect(files.length).toBeGreaterThan(50)
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path)
      return needles.some((needle) => bytes.includes(needle))
    })
    .map((path) => path.slice(profile.length))
}

/** Ends every process of the browser that works in this profile, as a power cut would. */
function kill(profile: string): void {
  const list = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,command='], { encoding: 'utf8' })
  for (const line of list.split('\n')) {
    if (!line.includes(`--user-data-dir=${profile}`)) continue
    try {
      process.kill(Number(line.trim().split(' ')[0]), 'SIGKILL')
    } catch {
      // It ended with another one.
    }
  }
}

/** What a form shows first: a control, or the question why somebody looks. Fails with what the page says instead. */
async function waitForForm(page: Page, form: string): Promise<void> {
  const control = front(page).locator('textarea, input, select').first()
  const purpose = front(page).getByRole('button', { name: '核对证件' })
  await control
    .or(purpose)
    .first()
    .waitFor({ state: 'attached', timeout: 60_000 })
    .catch(async (fault: unknown) => {
      const text = await front(page).innerText()
      throw new Error(`${form} has no control; it says: ${text}`, { cause: fault })
    })
  if (!(await purpose.isVisible())) return
  await purpose.click()
  await control.waitFor({ state: 'attached' })
}

/** Opens each form, types into whatever takes words and leaves it; then searches for somebody. */
async function fillForms(page: Page, forms: readonly string[]): Promise<void> {
  for (const form of forms) {
    await go(page, form)
    await waitForForm(page, form)
    const more = front(page).getByRole('button', { name: '更多', exact: true })
    if (await more.isVisible()) await more.click()
    for (const area of await front(page).locator('textarea:enabled').all()) await area.fill(typed)
    for (const box of await front(page).locator('input:enabled').all()) {
      const type = await box.getAttribute('type')
      if ((type === null || type === 'text') && (await box.inputValue()) === '') {
        await box.fill(typed)
      }
    }
    await go(page, '/')
  }
  await go(page, '/search')
  await page.getByRole('searchbox').fill(searched)
}

/** A form's words that the office keeps: what opening it alone shows. */
async function keptWords(login: string) {
  const office = await copyOffice(server.url, login)
  const named = office
    .all('resident')
    .find(({ fields }) => !fields.movedOutOn && !fields.diedOn && fields.name.length >= 3)
  if (!named) throw new Error('the demo has nobody whose name has three characters')
  const dwelling = office.get('household', named.fields.household)?.fields.dwelling ?? ''
  const building = office.get('dwelling', dwelling)?.fields.building ?? ''
  return {
    shown: [named.fields.name, named.fields.idNumber, ...(named.fields.phones ?? [])].filter(
      (text): text is string => typeof text === 'string' && text.length >= 3,
    ),
    at: { resident: named.id, household: named.fields.household, dwelling, building },
  }
}

async function check(login: string, formsOf: (at: Record<string, string>) => readonly string[]) {
  const { shown, at } = await keptWords(login)
  const profile = await newProfile()
  profiles.push(profile)
  for (const way of ['locked and closed', 'killed'] as const) {
    const page = await open(profile)
    if (way === 'locked and closed') {
      await signIn(page, server.url, login)
      await waitUntilInstalled(page)
    } else {
      await page.goto(server.url)
      await unlock(page)
    }
    await fillForms(page, formsOf(at))
    if (way === 'killed') kill(profile)
    else {
      await lockNow(page)
      await waitForLock(page)
    }
    await chrome?.close().catch(() => {})
    expect([way, filesWith(profile, [typed, searched, ...shown])]).toEqual([way, []])
  }
}

it(
  'nothing that a worker typed or was shown in a form lies in the files of the browser',
  patience,
  () =>
    check('worker1', ({ resident, household, dwelling }) => [
      `/resident/${resident}/edit`,
      `/resident/${resident}/leave`,
      `/resident/${resident}/death`,
      `/resident/${resident}/move`,
      `/resident/${resident}/request`,
      `/resident/${resident}/inquiry`,
      `/household/${household}/visit`,
      `/household/${household}/add`,
      `/household/${household}/birth`,
      `/dwelling/${dwelling}/edit`,
      `/dwelling/${dwelling}/intake`,
      '/requests/new',
      '/complaints',
    ]),
)

it('nor anything of an office', patience, () =>
  check('office2', ({ resident, building }) => [
    `/resident/${resident}/edit`,
    `/building/${building}/location`,
    '/requests/new',
    '/person/new',
  ]),
)
