/**
 * The power of a device cut once the app has said that it opens without a connection: it opens, and the PIN leads to the day's
 * work. As a control the same right after the files came, which must fail at least once: else this could not see a loss.
 */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChrome } from '#tests/support/chrome.ts'
import { createCutDisk, whyNoPowerCuts, type CutDisk } from '#tests/support/cut-disk.ts'
import { signIn, unlock } from '#tests/support/areas/entry.ts'
import { waitUntilInstalled } from '#tests/support/worker-app.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'

const cuts = Math.max(2, Math.floor(Number(process.env['WUSE_POWER_CUTS'] ?? 30) / 10))

let server: WuseServer
let disk: CutDisk

const why = whyNoPowerCuts()

beforeAll(async () => {
  if (why !== null) return
  server = await createWuseServer(300)
  disk = createCutDisk(500)
})
afterAll(async () => {
  if (why !== null) return
  await server.remove()
  disk.remove()
})

/** Whether the app opens from the copy of the disk with the server gone. */
async function liveAndCut(name: string, waitsForTheWord: boolean): Promise<boolean> {
  const profile = join(disk.folder, name)
  await server.start()
  const chrome = await launchChrome({ profile })
  const page = await chrome.context.newPage()
  await signIn(page, server.url, 'worker1')
  await waitUntilInstalled(page)
  if (waitsForTheWord) {
    await page.locator('main > section:not([inert]) button[data-sync]').first().click()
    await page.getByText('没有网络也打得开').waitFor({ timeout: 120_000 })
  }
  const copy = disk.cut()
  await chrome.close()
  await server.stop()
  const again = await launchChrome({ profile: join(copy.mount(), name) })
  try {
    const first = await again.context.newPage()
    await first.goto(server.url)
    await unlock(first)
    return true
  } catch (fault) {
    console.log(`${name} did not open: ${String(fault).split('\n')[0]}`)
    return false
  } finally {
    await again.close()
    copy.remove()
  }
}

if (why !== null) {
  it('cuts no power here, and says why', () => console.warn(`No power was cut: ${why}.`))
} else {
  it('the app opens after a power cut once it has said so', async () => {
    for (let number = 0; number < cuts; number += 1) {
      expect(await liveAndCut(`said-${number}`, true), `cut ${number}`).toBe(true)
    }
    console.log(`app files: ${cuts} cuts after the word, all opened`)
  })

  it('control: before the word it does not always open', async () => {
    let failed = 0
    for (let number = 0; number < cuts; number += 1) {
      if (!(await liveAndCut(`early-${number}`, false))) failed += 1
    }
    console.log(`control: ${failed} of ${cuts} did not open`)
    expect(failed).toBeGreaterThan(0)
  })
}
