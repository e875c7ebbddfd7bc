/** An arrival from a landlord's phone to a confirmed resident: a worker's phone, the page of the link, the office's desk. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openDatabase } from '#server/db/connect.ts'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { createWuseServer, freePort, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { front, go } from '#tests/support/worker-app.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

let server: WuseServer
let address = ''
const open: Chrome[] = []
beforeAll(async () => {
  const port = await freePort()
  address = `http://localhost:${port}`
  server = await createWuseServer(300, 60, { ASK_PORT: String(port) })
  await server.start()
})
afterAll(async () => {
  for (const chrome of open) await chrome.close()
  await server.remove()
})

async function phoneOf(width: number, height: number): Promise<{ chrome: Chrome; page: Page }> {
  const chrome = await launchChrome({
    ...notInstalled,
    ...{ viewport: { width, height }, bypassCSP: true, reducedMotion: 'reduce' },
  })
  open.push(chrome)
  return { chrome, page: await chrome.context.newPage() }
}

async function residentsNamed(name: string): Promise<number> {
  const db = openDatabase(server.databaseUrl())
  try {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from record
      where kind = 'resident' and not removed and fields->>'name' = ${name}`.execute(db)
    return rows[0]?.n ?? 0
  } finally {
    await db.destroy()
  }
}

/** The page of a claim in large letters and in English, and back again. */
async function inLargeAndEnglish(page: Page, path: string): Promise<void> {
  const radio = (name: string) => front(page).getByRole('radio', { name })
  await go(page, '/me')
  await radio('大字').check()
  await go(page, path)
  await look(page, 'declaration-large', { least: 60, fullPage: true })
  await go(page, '/me')
  await radio('标准').check()
  await radio('English').check()
  await go(page, path)
  await front(page).getByText('They live here: register').waitFor()
  await look(page, 'declaration-english', { fullPage: true })
  await go(page, '/me')
  await radio('简体中文').check()
  await go(page, path)
}

it('goes from a landlord’s phone to a confirmed resident, and to one only', async () => {
  const { page: worker, chrome } = await phoneOf(390, 844)
  await signIn(worker, server.url, 'worker1')
  await go(worker, '/declarations')
  const first = front(worker).locator('a[href^="/declaration/"]').first()
  await first.waitFor()
  await look(worker, 'declarations-390', { fullPage: true })
  await first.click()
  await front(worker).getByText('看这一户').waitFor()
  await look(worker, 'declaration-390', { fullPage: true })
  await front(worker).getByText('看这一户').click()
  await front(worker).getByText('来人走人申报').waitFor()
  await look(worker, 'declaration-door-390', { fullPage: true })
  const door = new URL(worker.url()).pathname

  // Given at the door without a signal: the code is on the screen at once.
  await go(worker, `${door}/landlord`)
  await goOffline(chrome.context)
  await front(worker)
    .getByRole('button', { name: /给房东链接|换一个新链接/ })
    .click()
  const code = front(worker).getByText(/^[0-9A-Z]{4}$/)
  await code.first().waitFor()
  const token = (await code.allInnerTexts()).join('')
  expect(token).toHaveLength(28)
  await look(worker, 'landlord-link-390', { fullPage: true })
  await worker.setViewportSize({ width: 320, height: 640 })
  await look(worker, 'landlord-link-320', { fullPage: true })
  await worker.setViewportSize({ width: 390, height: 844 })

  const { page: landlord } = await phoneOf(390, 844)
  await landlord.goto(`${address}/let#${token}`)
  await landlord.getByText('还没有这个房东码').waitFor()
  await goOnline(chrome.context)
  await expect
    .poll(
      async () => {
        await landlord.goto('about:blank')
        await landlord.goto(`${address}/let#${token}`)
        await landlord
          .getByText(/还没有这个房东码|没变化/)
          .first()
          .waitFor()
        return landlord.getByRole('button', { name: '没变化' }).count()
      },
      { timeout: 60_000 },
    )
    .toBe(1)
  expect(landlord.url()).not.toContain(token)
  await look(landlord, 'let-390', { fullPage: true })
  await landlord.setViewportSize({ width: 320, height: 640 })
  await look(landlord, 'let-320', { fullPage: true })
  await landlord.setViewportSize({ width: 390, height: 844 })
  await landlord.getByText('来了人', { exact: true }).click()
  await landlord.getByLabel('来的人怎么称呼').fill('样例新客')
  await landlord.getByLabel('一共几人').first().fill('2')
  await look(landlord, 'let-arrived-390', { fullPage: true })
  await landlord.getByRole('button', { name: '告诉网格员' }).first().click()
  await landlord.getByText(/^收到了/).waitFor()
  await look(landlord, 'let-done-390', { fullPage: true })

  await go(worker, door)
  const claim = front(worker).getByRole('link', { name: /来人.*样\*客/ })
  await claim.waitFor({ timeout: 60_000 })
  await claim.click()
  await front(worker).getByText('确认入住，登记成住户').waitFor()
  await look(worker, 'declaration-confirm-390', { fullPage: true })
  await worker.setViewportSize({ width: 320, height: 640 })
  await look(worker, 'declaration-confirm-320', { fullPage: true })
  await worker.setViewportSize({ width: 390, height: 844 })
  await inLargeAndEnglish(worker, new URL(worker.url()).pathname)
  await front(worker).getByRole('button', { name: '确认入住，登记成住户' }).click()
  await front(worker).getByText('样*客').first().waitFor()
  // The claim has the name too, and stands there a moment longer.
  await expect.poll(() => new URL(worker.url()).pathname).toMatch(/^\/household\//)
  await expect.poll(() => residentsNamed('样例新客'), { timeout: 60_000 }).toBe(1)

  const { page: office } = await phoneOf(1180, 820)
  await signIn(office, server.url, 'admin')
  await go(office, '/desk')
  await office.getByText('来人走人，待核实').waitFor()
  await look(office, 'declarations-desk-1180')
  await go(office, '/declarations')
  await office.locator('a[href^="/declaration/"]').first().waitFor()
  await office.locator('a[href^="/declaration/"]').first().click()
  await look(office, 'declarations-1180')
  await go(office, '/declare')
  await look(office, 'declare-1180')
  expect(await residentsNamed('样例新客')).toBe(1)
})
