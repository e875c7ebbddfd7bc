/**
 * Photographs through the real camera input: of whatever a camera gives, kept small, upright and with nothing else in
 * them; sealed before the camera opens; at the office's tablet a moment later.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { judgeJpeg } from '#domain/jpeg.ts'
import { mostPhotoBytes, mostPhotoSide } from '#domain/photo.ts'
import { launchChrome, newProfile, removeProfile, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { copyOffice, type Held } from '#tests/support/office-copy.ts'
import { heicHead, pngHead, sampleJpeg, withExif, withTail } from '#tests/support/sample-jpeg.ts'
import { signIn, unlock } from '#tests/support/areas/entry.ts'
import { front, go, save, waitForSync, waitUntilInstalled } from '#tests/support/worker-app.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'

const viewport = { width: 390, height: 844 }
const patience = { timeout: 240_000 }

/** Dark above and bright below, and on the left a bright edge: whoever turns it is seen. */
const shade = (x: number, y: number) => (x < 0.25 ? 250 : y < 0.5 ? 40 : 150)

let server: WuseServer
const opened: Chrome[] = []
const profiles: string[] = []

beforeAll(async () => {
  server = await createWuseServer(300)
  await server.start()
})
afterEach(async () => {
  for (const chrome of opened.splice(0)) await chrome.close().catch(() => {})
})
afterAll(async () => {
  await server.remove()
  for (const profile of profiles) await removeProfile(profile)
})

async function open(profile?: string): Promise<Page> {
  const chrome = await launchChrome({ ...(profile ? { profile } : {}), viewport })
  opened.push(chrome)
  return chrome.context.pages()[0] ?? (await chrome.context.newPage())
}

const visited = new Set<string>()

/** The form of a visit to a household where no test was yet; the list of today may have none that is left. */
async function openForm(page: Page, login = 'worker1'): Promise<string> {
  const homes = (await copyOffice(server.url, login)).all('household')
  const home = homes.find(({ id, fields }) => !fields.endedOn && !visited.has(id))
  if (!home) throw new Error('every household was visited')
  const household = home.id
  visited.add(household)
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

async function photosOf(household: string, login = 'office2'): Promise<readonly Held<'photo'>[]> {
  const office = await copyOffice(server.url, login)
  const visits = new Set(
    office.all('visit').flatMap(({ id, fields }) => (fields.household === household ? [id] : [])),
  )
  return office.all('photo').filter(({ fields }) => visits.has(fields.host))
}
/** On the page of the household, to which a saved visit leads back. */
async function arrived(
  page: Page,
  household: string,
  login = 'office2',
): Promise<readonly Held<'photo'>[]> {
  await front(page).getByRole('button', { name: '第1张照片' }).waitFor()
  await front(page).getByText('张在路上').waitFor({ state: 'detached', timeout: 60_000 })
  return photosOf(household, login)
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

/** How upright points lie in the file of a camera that was held so (Exif 2.3, tag 0112). */
const upright: Readonly<Record<number, (x: number, y: number) => readonly [number, number]>> = {
  1: (x, y) => [x, y],
  2: (x, y) => [1 - x, y],
  3: (x, y) => [1 - x, 1 - y],
  4: (x, y) => [x, 1 - y],
  5: (x, y) => [y, x],
  6: (x, y) => [1 - y, x],
  7: (x, y) => [1 - y, 1 - x],
  8: (x, y) => [y, 1 - x],
}
/** Bright above on the left, grey above on the right, dark below. */
const corners = (u: number, v: number) => (v > 0.5 ? 40 : u < 0.5 ? 240 : 140)

describe('whatever a camera gives', () => {
  it(
    'is upright, in all eight ways of holding it and without a word about it',
    async () => {
      const page = await open()
      await signIn(page, server.url, 'worker1')
      await openForm(page)
      const held = (orientation: number) => {
        const isLying = orientation >= 5
        const point = upright[orientation] ?? ((x, y) => [x, y] as const)
        return sampleJpeg({
          ...(isLying ? { width: 160, height: 240 } : { width: 240, height: 160 }),
          shade: (x, y) => corners(...point(x, y)),
        })
      }
      await shoot(page, 'none.jpg', held(1))
      await kept(page, 1)
      for (let orientation = 1; orientation <= 8; orientation += 1) {
        const order = orientation % 2 === 0 ? 'MM' : 'II'
        await shoot(
          page,
          `${orientation}.jpg`,
          withExif(held(orientation), { orientation, order, latitude: [30, 3, 7] }),
        )
        await kept(page, orientation + 1)
      }
      const seen = await front(page)
        .locator('section[aria-label="照片"] img')
        .evaluateAll((images) =>
          images.map((image) => {
            const { naturalWidth: width, naturalHeight: height } = image as HTMLImageElement
            const canvas = document.createElement('canvas')
            canvas.width = width
            canvas.height = height
            const context = canvas.getContext('2d')
            context?.drawImage(image as HTMLImageElement, 0, 0)
            const at = (x: number, y: number) =>
              context?.getImageData(x * width, y * height, 1, 1).data[0] ?? -1
            return [width > height, at(0.2, 0.2), at(0.8, 0.2), at(0.3, 0.8)] as const
          }),
        )
      expect(seen).toHaveLength(9)
      for (const [isWide, left, right, below] of seen) {
        expect(isWide).toBe(true)
        expect(left).toBeGreaterThan(220)
        expect(Math.abs(right - 140)).toBeLessThan(25)
        expect(below).toBeLessThan(65)
      }
      // Nine at once, and no more.
      await shoot(page, 'ten.jpg', held(1))
      await front(page).getByText('一次最多9张照片。').waitFor()
    },
    patience.timeout,
  )

  it(
    'and cannot be used is said in words, and the words of the visit are saved all the same',
    async () => {
      const page = await open()
      await signIn(page, server.url, 'worker2')
      const household = await openForm(page, 'worker2')
      await front(page).getByLabel('备注').fill('样例：门铃坏了')
      const large = sampleJpeg({ width: 1_200, height: 900, noise: 30, shade })
      expect(large.length).toBeGreaterThan(200_000)
      for (const [name, bytes, said] of [
        ['IMG_2.jpg', heicHead(), 'HEIC'],
        ['map.png', pngHead(225_000, 225_000), '照片尺寸太大'],
        ['half.jpg', large.subarray(0, 76_000), '照片文件不完整'],
        ['note.jpg', new TextEncoder().encode('<svg onload="alert(1)">'), '这个文件不是照片'],
        ['empty.jpg', new Uint8Array(), '这个文件不是照片'],
        ['black.jpg', sampleJpeg({ width: 800, height: 600, shade: () => 0 }), '一片单色'],
      ] as const) {
        await shoot(page, name, bytes)
        await front(page).getByText(said).first().waitFor()
      }
      await save(page, '保存走访')
      await waitForSync(page, 'up-to-date')
      expect(await photosOf(household, 'worker2')).toEqual([])
      const visits = (await copyOffice(server.url, 'worker2')).all('visit')
      expect(visits.some(({ fields }) => fields.note === '样例：门铃坏了')).toBe(true)
    },
    patience.timeout,
  )

  it(
    'is covered where somebody paints, for everybody and for good',
    async () => {
      const page = await open()
      await signIn(page, server.url, 'worker1')
      const household = await openForm(page)
      await shoot(
        page,
        'face.jpg',
        sampleJpeg({ width: 1_600, height: 1_200, shade: () => 200, noise: 4 }),
      )
      await kept(page, 1)
      await front(page).getByRole('button', { name: '第1张照片' }).click()
      const sheet = page.getByRole('dialog')
      const canvas = sheet.locator('canvas')
      await canvas.waitFor()
      const box = await canvas.boundingBox()
      if (!box) throw new Error('no picture')
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2, { steps: 5 })
      await page.mouse.up()
      await look(page, 'photo-covered')
      await sheet.getByRole('button', { name: '用这张' }).click()
      await sheet.waitFor({ state: 'detached' })
      await kept(page, 1)
      await save(page, '保存走访')
      await arrived(page, household, 'worker1')
      await front(page).getByRole('button', { name: '第1张照片' }).click()
      const shown = page.getByRole('dialog').locator('canvas')
      await shown.waitFor()
      const [middle, corner] = await shown.evaluate((picture: HTMLCanvasElement) => {
        const context = picture.getContext('2d')
        const at = (x: number, y: number) =>
          context?.getImageData(x * picture.width, y * picture.height, 1, 1).data[0] ?? -1
        return [at(0.5, 0.5), at(0.1, 0.1)]
      })
      expect(middle).toBeLessThan(20)
      expect(corner).toBeGreaterThan(150)
    },
    patience.timeout,
  )
})

describe('a telephone that ends the app', () => {
  it(
    'with its camera open, with the picture taken, and before it was sent loses nothing, and holds no picture in the clear',
    async () => {
      const profile = await newProfile()
      profiles.push(profile)
      let page = await open(profile)
      await signIn(page, server.url, 'worker1')
      await waitUntilInstalled(page)
      const household = await openForm(page)
      const address = page.url()
      const note = '样例：楼道灯不亮'
      const again = async () => {
        await kill(profile)
        page = await open(profile)
        await page.goto(address)
        await unlock(page)
        await front(page).getByRole('heading', { name: '照片' }).waitFor()
      }
      // The camera is open: what was typed a moment ago is on the disk.
      await front(page).getByLabel('备注').fill(note)
      const chooser = page.waitForEvent('filechooser')
      await front(page).getByRole('button', { name: '拍照' }).click()
      await chooser
      await again()
      expect(await front(page).getByLabel('备注').inputValue()).toBe(note)
      // The picture came, and nothing was saved.
      const bytes = sampleJpeg({ width: 1_600, height: 1_200, noise: 25, shade, seed: 77 })
      await shoot(page, 'IMG_7.jpg', withExif(bytes, { orientation: 1, latitude: [30, 3, 7] }))
      await kept(page, 1)
      await again()
      await kept(page, 1)
      expect(await front(page).getByLabel('备注').inputValue()).toBe(note)
      // Saved without a connection, and not sent.
      await server.stop()
      await save(page, '保存走访')
      await front(page).getByText('1张在路上').waitFor()
      await kill(profile)
      await server.start()
      page = await open(profile)
      await page.goto(`${server.url}/household/${household}`)
      await unlock(page)
      const photos = await arrived(page, household, 'worker1')
      const photo = photos.find(({ fields }) => fields.width === 1_600)
      expect(photo?.fields.arrivedAt).toBeTruthy()
      await kill(profile)
      // Neither what the camera gave, nor what was made of it, nor the small one lies anywhere in the profile.
      const thumbnail = Buffer.from(photo?.fields.thumbnail ?? '', 'base64')
      const needles = [
        Buffer.from(bytes.subarray(60_000, 60_040)),
        thumbnail.subarray(thumbnail.length - 60, thumbnail.length - 20),
        Buffer.from(photo?.fields.thumbnail.slice(-80, -20) ?? ''),
        Buffer.from(photo?.fields.key ?? ''),
      ]
      expect(needles.every(({ length }) => length >= 40)).toBe(true)
      expect(filesWith(profile, needles)).toEqual([])
    },
    patience.timeout * 2,
  )
})

/** Every process of the browser on that profile, at once and without a word. */
async function kill(profile: string): Promise<void> {
  const list = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,command='], { encoding: 'utf8' })
  const pids = list
    .split('\n')
    .filter((line) => line.includes(`--user-data-dir=${profile}`))
    .map((line) => Number(line.trim().split(' ')[0]))
  expect(pids.length).toBeGreaterThan(0)
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended with another one.
    }
  }
  for (const chrome of opened.splice(0)) await chrome.close().catch(() => {})
}

function filesWith(profile: string, needles: readonly Buffer[]): string[] {
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
