/** The description of the hotline's interface is a valid one of OpenAPI 3.1, and what the server answers is what it says. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KeyAnswer } from '#protocol/hotline.ts'
import { open311Document } from '#server/routes/open311-document.ts'
import { answer, openDesk, type Desk } from '../request-desk.ts'

/** What this test uses of `@hyperjump/json-schema`, which knows the dialect of OpenAPI 3.1. */
interface Validator {
  registerSchema(schema: object, id: string, dialect: string): void
  validate(schema: string, value: unknown): Promise<{ readonly valid: boolean }>
}
const library = '@hyperjump/json-schema/openapi-3-1'

const dialect = 'https://spec.openapis.org/oas/3.1/schema-base'
const id = 'https://office.test/open311'
let check: Validator
let desk: Desk
let key = ''
beforeAll(async () => {
  check = (await import(library)) as Validator
  check.registerSchema(structuredClone(open311Document), id, dialect)
  desk = await openDesk({ hotline: true })
  const { office, admin } = desk
  const made = await office.post(
    '/api/hotline/make',
    {
      ...{ act: office.ids(), system: office.ids(), name: '样例 12345', mayWrite: true },
      places: [office.places.community],
    },
    admin.pass,
  )
  key = ((await made.json()) as KeyAnswer).key ?? ''
})
afterAll(() => desk.office.close())

/** An answer, held against what the description says of this status of this operation. */
async function told(path: string, pattern: string, body?: object, bearer = key): Promise<unknown> {
  const method = body ? 'post' : 'get'
  const response = await desk.office.fetch(`/open311/v2${path}`, {
    ...{ method: method.toUpperCase(), headers: { authorization: `Bearer ${bearer}` } },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const value: unknown = await response.json()
  const at = [pattern, method, 'responses', String(response.status), 'content', 'application/json']
  const pointer = ['paths', ...at, 'schema'].map((part) => part.replaceAll('/', '~1')).join('/')
  const { valid } = await check.validate(`${id}#/${encodeURI(pointer)}`, value)
  expect(valid, `${path} answers ${response.status}: ${JSON.stringify(value)}`).toBe(true)
  return value
}

describe('the description', () => {
  it('is valid, and the page of the docs is it', async () => {
    const { valid } = await check.validate(dialect, structuredClone(open311Document))
    expect(valid).toBe(true)
    const page = new URL('../../../docs/open311.openapi.json', import.meta.url)
    expect(JSON.parse(await readFile(page, 'utf8'))).toEqual(open311Document)
  })

  it('is served where the interface is on, to whoever asks', async () => {
    const response = await desk.office.fetch('/open311/v2/openapi.json')
    expect(await response.json()).toEqual(open311Document)
  })

  it('refuses a document and an answer that are none', async () => {
    const bad = { ...structuredClone(open311Document), paths: { services: 1 } }
    const { valid } = await check.validate(dialect, bad)
    expect(valid).toBe(false)
    const wrong = await check.validate(`${id}#/components/schemas/Request`, { status: 'maybe' })
    expect(wrong.valid).toBe(false)
  })
})

it('says what is answered: services, posts, reports of every kind, and refusals', async () => {
  await told('/services.json', '/services.json')
  await told('/services/other.json', '/services/{service_code}.json')
  await told('/services/none.json', '/services/{service_code}.json')
  const post = { service_code: 'other', outside_number: 'D-1', description: '路灯不亮' }
  await told('/requests.json', '/requests.json', post)
  const [{ service_request_id: number = '' } = {}] = (await told(
    '/requests.json',
    '/requests.json',
    post,
  )) as { service_request_id?: string }[]
  await told(`/requests/${number}.json`, '/requests/{service_request_id}.json')
  const { office, staff } = desk
  const listed = await office.fetch('/api/hotline', { headers: staff.headers })
  const { waiting } = (await listed.json()) as { waiting: { id: string }[] }
  const admit = { act: office.ids(), waiting: waiting[0]?.id, item: null, level: 'ordinary' }
  await office.post('/api/hotline/admit', { ...admit, stream: office.places.grid }, staff.pass)
  const { records } = await staff.pull()
  const request =
    [...records.values()].find(({ fields }) => fields?.['number'] === number)?.id ?? ''
  await desk.does(staff, request, 'accept')
  await desk.does(staff, request, 'dispatch', { unit: desk.unit })
  await desk.unitDoes(request, 'answer', answer)
  await desk.does(staff, request, 'release')
  const reports = (await told('/requests.json', '/requests.json')) as { answers: object[] }[]
  expect(reports[0]?.answers.length).toBe(1)
  await told('/requests.json?page=0', '/requests.json')
  await told('/requests.json', '/requests.json', { description: 1 })
  await told('/requests.json', '/requests.json', { ...post, description: '字'.repeat(50_000) })
  await told('/requests.json', '/requests.json', undefined, 'wuse_wrongwrongwrongwrong')
  await told('/requests/RX-261123-00-99.json', '/requests/{service_request_id}.json')
})
