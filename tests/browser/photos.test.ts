/**
 * Photographs through the real camera input: of whatever a camera gives, kept small, upright and with nothing else in
 * them; sealed before the camera opens; at the office's tablet a moment later.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { judgeJpeg } from '#domain/jpeg.ts'
import { mostPhotoBytes, mostPhotoSide } from '#domain/photo.ts'
import { launchChrome, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { copyOffice, type Held } from '#tests/support/office-copy.ts'
import { sampleJpeg, withExif, withTail } from '#tests/support/sample-jpeg.ts'
import { front, go, save, signIn, waitForSync } from '#tests/support/worker-app.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'

const viewport = { width: 390, height: 844 }
const patience = { timeout: 240_000 }

/** Dark above and bright below, and on the left a bright edge: whoever turns it is seen. */
const shade = (x: number, y: number) => (x < 0.25 ? 250 : y < 0.5 ? 40 : 150)

let server: WuseServer
const opened: Chrome[] = []

beforeAll(async () => {
  server = await createWuseServer(300)
  await server.start()
})
afterEach(async () => {
  for (const chrome of opened.splice(0)) await chrome.close().catch(() => {})
})
afterAll(async () => {
  await server.remove()
})

async function open(): Promise<Page> {
  const chrome = await launchChrome({ viewport })
  opened.push(chrome)
  return chrome.context.pages()[0] ?? (await chrome.context.newPage())
}

/** The form of a visit to the first household of the list. */
async function openForm(page: Page): Promise<string> {
  const door = await page.locator('main li a[href^="/household/"]').first().getAttribute('href')
  const household = (door ?? '').split('/').at(-1) ?? ''
  await go(page, `/household/${household}/visit`)
  await front(page).getByRole('heading', { name: '照片' }).waitFor()
  return household
}

const file = (name: string, bytes: Uint8Array) => ({
  ...{ name, mimeType: 'image/jpeg' },
  buffer: Buffer.from(bytes),
})
/** By the hand of a person: the button opens the camera, and the camera gives a file. */
async function shoot(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await front(page).getByRole('button', { name: '拍照' }).click()
  await (await chooser).setFiles(file(name, bytes))
}
const kept = (page: Page, count: number) =>
  front(page).getByText(`已存${count}张照片到本机`).waitFor()

async function photosOf(household: string): Promise<readonly Held<'photo'>[]> {
  const office = await copyOffice(server.url, 'office2')
  const visits = new Set(
    office.all('visit').flatMap(({ id, fields }) => (fields.household === household ? [id] : [])),
  )
  return office.all('photo').filter(({ fields }) => visits.has(fields.host))
}
/** On the page of the household, to which a saved visit leads back. */
async function arrived(page: Page, household: string): Promise<readonly Held<'photo'>[]> {
  await front(page).getByRole('button', { name: '第1张照片' }).waitFor()
  await front(page).getByText('张在路上').waitFor({ state: 'detached', timeout: 60_000 })
  return photosOf(household)
}

describe('a photograph of a visit', () => {
  it(
    'of 24 megapixels, held upright with a position, is small, turned once and nameless at the office',
    async () => {
      const page = await open()
      await signIn(page, server.url, 'worker1')
      const household = await openForm(page)
      await shoot(
        page,
        'IMG_0001.jpg',
        withTail(
          withExif(sampleJpeg({ width: 5_712, height: 4_284, noise: 2, shade }), {
            ...{ orientation: 6, latitude: [30, 3, 7] },
          }),
          '<script>alert(1)</script>',
        ),
      )
      await kept(page, 1)
      await look(page, 'photo-form')
      await save(page, '保存走访')
      await waitForSync(page, 'up-to-date')
      const [photo] = await arrived(page, household)
      expect(photo?.fields.arrivedAt).toBeTruthy()
      expect(photo?.fields).toMatchObject({ width: 1_200, height: 1_600 })
      expect(photo?.fields.bytes).toBeLessThan(mostPhotoBytes)
      const thumbnail = Buffer.from(photo?.fields.thumbnail ?? '', 'base64')
      expect(judgeJpeg(thumbnail, mostPhotoSide)).toMatchObject({ ok: true })

      const tablet = await open()
      await signIn(tablet, server.url, 'office2')
      await go(tablet, `/household/${household}`)
      await front(tablet).getByRole('button', { name: '第1张照片' }).click()
      const picture = tablet.getByRole('dialog').locator('canvas')
      await picture.waitFor()
      await look(tablet, 'photo-at-the-office')
      // Turned by a quarter to the right: the bright edge of the left is above, what was above is on the right.
      const [above, right, left] = await picture.evaluate((canvas: HTMLCanvasElement) => {
        const context = canvas.getContext('2d')
        const at = (x: number, y: number) =>
          context?.getImageData(x * canvas.width, y * canvas.height, 1, 1).data[0] ?? -1
        return [at(0.5, 0.1), at(0.8, 0.7), at(0.2, 0.7)]
      })
      expect(above).toBeGreaterThan(220)
      expect(right).toBeLessThan(80)
      expect(left).toBeGreaterThan(110)
    },
    patience.timeout,
  )
})
