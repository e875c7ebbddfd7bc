/** What a hotline says a second time: nothing is lost, nothing is said twice, and nothing breaks the server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHotline, type HotlineDesk } from './hotline-desk.ts'

let hotline: HotlineDesk
beforeAll(async () => {
  hotline = await openHotline()
})
afterAll(() => hotline.desk.office.close())

describe('a moment of the year 10000', () => {
  const late = '9999-12-31T23:59:59-08:00'
  it('is refused with words, in a question and in a post', async () => {
    const { call, hand, lamp } = hotline
    for (const name of ['start_date', 'end_date', 'updated_after', 'updated_before']) {
      const asked = await call(`/requests.json?${name}=${late}`)
      expect([asked.status, await asked.text()]).toEqual([400, expect.stringContaining(name)])
    }
    const posted = await hand(lamp({ requested_datetime: late }))
    expect([posted.status, await posted.text()]).toEqual([
      ...[400, expect.stringContaining('requested_datetime')],
    ])
    const last = '9999-12-31T23:59:59Z'
    expect((await call(`/requests.json?end_date=${last}`)).status).toBe(200)
    expect((await hand(lamp({ requested_datetime: last }))).status).toBe(201)
  })
})
