/** A desk with codes on walls: each function acts as a resident's browser would, or as the office does. */
import { createHash, pbkdf2Sync } from 'node:crypto'
import { expect } from 'vitest'
import { beginsWithZeros, type Challenge } from '#domain/ask/proof.ts'
import type { StickerCode } from '#domain/ask/sticker.ts'
import { idBornIn } from '#domain/born-ids.ts'
import { writeFollowCode } from '#domain/requests/follow-code.ts'
import type { AskAnswer } from '#protocol/ask.ts'
import { insertRecords } from '#server/db/records.ts'
import { building } from './sample.ts'
import { byPass } from './office.ts'
import { openDesk } from './request-desk.ts'

export type AskDesk = Awaited<ReturnType<typeof openAsk>>

export const askOrigin = 'https://ask.office.test'
export const lampItem = '00000000-0000-7000-8000-00000000aa01'
export const rubbishItem = '00000000-0000-7000-8000-00000000aa02'
export const staffItem = '00000000-0000-7000-8000-00000000aa03'

export async function openAsk() {
  const desk = await openDesk({ ask: { origin: askOrigin, port: null, dir: null } })
  const { office, staff, unit } = desk
  const { places, ids, db } = office
  const item = (id: string, name: string, nameEn: string, more: object) => ({
    ...{ id, name, nameEn, group: '楼道', groupEn: 'Stairwell', level: 'ordinary', ...more },
  })
  const catalogue = {
    ...{ name: '样例清单', catalogueVersion: 1, units: [{ id: unit, name: '样例照明' }] },
    items: [
      item(lampItem, '楼道灯不亮', 'No light in the stairwell', { onPage: 2, unit }),
      item(rubbishItem, '垃圾没有清运', 'Rubbish not collected', { onPage: 1 }),
      item(staffItem, '反映工作人员', 'About staff', { onPage: 3, isStaffOnly: true }),
    ],
  }
  const house = idBornIn(places.grid, ids())
  await db.transaction().execute(async (trx) => {
    const place = (id: string, fields: object) =>
      insertRecords(trx, id, [{ kind: 'place', id, fields: { ...fields } }])
    await place(places.subdistrict, { placeKind: 'subdistrict', name: '样例街道' })
    await insertRecords(trx, places.subdistrict, [
      { kind: 'catalogue', id: idBornIn(places.subdistrict, ids()), fields: catalogue },
    ])
    await place(places.community, {
      ...{ placeKind: 'community', name: '样例社区', parent: places.subdistrict, letters: 'YL' },
    })
    await place(places.grid, { placeKind: 'grid', name: '第一网格', parent: places.community })
    await place(unit, { placeKind: 'unit', name: '样例照明', parent: places.subdistrict })
    await insertRecords(trx, places.grid, [
      { kind: 'building', id: house, fields: { ...building(), estate: '清风阳光苑', name: '3幢' } },
    ])
  })

  const office_ = (path: string, body: object, device = staff) =>
    office.post(`/api/ask${path}`, { act: ids(), ...body }, device.pass)

  /** A code of the building's entrance, as its record says it. */
  async function made(name = '清风阳光苑 3幢1单元', more: object = {}) {
    const { stream, ...rest } = { stream: places.grid, building: house, ...more }
    const id = idBornIn(stream, ids())
    const codes = [{ stream, id, name, ...rest }]
    const done = await office_('/codes/make', { codes, replaces: null })
    expect(await done.json()).toMatchObject({ ok: true })
    return { id, stream, ...(await codeOf(id)) }
  }
  async function codeOf(id: string): Promise<StickerCode> {
    const { records } = await staff.pull()
    const { fields } = records.get(id) ?? {}
    return fields as unknown as StickerCode
  }

  /** As the page's own origin answers. */
  const page = async (path: string, init: RequestInit = {}) =>
    office.server.fetch(new Request(`${askOrigin}${path}`, init))
  const send = (path: string, fields: Readonly<Record<string, string>>, more: HeadersInit = {}) =>
    page(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...more },
      body: new URLSearchParams(fields).toString(),
    })

  /** What the page's worker does, in the room of a test. */
  async function proved(code: string): Promise<string> {
    const challenge = (await (await send('/challenge', { code })).json()) as Challenge
    const salt = Buffer.from(challenge.salt, 'hex')
    for (let nonce = 0; ; nonce += 1) {
      const bytes = pbkdf2Sync(String(nonce), salt, challenge.rounds, 32, 'sha256')
      if (beginsWithZeros(bytes, challenge.bits)) return JSON.stringify({ challenge, nonce })
    }
  }

  let tokens = 0
  const newToken = () => {
    tokens += 1
    const bytes = createHash('sha256').update(`token ${tokens}`).digest().subarray(0, 16)
    return writeFollowCode(bytes)
  }
  const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

  /** A request as the script sends it, with its proof. */
  async function asked(code: string, more: Readonly<Record<string, string>> = {}) {
    const token = newToken()
    const fields = {
      ...{ code, id: ids(), words: '二楼灯不亮', item: lampItem, token: hashOf(token) },
      ...more,
      proof: more['proof'] ?? (await proved(code)),
    }
    const response = await send('/submit', fields)
    return { token, fields, response, html: await response.text() }
  }
  const numberIn = (html: string) => /data-number="([^"]*)"/.exec(html)?.[1] ?? ''
  const whatIn = (html: string) => /data-what="([^"]*)"/.exec(html)?.[1] ?? ''

  async function listed(device = staff): Promise<AskAnswer> {
    const answer = await office.fetch('/api/ask', { headers: byPass(device.pass) })
    return (await answer.json()) as AskAnswer
  }
  async function requestOf(number: string) {
    const { records } = await staff.pull()
    return [...records.values()].find(({ fields }) => fields?.['number'] === number)
  }

  return {
    ...{ desk, office, house, made, codeOf, page, send, proved, newToken, hashOf, asked },
    ...{ numberIn, whatIn, listed, requestOf, toOffice: office_ },
  }
}
