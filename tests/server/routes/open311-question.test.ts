/** Small parts of the routes, without a database: questions read, calls allowed, mutations named, lines written, cookies kept apart. */
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { maxMutationBytes } from '#protocol/mutation.ts'
import { deviceHeader } from '#protocol/session.ts'
import { createAllowance } from '#server/routes/allowance.ts'
import type { Env, Office } from '#server/routes/context.ts'
import { createLog } from '#server/routes/log.ts'
import { readQuestion } from '#server/routes/open311-question.ts'
import { readMutations } from '#server/routes/read-mutations.ts'
import {
  askedBy,
  dropCookie,
  isOfDevice,
  putCookie,
  readBearer,
  readCookie,
} from '#server/routes/session-cookie.ts'
import { hashOf } from '#server/routes/token-hash.ts'

const now = Date.UTC(2026, 10, 23, 6, 32)
const id = (number: number) => `0190f5c6-0000-7000-8000-${String(number).padStart(12, '0')}`

describe('a question of an outside system', () => {
  it('is of the last ninety days where it names nothing, and of all where it names a number or a moment', () => {
    expect(readQuestion({}, now)).toMatchObject({
      from: '2026-08-25T06:32:00.000Z',
      limit: 100,
      offset: 0,
    })
    expect(readQuestion({ service_request_id: 'JJQ-261123-07-01' }, now)).toMatchObject({
      ...{ numbers: ['JJQ-261123-07-01'], from: undefined },
    })
    expect(readQuestion({ updated_after: '2026-11-01T00:00:00Z' }, now)).toMatchObject({
      ...{ after: '2026-11-01T00:00:00.000Z', from: undefined },
    })
  })

  it('hears a plus that came as a blank, and several states', () => {
    expect(
      readQuestion({ start_date: '2026-11-01T08:00:00 08:00', status: 'open, closed' }, now),
    ).toMatchObject({
      ...{ from: '2026-11-01T00:00:00.000Z', status: ['open', 'closed'] },
    })
  })

  it('turns to its page', () => {
    expect(readQuestion({ page: '3', page_size: '20' }, now)).toMatchObject({
      limit: 20,
      offset: 40,
    })
  })

  it.each([
    ['service_request_id', 'no number'],
    ['service_code', 'a code/'],
    ['status', 'open,half'],
    ['start_date', '2026-13-01T00:00:00Z'],
    ['end_date', 'yesterday'],
    ['page', '0'],
    ['page_size', '101'],
    ['page_size', '1e2'],
  ])('says which of its parameters it cannot read: %s', (field, value) => {
    expect(readQuestion({ [field]: value }, now)).toEqual({ field })
  })
})

it('an outside system calls three hundred times, then five times a second, and is told how long to wait', () => {
  const clock = { at: 0, now: () => clock.at }
  const allowance = createAllowance(clock, { most: 300, aSecond: 5 })
  const calls = (count: number) => Array.from({ length: count }, () => allowance.take('one'))
  expect(new Set(calls(300))).toEqual(new Set([0]))
  expect(allowance.take('one')).toBe(1)
  expect(allowance.take('other')).toBe(0)
  clock.at = 1_000
  expect(calls(6)).toEqual([0, 0, 0, 0, 0, 1])
  // A clock that is put back gives nothing for the time that comes twice.
  clock.at = 0
  expect(allowance.take('one')).toBe(1)
})

describe('the mutations of a push', () => {
  const device = id(90)
  const whole = {
    ...{ id: id(1), device, seq: 1, at: '2026-11-23T06:32:00.000Z', batch: null, stream: id(2) },
    ...{ kind: 'visit', record: id(3), op: 'create', fields: {}, seen: 0 },
  }
  const read = (raw: unknown) => readMutations([raw], device)

  it('are read one by one: one that cannot be read is refused alone', () => {
    const [first, second] = readMutations(
      [whole, { ...whole, id: id(5), seq: 2, op: 'burn' }],
      device,
    )
    expect(first).toMatchObject({ mutation: { id: id(1) } })
    expect(second).toMatchObject({ id: id(5), seq: 2, problem: 'malformed' })
  })

  it('that cannot even be named are a hole, at which the push stops', () => {
    for (const raw of [null, 'x', {}, { ...whole, seq: 0 }, { ...whole, id: 'no id' }]) {
      expect(read(raw)).toEqual([])
    }
  })

  it('are told apart: too large, of another device, of a kind that a newer app knows', () => {
    const large = { ...whole, fields: { note: 'x'.repeat(maxMutationBytes) } }
    expect(read(large)).toMatchObject([{ problem: 'too-large' }])
    expect(read({ ...whole, device: id(91) })).toMatchObject([{ problem: 'not-allowed' }])
    expect(read({ ...whole, kind: 'of-tomorrow' })).toMatchObject([{ problem: 'unknown-kind' }])
    expect(read({ ...whole, batch: id(7), op: 'burn' })).toMatchObject([{ batch: id(7) }])
    expect(read({ ...whole, fields: { note: 'a\u0000b' } })).toMatchObject([
      { problem: 'malformed' },
    ])
  })
})

it('a line of the log is one line of JSON with its moment', () => {
  const lines: string[] = []
  createLog((line) => lines.push(line), { now: () => now }).write('request', {
    route: '/api/x',
    status: 200,
  })
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { at: '2026-11-23T06:32:00.000Z', event: 'request', route: '/api/x', status: 200 },
  ])
  expect(lines[0]).not.toContain('\n')
})

describe('whose session a request goes by', () => {
  const [mine, theirs] = [id(90), id(91)]
  const of = async (secureCookies: boolean, headers: Record<string, string>, query = '') => {
    const office = { secureCookies } as unknown as Office
    const app = new Hono<Env>()
    app.get('/', (context) => {
      putCookie(office, context, mine.toUpperCase(), 'fresh', 60_000)
      if (query === '?drop') dropCookie(office, context, theirs)
      return context.json({
        cookie: readCookie(office, context),
        bearer: readBearer(context),
        asked: askedBy(context, { bearer: 'token' }),
        isMine: isOfDevice(context, { device: mine }),
      })
    })
    const response = await app.request(`http://office.test/${query}`, { headers })
    return {
      told: (await response.json()) as Record<string, unknown>,
      set: response.headers.getSetCookie(),
    }
  }

  it('is that of its device, of several on one tablet', async () => {
    const cookie = `wuse-${mine}=one; wuse-${theirs}=two`
    expect((await of(false, { cookie, [deviceHeader]: theirs.toUpperCase() })).told['cookie']).toBe(
      'two',
    )
    expect((await of(false, { cookie })).told['cookie']).toBeNull()
    expect((await of(false, { cookie: `wuse-${mine}=one` })).told['cookie']).toBe('one')
    expect((await of(false, { cookie: 'wuse=old', [deviceHeader]: mine })).told['cookie']).toBe(
      'old',
    )
  })

  it('is no cookie of the other kind: over HTTPS its name says that nobody else could have set it', async () => {
    const { told, set } = await of(true, { cookie: `wuse-${mine}=one` })
    expect(told['cookie']).toBeNull()
    expect(set[0]).toMatch(new RegExp(`^__Host-wuse-${mine}=fresh;`))
    expect(set[0]).toMatch(/HttpOnly/)
    expect(set[0]).toMatch(/Secure/)
    expect(set[0]).toMatch(/SameSite=Strict/)
    expect((await of(false, {}, '?drop')).set.join()).toContain(`wuse-${theirs}=; Max-Age=0`)
  })

  it('is read from its header only where that could be one, and looked for by its hash', async () => {
    const pass = 'a'.repeat(43)
    expect((await of(false, { authorization: `Bearer ${pass}` })).told['bearer']).toBe(pass)
    for (const authorization of ['Bearer short', `Basic ${pass}`, `Bearer ${pass} ${pass}`]) {
      expect((await of(false, { authorization })).told['bearer'], authorization).toBeNull()
    }
    const { told } = await of(false, { [deviceHeader]: 'no id' })
    expect(told['asked']).toEqual({ hash: hashOf('token'), device: null })
    expect(told['isMine']).toBe(false)
    expect((await of(false, {}, `?device=${mine}`)).told['isMine']).toBe(true)
  })
})
