/** A key for an outside hotline, what it hands in, and the office that lets it in: as people see it, on the built server. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChrome, notInstalled, type Chrome } from '#tests/support/chrome.ts'
import { look } from '#tests/support/looks.ts'
import { createWuseServer, type WuseServer } from '#tests/support/wuse-server.ts'
import { signIn } from '#tests/support/areas/entry.ts'
import { openRequests } from '#tests/support/areas/requests.ts'
import { front, go } from '#tests/support/worker-app.ts'

let server: WuseServer
let chrome: Chrome
beforeAll(async () => {
  server = await createWuseServer(300, 60, { HOTLINE: 'on' })
  await server.start()
})
afterAll(async () => {
  await chrome.close()
  await server.remove()
})

it('is given a key once, hands a request in, and reads what the office did with it', async () => {
  chrome = await launchChrome({
    ...notInstalled,
    ...{ viewport: { width: 1180, height: 820 }, bypassCSP: true, reducedMotion: 'reduce' },
  })
  const page = await chrome.context.newPage()
  await signIn(page, server.url, 'admin')
  await go(page, '/hotline/systems')
  await front(page).getByText('还没有外部系统').waitFor()
  await front(page).getByLabel('系统名称').fill('样例市 12345')
  await front(page).getByRole('button', { name: '生成密钥' }).click()
  const shown = front(page).locator('code')
  await expect.poll(() => shown.textContent()).toMatch(/^wuse_[\w-]{43}$/)
  const key = (await shown.textContent()) ?? ''
  await look(page, 'hotline-systems')
  await front(page).getByRole('button', { name: '已抄好' }).click()
  await expect.poll(() => front(page).getByText(key).count()).toBe(0)

  const call = async (path: string, body?: object) => {
    const response = await fetch(`${server.url}/open311/v2${path}`, {
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    })
    return (await response.json()) as { service_request_id: string; status_notes: string }[]
  }
  const [first] = await call('/requests.json', {
    ...{
      service_code: 'other',
      outside_number: '2026-0001',
      last_name: '样例',
      phone: '10012340078',
    },
    ...{ description: '3幢门口路灯不亮，晚上看不见路', address_string: '清风阳光苑3幢门口' },
  })
  const number = first?.service_request_id ?? ''
  const report = async () => (await call(`/requests/${number}.json`))[0]?.status_notes
  expect(await report()).toBe('已收到，等街道放行')

  await openRequests(page)
  await page.getByRole('link', { name: '热线来件，1件待放行' }).click()
  await front(page).getByText('3幢门口路灯不亮，晚上看不见路').waitFor()
  await look(page, 'hotline-waiting')
  await page.setViewportSize({ width: 390, height: 844 })
  await look(page, 'hotline-waiting-phone')
  await page.setViewportSize({ width: 1180, height: 820 })
  const place = front(page).getByLabel('放行到')
  await place.selectOption({ index: 1 })
  await front(page).getByRole('button', { name: '放行', exact: true }).click()
  await front(page).getByText(`${number}已放行`).waitFor()
  await front(page).getByText('没有待放行的来件').waitFor()
  await expect.poll(report).toBe('已收到，等待受理')
})
