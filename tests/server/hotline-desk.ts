/** A desk with a hotline's key: each function calls as the hotline would, or decides as the office does. */
import { expect } from 'vitest'
import type { HotlineAnswer, KeyAnswer, WaitingRequest } from '#protocol/hotline.ts'
import { byPass } from './office.ts'
import { openDesk } from './request-desk.ts'

export type HotlineDesk = Awaited<ReturnType<typeof openHotline>>

export async function openHotline() {
  const desk = await openDesk({ hotline: true })
  const { office, admin, staff } = desk
  const system = office.ids()
  const made = await office.post(
    '/api/hotline/make',
    {
      ...{ act: office.ids(), system, name: '样例市 12345', mayWrite: true },
      places: [office.places.community],
    },
    admin.pass,
  )
  const { key } = (await made.json()) as KeyAnswer

  const call = (path: string, init: RequestInit = {}) =>
    office.fetch(`/open311/v2${path}`, {
      ...init,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    })
  const hand = (body: unknown) =>
    call('/requests.json', { method: 'POST', body: JSON.stringify(body) })
  let numbers = 0
  const lamp = (more: object = {}) => ({
    ...{ service_code: 'other', outside_number: `A-${(numbers += 1)}`, last_name: '样例' },
    ...{ description: '3幢门口路灯不亮', phone: '10012340078' },
    ...more,
  })
  /** Its number here. */
  async function handed(body: unknown): Promise<string> {
    const response = await hand(body)
    expect(response.ok).toBe(true)
    const [one] = (await response.json()) as { service_request_id: string }[]
    return one?.service_request_id ?? ''
  }
  async function waitingOf(number: string): Promise<WaitingRequest | undefined> {
    const listed = await office.fetch('/api/hotline', { headers: byPass(staff.pass) })
    return ((await listed.json()) as HotlineAnswer).waiting.find((one) => one.number === number)
  }
  const decide = (act: 'admit' | 'turn-away', waiting: string | undefined) =>
    office.post(
      `/api/hotline/${act}`,
      {
        ...{ act: office.ids(), waiting, stream: office.places.grid, item: null },
        ...{ level: 'ordinary', reason: 'not-for-office', told: '请联系邻区' },
      },
      staff.pass,
    )
  /** The request that it became. */
  async function admitted(number: string): Promise<string> {
    const done = await decide('admit', (await waitingOf(number))?.id)
    expect(await done.json()).toMatchObject({ ok: true })
    return requestOf(number)
  }
  async function requestOf(number: string): Promise<string> {
    const { records } = await staff.pull()
    const found = [...records.values()].find(({ fields }) => fields?.['number'] === number)
    return found?.id ?? ''
  }
  const notesOf = async (request: string) =>
    (await desk.stepsOf(request)).flatMap(({ words }) => (words ? [words] : []))

  return {
    ...{ desk, system, call, hand, lamp, handed, waitingOf, decide, admitted, requestOf, notesOf },
  }
}
