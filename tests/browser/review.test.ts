/** The office's inbox: clashes, people recorded twice, a separate residence, settled one after the other. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { copyOffice, type Held } from '#tests/support/office-copy.ts'
import { createWuseServer, demoPassword, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { openDesk } from '#tests/support/areas/office.ts'
import { front, go, openTab, save, waitForSync } from '#tests/support/worker-app.ts'
import { testClock } from '#tests/support/test-clock.ts'
import { goOffline, goOnline } from '#tests/support/offline.ts'

const wide = { width: 1280, height: 800 }
const upright = { width: 820, height: 1180 }

let server: WuseServer
let chrome: Chrome
let page: Page
/** One person in two grids, a person whose hukou is behind another door, and two who only look alike. */
const made = { twice: '', hukou: '', alike: '' }
let here: Held<'resident'>[] = []

/** Records as a colleague's device pushes them. */
async function push(login: string, mutations: readonly object[]) {
  const device = randomUUID()
  const headers = { 'content-type': 'application/json' }
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { ...headers, cookie },
      body: JSON.stringify({ protocol: 2, device, ...body }),
    })
  const signedIn = await post('/api/session', { login, password: demoPassword, deviceName: 'test' })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const at = new Date(testClock.now()).toISOString()
  const common = { device, at, batch: null, op: 'create', kind: 'resident', seen: 0 }
  const answer = await post(
    '/api/push',
    {
      sentAt: at,
      mutations: mutations.map((one, index) => ({
        ...common,
        id: randomUUID(),
        seq: index + 1,
        ...one,
      })),
    },
    cookie,
  )
  const { receipts } = (await answer.json()) as { receipts: readonly { ok: boolean }[] }
  expect(receipts.filter(({ ok }) => !ok)).toEqual([])
}

beforeAll(async () => {
  server = await createWuseServer(1_400)
  await server.start()
  const office = await copyOffice(server.url, 'office2')
  const streams = [...new Set(office.all('resident').map(({ stream }) => stream))]
  const adults = office
    .all('resident')
    .filter(
      ({ fields }) =>
        (fields.birth ?? '9') < '1990' &&
        fields.documentType === '111' &&
        fields.phones &&
        !fields.movedOutOn &&
        !fields.diedOn &&
        fields.residence === '1',
    )
  here = adults.filter(({ stream }) => stream === streams[0]).slice(0, 3)
  const there = adults.filter(({ stream }) => stream === streams[1]).slice(0, 3)
  const [a, b, c] = here
  const [x, y, z] = there
  if (!a || !b || !c || !x || !y || !z) throw new Error('nobody to record twice')
  for (const key of ['twice', 'hukou', 'alike'] as const) made[key] = randomUUID()
  const { name, birth, sex, documentType, documentNumber, phones } = a.fields
  await push('office2', [
    {
      stream: x.stream,
      record: made.twice,
      fields: {
        household: x.fields.household,
        ...{ name, birth, sex, documentType, documentNumber, phones },
        workplace: '样例纸厂',
        note: '样例右边',
      },
    },
    {
      stream: y.stream,
      record: made.hukou,
      fields: {
        household: y.fields.household,
        name: b.fields.name,
        birth: b.fields.birth,
        documentType: '111',
        documentNumber: b.fields.documentNumber,
        residence: '3',
      },
    },
    {
      stream: z.stream,
      record: made.alike,
      fields: { household: z.fields.household, name: c.fields.name, birth: c.fields.birth },
    },
    { stream: a.stream, record: a.id, op: 'patch', seen: 100_000, fields: { note: '样例左边' } },
  ])
  chrome = await launchChrome({
    ...notInstalled,
    viewport: wide,
    bypassCSP: true,
    reducedMotion: 'reduce',
  })
  page = await chrome.context.newPage()
  await signIn(page, server.url, 'office2')
})
afterAll(async () => {
  await chrome.close()
  await server.remove()
})

const office = () => copyOffice(server.url, 'office2')
/** The office's copy once it has what was settled: the word "saved" may still stand there from before. */
async function officeWith(isThere: (copy: Awaited<ReturnType<typeof office>>) => boolean) {
  await expect.poll(async () => isThere(await office())).toBe(true)
  return office()
}
const mergedInto = (copy: Awaited<ReturnType<typeof office>>) =>
  copy.get('resident', made.twice)?.fields.mergedInto ?? null
const openPair = (id: string, other: string) => {
  const [first, second] = [id, other].sort()
  return go(page, `/review/pair/${first ?? ''}/${second ?? ''}`)
}

it('counts on its tab, and lists what waits with its reasons', async () => {
  await page.getByRole('navigation').getByText('3', { exact: true }).waitFor()
  await openTab(page, '复核')
  await page.getByRole('button', { name: '可能重复 3' }).waitFor()
  await page
    .getByText(/几乎肯定：/)
    .first()
    .waitFor()
  await look(page, 'review-list')
})

it('merges one person field by field, tells both histories, and opens the next by itself', async () => {
  const [a] = here
  await openPair(a?.id ?? '', made.twice)
  const form = front(page)
  await form.getByText('是同一个人吗？').waitFor()
  await form.getByText('不一样', { exact: true }).first().waitFor()
  await look(page, 'review-pair')
  const [first] = [a?.id ?? '', made.twice].sort()
  const isLeft = first === a?.id
  await form
    .locator('input[name="pair-lives"]')
    .nth(isLeft ? 0 : 1)
    .check({ force: true })
  // The other one's note is the right one.
  await form
    .locator('input[name="pair-note"]')
    .nth(isLeft ? 1 : 0)
    .check({ force: true })
  await save(page, '合并成一个人')
  await waitForSync(page, 'up-to-date')
  await page.waitForURL(
    (url) => url.pathname.startsWith('/review/pair/') && !url.pathname.includes(made.twice),
  )
  const after = await officeWith((copy) => mergedInto(copy) !== null)
  expect(after.get('resident', a?.id ?? '')?.fields).toMatchObject({
    note: '样例右边',
    workplace: '样例纸厂',
  })
  expect(after.get('resident', made.twice)).toMatchObject({
    stream: a?.stream,
    fields: { mergedInto: a?.id, note: '样例右边' },
  })
  await go(page, `/resident/${a?.id ?? ''}`)
  await front(page).getByText('并入这一条的登记').waitFor()
  await look(page, 'merged-into')
  await go(page, `/resident/${made.twice}`)
  await front(page).getByText('只留作历史').waitFor()
  await look(page, 'merged')
})

it('parts them again, and what came with the merge goes back', async () => {
  const [a] = here
  await front(page).getByRole('button', { name: '合并错了，拆开' }).click()
  await front(page).getByText('合并时带过去的内容也退回去').waitFor()
  await save(page, '确定拆开')
  await waitForSync(page, 'up-to-date')
  const after = await officeWith((copy) => mergedInto(copy) === null)
  expect(after.get('resident', a?.id ?? '')?.fields).toMatchObject({ note: '样例左边' })
  expect(after.get('resident', a?.id ?? '')?.fields.workplace ?? null).toBeNull()
  const back = after.get('resident', made.twice)
  expect(back?.stream).not.toBe(a?.stream)
})

it('knows a separate residence, links the two and keeps both', async () => {
  const [, b] = here
  await openPair(b?.id ?? '', made.hukou)
  await front(page).getByText('看起来是人户分离').waitFor()
  await look(page, 'review-apart')
  await save(page, '人户分离，两条都留')
  await waitForSync(page, 'up-to-date')
  const after = await officeWith(
    (copy) => copy.get('resident', b?.id ?? '')?.fields.residence === '2',
  )
  expect(after.get('resident', b?.id ?? '')?.fields.sameAs).toEqual([made.hukou])
  expect(after.get('resident', made.hukou)?.fields).toMatchObject({
    residence: '3',
    sameAs: [b?.id],
  })
  await go(page, `/resident/${made.hukou}`)
  await front(page).getByText('这里只有户口，人住在').waitFor()
})

it('remembers that two are not the same, on an upright tablet too', async () => {
  const [, , c] = here
  await page.setViewportSize(upright)
  await openTab(page, '办公')
  await front(page).getByRole('link', { name: '复核' }).click()
  await look(page, 'review-upright')
  await openPair(c?.id ?? '', made.alike)
  await look(page, 'review-pair-upright')
  await save(page, '不是同一个人')
  await waitForSync(page, 'up-to-date')
  const parted = async () => (await office()).get('resident', made.alike)?.fields.notSameAs
  await expect.poll(parted).toEqual([c?.id])
  await go(page, '/review')
  await page.getByText(/可能重复 1/).waitFor()
  // Without a connection the register's part goes on; what only the server knows says so.
  await goOffline(chrome.context)
  await openDesk(page)
  await go(page, '/review')
  await front(page).getByText('要联网才能看').waitFor()
  await look(page, 'review-offline')
  await goOnline(chrome.context)
})
