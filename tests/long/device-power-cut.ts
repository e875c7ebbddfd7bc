/**
 * The power of a device cut at the word "saved", at the worst moments: right after a first pull, a reset and a tidying, when
 * the browser has written large values that nothing has synced yet. What was called saved is there, and so is every page.
 * As a control the same with relaxed writes, which must lose something: else this could not see a loss at all.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { createCutDisk, whyNoPowerCuts, type CutDisk } from '#tests/support/cut-disk.ts'
import { serveVaultPage, type ServedVaultPage } from '../browser/serve-vault-page.ts'

const cuts = Number(process.env['WUSE_POWER_CUTS'] ?? 30)
const controls = Math.max(3, Math.floor(cuts / 6))

let served: ServedVaultPage
let disk: CutDisk

const why = whyNoPowerCuts()

beforeAll(async () => {
  if (why !== null) return
  served = await serveVaultPage()
  disk = createCutDisk(500)
})
afterAll(async () => {
  if (why !== null) return
  await served.close()
  disk.remove()
})

type Way = 'first pull' | 'reset' | 'tidying'
const ways: readonly Way[] = ['first pull', 'reset', 'tidying']

const pages: Record<Way, { readonly records: number; write: (page: Page) => Promise<void> }> = {
  'first pull': {
    records: 900,
    async write(page) {
      await page.evaluate(async () => {
        for (let from = 0; from < 900; from += 300) {
          await window.vaultPage.addLarge(from, from + 300, false)
        }
      })
    },
  },
  reset: {
    records: 600,
    async write(page) {
      await page.evaluate(async () => {
        await window.vaultPage.addLarge(0, 300, false)
        await window.vaultPage.addLarge(0, 600, true)
      })
    },
  },
  tidying: {
    records: 200,
    async write(page) {
      await page.evaluate(async () => {
        await window.vaultPage.addSmall(0, 200)
        await window.vaultPage.compact()
      })
    },
  },
}

async function openPage(profile: string, isRelaxed: boolean) {
  const chrome: Chrome = await launchChrome({ profile })
  const page = await chrome.context.newPage()
  if (isRelaxed) {
    await page.addInitScript(() => {
      const strict = IDBDatabase.prototype.transaction
      IDBDatabase.prototype.transaction = function (this: IDBDatabase, tables, mode) {
        return strict.call(this, tables, mode, { durability: 'relaxed' })
      }
    })
  }
  await page.goto(served.address)
  await page.waitForFunction(() => 'vaultPage' in window)
  return { chrome, page }
}

interface Found {
  readonly opened: boolean
  readonly missing: number
  readonly damaged: number
  readonly records: number
}

/** One device from its first day to the cut; then what the copy of its disk holds. */
async function liveAndCut(way: Way, number: number, isRelaxed: boolean): Promise<Found> {
  const profile = join(disk.folder, `profile-${isRelaxed ? 'relaxed' : 'strict'}-${number}`)
  const { chrome, page } = await openPage(profile, isRelaxed)
  const seqs: number[] = []
  await page.evaluate(() => window.vaultPage.choosePin('280417'))
  await pages[way].write(page)
  // From at once to some seconds: the system writes at its own times.
  await new Promise((resolve) => setTimeout(resolve, (number % 5) * 700))
  for (let save = 0; save <= number % 3; save += 1) {
    seqs.push(...(await page.evaluate(() => window.vaultPage.save())))
  }
  const copy = disk.cut()
  await chrome.close()
  await rm(profile, { recursive: true, force: true })
  try {
    const again = await openPage(join(copy.mount(), profile.slice(disk.folder.length)), false)
    try {
      const unlocked = await again.page
        .evaluate(() => window.vaultPage.unlock('280417'))
        .catch(() => ({ ok: false }))
      if (!unlocked.ok) {
        return { opened: false, missing: seqs.length, damaged: 0, records: 0 }
      }
      const { waiting, damaged, records } = await again.page.evaluate(() => window.vaultPage.look())
      const missing = seqs.filter((seq) => !waiting.includes(seq)).length
      return { opened: true, missing, damaged: damaged.length, records }
    } finally {
      await again.chrome.close()
    }
  } finally {
    copy.remove()
  }
}

if (why !== null) {
  it('cuts no power here, and says why', () => console.warn(`No power was cut: ${why}.`))
} else {
  it('what the screen called saved outlives a power cut, and no page has to be fetched again', async () => {
    for (let number = 0; number < cuts; number += 1) {
      const way = ways[number % ways.length] ?? 'first pull'
      const found = await liveAndCut(way, number, false)
      console.log(`device cut ${number + 1} of ${cuts}, after a ${way}: ${JSON.stringify(found)}`)
      const { records } = pages[way]
      expect(found, `cut ${number} after a ${way}`).toEqual({
        ...{ opened: true, missing: 0, damaged: 0 },
        records,
      })
    }
  })

  it('control: with relaxed writes something is lost', async () => {
    let lost = 0
    for (let number = 0; number < controls; number += 1) {
      const way = ways[number % ways.length] ?? 'first pull'
      const found = await liveAndCut(way, number, true)
      console.log(`control ${number + 1} of ${controls}, after a ${way}: ${JSON.stringify(found)}`)
      lost += found.missing + found.damaged + (found.records < pages[way].records ? 1 : 0)
    }
    expect(lost).toBeGreaterThan(0)
  })
}
