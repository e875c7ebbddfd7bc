/**
 * Workbooks of places and people: whole or not at all, once, by whom, back again, and on record.
 * Holds `src/server/routes/place-books.ts` and `src/server/db/place-books.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BookLine, PersonLine, PlaceLine } from '#domain/place-book/book.ts'
import type { BookList, BookWritten, OneTimesAnswer, TakenBack } from '#protocol/place-book.ts'
import type { Problem } from '#protocol/problem.ts'
import { verifyAudit } from '#server/db/audit-verify.ts'
import { password as own, problemOf, type Device } from '../office.ts'
import { building } from '../sample.ts'
import { openDesk, type Desk } from './desk.ts'

let desk: Desk
let admin: Device
let staff: Device
beforeAll(async () => {
  desk = await openDesk()
  admin = await desk.office.enter('admin')
  staff = await desk.office.enter('staff')
})
afterAll(() => desk.office.close())

let count = 0
const place = (kind: string, name: string, parent = '', code = ''): PlaceLine => ({
  ...{ of: 'place', sheet: '地方', row: (count += 1), kind, name, parent, code },
})
const person = (name: string, login: string, role: string, places = ''): PersonLine => ({
  ...{ of: 'person', sheet: '人员', row: (count += 1), name, login, role, places },
})

async function send<T>(by: Device, path: string, body: object): Promise<T | Problem> {
  const response = await desk.office.post(`/api/${path}`, body, by.pass)
  if (!response.ok) return (await problemOf(response)) ?? 'server-fault'
  return (await response.json()) as T
}
const write = (by: Device, lines: readonly BookLine[], act = desk.office.ids()) =>
  send<BookWritten>(by, 'place-books/write', { act, lines })
const takeBack = (by: Device, book: string, act = desk.office.ids()) =>
  send<TakenBack>(by, 'place-books/take-back', { act, book })
const oneTime = (by: Device, accounts: readonly string[], act = desk.office.ids()) =>
  send<OneTimesAnswer>(by, 'people/one-time', {
    accounts: accounts.map((account) => ({ account, act })),
  })
async function listBooks(by: Device): Promise<BookList['books']> {
  const response = await desk.office.fetch('/api/place-books', { headers: by.headers })
  return ((await response.json()) as BookList).books
}
async function written(by: Device, lines: readonly BookLine[]) {
  const answer = await write(by, lines)
  if (typeof answer === 'string' || answer.book === null) throw new Error(JSON.stringify(answer))
  const book = (await listBooks(by)).find((one) => one.book === answer.book)
  if (!book) throw new Error('not listed')
  return book
}
const openPlaces = async () => {
  const rows = await desk.office.db
    .selectFrom('record')
    .innerJoin('stream', 'stream.id', 'record.id')
    .select(['record.id', 'record.fields'])
    .where('record.kind', '=', 'place')
    .where('stream.closed_at', 'is', null)
    .execute()
  return new Map(rows.map(({ id, fields }) => [String(fields['name']), { id, fields }]))
}
const signIn = (login: string, password: string, newPassword?: string) =>
  desk.office.post('/api/session', {
    ...{ login, password, newPassword, device: desk.office.ids(), deviceName: 'test' },
    protocol: 3,
  })

describe('a workbook', () => {
  it('is written whole: places with their streams and order, accounts that open nothing yet', async () => {
    const lines = [
      person('样例甲', 'book.w1', '网格员', '书社区/第一格'),
      place('微网格', '小格', '第一格'),
      place('网格', '第一格', '书社区'),
      place('网格', '第二格', '书社区'),
      place('社区', '书社区', '', '330111001099'),
      place('承办单位', '书城管'),
      person('样例乙', 'book.c1', '社区工作人员', '书社区'),
      person('样例丙', 'book.w2', '网格员', '样例社区第一网格'),
    ]
    const { subdistrict, grid } = desk.office.places
    const before = (await admin.pull()).cursors
    const book = await written(admin, lines)
    expect(book).toMatchObject({ by: admin.account, takenBackAt: null })
    expect([book.places.length, book.accounts.length]).toEqual([5, 3])
    const open = await openPlaces()
    const community = open.get('书社区')
    expect(community?.fields).toMatchObject({
      ...{ placeKind: 'community', parent: subdistrict, code: '330111001099' },
    })
    expect(open.get('第二格')?.fields).toMatchObject({ parent: community?.id, order: 1 })
    expect(open.get('小格')?.fields).toMatchObject({ parent: open.get('第一格')?.id })
    const pull = await admin.pull(before)
    for (const id of book.places) expect(pull.records.get(id)).toMatchObject({ stream: id })
    const { accounts } = await desk.list(admin)
    expect(accounts.find(({ login }) => login === 'book.w1')).toMatchObject({
      ...{ name: '样例甲', role: 'worker', places: [open.get('第一格')?.id], kept: true },
    })
    expect(accounts.find(({ login }) => login === 'book.w2')?.places).toEqual([grid])
    expect(await problemOf(await signIn('book.w1', own))).toBe('wrong-password')
    // Buildings go into what was made, by whoever sees it.
    const block = admin.create(
      open.get('小格')?.id ?? '',
      'building',
      desk.office.ids(),
      building(),
    )
    expect((await admin.pushed([block])).receipts[0]).toMatchObject({ ok: true })
  })

  it('is written once, however often it is asked for', async () => {
    const act = desk.office.ids()
    const lines = [place('社区', '一次社区'), person('样例', 'once', '社工', '一次社区')]
    const both = await Promise.all([write(admin, lines, act), write(admin, lines, act)])
    expect(both).toEqual([
      { ok: true, book: act, verdicts: [] },
      { ok: true, book: act, verdicts: [] },
    ])
    expect(await write(admin, lines, act)).toEqual(both[0])
    expect((await listBooks(admin)).filter(({ book }) => book === act).length).toBe(1)
    // The same id for something else is no repetition.
    expect(await write(admin, [place('社区', '别的')], act)).toBe('malformed')
    // Meant once more it is told row by row that it is there.
    expect(await write(admin, lines)).toMatchObject({
      book: null,
      verdicts: [{ state: 'there' }, { state: 'there' }],
    })
  })

  it('with one wrong row makes nothing, and says which', async () => {
    const before = (await openPlaces()).size
    const lines = [
      place('社区', '半个社区'),
      place('网格', '好网格', '半个社区'),
      place('网格', '坏网格', '好网格'),
      person('样例', 'worker', '网格员', '半个社区/好网格'),
    ]
    expect(await write(admin, lines)).toMatchObject({
      book: null,
      verdicts: [
        { state: 'new' },
        { state: 'new' },
        { state: 'wrong', problem: { code: 'misplaced', kind: 'grid', above: 'grid' } },
        { state: 'wrong', problem: { code: 'login-taken' } },
      ],
    })
    expect((await openPlaces()).size).toBe(before)
  })

  it('of two at once that make the same is written once', async () => {
    const second = await desk.office.enter('admin')
    const lines = [place('社区', '同时社区'), person('样例', 'same.time', '社工', '同时社区')]
    const answers = await Promise.all([write(admin, lines), write(second, lines)])
    const books = answers.map((answer) => (typeof answer === 'string' ? answer : answer.book))
    expect(books.filter((book) => book !== null).length).toBe(1)
  })

  it('of nothing, of too much and of nonsense is refused', async () => {
    const many = Array.from({ length: 5_001 }, (_, at) => place('社区', `多${at}`))
    for (const lines of [
      [],
      [{ of: 'galaxy' }],
      [{ ...place('社区', 'x'), name: 'x'.repeat(201) }],
      [{ ...place('社区', 'x'), row: 0 }],
      many,
    ]) {
      expect(await write(admin, lines as BookLine[])).toBe('malformed')
    }
    expect(await takeBack(admin, desk.office.ids())).toBe('not-found')
    expect(await send(admin, 'people/one-time', { accounts: [] })).toBe('malformed')
  })
})

describe('authority', () => {
  it('lets a clerk make grids and workers of the own community, and nothing else', async () => {
    const lines = [place('网格', '办事网格'), person('样例', 'clerk.w1', '网格员', '办事网格')]
    const book = await written(staff, lines)
    expect((await openPlaces()).get('办事网格')?.fields).toMatchObject({
      parent: desk.office.places.community,
    })
    const beyond = [
      place('社区', '办事社区'),
      place('网格', '远网格', '样例村'),
      person('样例', 'clerk.c1', '社工', '样例社区'),
    ]
    expect(await write(staff, beyond)).toMatchObject({
      book: null,
      verdicts: [
        { problem: { code: 'not-yours' } },
        { problem: { code: 'unknown' } },
        { problem: { code: 'not-yours' } },
      ],
    })
    expect((await listBooks(staff)).map((one) => one.book)).toEqual([book.book])
    // What an administrator wrote is not a clerk's to take back; the other way round it is.
    const above = await written(admin, [place('网格', '上级网格', '样例社区')])
    expect(await takeBack(staff, above.book)).toBe('not-found')
    expect(await takeBack(admin, book.book)).toEqual({ ok: true, standing: null })
  })

  it.each(['worker', 'handler', 'auditor'])('gives a %s none of it', async (login) => {
    const by = await desk.office.enter(login)
    expect(await write(by, [place('社区', '没有社区')])).toBe('not-allowed')
    expect(await takeBack(by, desk.office.ids())).toBe('not-allowed')
    expect(await oneTime(by, [admin.account])).toBe('not-allowed')
  })
})

describe('one-time passwords', () => {
  it('come for those who have not signed in, open once with a new one, and are another set each time', async () => {
    const book = await written(admin, [
      place('社区', '密码社区'),
      person('样例甲', 'slip.a', '社工', '密码社区'),
      person('样例乙', 'slip.b', '社工', '密码社区'),
    ])
    const given = await oneTime(admin, book.accounts)
    if (typeof given === 'string') throw new Error(given)
    // One id for two accounts is no act of each: the second is left out.
    expect(given.passwords.length).toBe(1)
    const each = book.accounts.map((account) => ({ account, act: desk.office.ids() }))
    const all = await send<OneTimesAnswer>(admin, 'people/one-time', { accounts: each })
    if (typeof all === 'string') throw new Error(all)
    expect(all.passwords.map(({ account }) => account)).toEqual(book.accounts)
    const [first] = all.passwords
    expect(await problemOf(await signIn('slip.a', first?.password ?? ''))).toBe(
      'new-password-needed',
    )
    expect((await signIn('slip.a', first?.password ?? '', 'seven herons cross the lake')).ok).toBe(
      true,
    )
    // Whoever has a password of their own keeps it.
    const later = book.accounts.map((account) => ({ account, act: desk.office.ids() }))
    const rest = await send<OneTimesAnswer>(admin, 'people/one-time', { accounts: later })
    expect(rest).toMatchObject({ passwords: [{ account: book.accounts[1] }] })
    expect(await takeBack(admin, book.book)).toMatchObject({
      standing: { what: 'signed-in', name: '样例甲' },
    })
  })

  it('of others are nobody’s to give', async () => {
    const { accounts } = desk.office
    const answer = await oneTime(staff, [accounts['stranger']?.id ?? '', desk.office.ids()])
    expect(answer).toMatchObject({ passwords: [] })
  })
})

describe('taken back', () => {
  const lines = () => [
    place('社区', '退社区'),
    place('网格', '退网格', '退社区'),
    person('样例', 'back.w1', '网格员', '退社区/退网格'),
    person('样例二', 'back.w2', '网格员', '退社区/退网格；样例社区/第一网格'),
  ]

  it('leaves nothing behind, and can be given again', async () => {
    const book = await written(admin, lines())
    const act = desk.office.ids()
    expect(await takeBack(admin, book.book, act)).toEqual({ ok: true, standing: null })
    expect(await takeBack(admin, book.book, act)).toEqual({ ok: true, standing: null })
    expect(await takeBack(admin, book.book)).toBe('place-closed')
    expect((await openPlaces()).has('退社区')).toBe(false)
    const { accounts } = await desk.list(admin)
    expect(accounts.some(({ login }) => login.startsWith('back.'))).toBe(false)
    const pull = await admin.pull()
    for (const id of book.places) {
      expect(pull.records.get(id)?.fields).toMatchObject({ closed: true, withdrawn: true })
    }
    expect(
      (await listBooks(admin)).find((one) => one.book === book.book)?.takenBackAt,
    ).not.toBeNull()
    const again = await written(admin, lines())
    expect(again.book).not.toBe(book.book)
    expect(await takeBack(admin, again.book)).toEqual({ ok: true, standing: null })
  })

  it('also without anybody in it', async () => {
    const book = await written(admin, [place('社区', '无人社区')])
    expect(await takeBack(admin, book.book)).toEqual({ ok: true, standing: null })
  })

  it('not while something stands in it, and says what', async () => {
    const book = await written(admin, lines())
    const open = await openPlaces()
    const [community = '', grid = ''] = ['退社区', '退网格'].map((name) => open.get(name)?.id ?? '')
    const block = admin.create(grid, 'building', desk.office.ids(), building())
    await admin.pushed([block])
    const standing = async () => {
      const answer = await takeBack(admin, book.book)
      return typeof answer === 'string' ? answer : answer.standing
    }
    expect(await standing()).toEqual({ what: 'record', name: '退网格' })
    const gone = admin.mutation({
      stream: grid,
      kind: 'building',
      record: block.record,
      op: 'remove',
      seen: 2,
    })
    await admin.pushed([gone])
    const more = { place: desk.office.ids(), parent: community, placeKind: 'grid', name: '后来' }
    expect(await desk.act(admin, 'places/add', more)).toBe(null)
    expect(await standing()).toEqual({ what: 'place', name: '退社区' })
    expect(await desk.act(admin, 'places/close', { place: more.place })).toBe(null)
    const late = { account: desk.office.ids(), login: 'back.late', name: '后来人', role: 'staff' }
    expect(await desk.act(admin, 'people/make', { ...late, places: [community] })).toBe(null)
    expect(await standing()).toEqual({ what: 'person', name: '退社区' })
    expect(await desk.act(admin, 'people/close', { account: late.account })).toBe(null)
    expect(await standing()).toBe(null)
  })
})

describe('taken back by somebody else', () => {
  const change = async (account: string | undefined, to: object) => {
    const { accounts } = await desk.list(admin)
    const found = accounts.find(({ id }) => id === account)
    const { name, role, places } = found ?? { name: '', role: 'worker', places: [] }
    const before = { name, role, places }
    return desk.act(admin, 'people/change', { account, ...before, ...to, before })
  }
  const logins = async () => (await desk.list(admin)).accounts.map(({ login }) => login)

  it('not an account whose new role the clerk may not keep', async () => {
    const { community } = desk.office.places
    const book = await written(staff, [
      place('网格', '升职的网格'),
      person('样例', 'book.risen', '网格员', '升职的网格'),
    ])
    const risen = { role: 'staff', places: [community] }
    expect(await change(book.accounts[0], risen)).toBe(null)
    expect(await takeBack(staff, book.book)).toBe('not-allowed')
    expect(await logins()).toContain('book.risen')
    expect(await takeBack(admin, book.book)).toEqual({ ok: true, standing: null })
  })

  it('not an account that works elsewhere meanwhile', async () => {
    const book = await written(staff, [
      place('网格', '借来的网格'),
      person('样例', 'book.lent', '网格员', '借来的网格'),
    ])
    expect(await change(book.accounts[0], { places: [desk.office.places.farGrid] })).toBe(null)
    expect(await takeBack(staff, book.book)).toBe('not-allowed')
    expect(await logins()).toContain('book.lent')
  })
})

it('is on record: who made and took back what, in a log that holds', async () => {
  const acts = await desk.office.db
    .selectFrom('act')
    .select(['act', 'details'])
    .where('act', 'in', ['places-made', 'places-taken-back'])
    .execute()
  expect(new Set(acts.map(({ act }) => act)).size).toBe(2)
  const entries = await desk.office.db
    .selectFrom('audit')
    .select(['act', 'facts'])
    .where('account', '=', admin.account)
    .execute()
  const did = entries.map(({ facts }) => facts['did'])
  expect(did).toContain('places-made')
  expect(did).toContain('places-taken-back')
  // No password and no name of anybody.
  expect(JSON.stringify([acts, entries])).not.toMatch(/样例甲|back\.w1|argon/)
  expect(await verifyAudit(desk.office.db)).toMatchObject({ fault: null, faults: [] })
})

it('writes 5,000 rows, and takes them back', async () => {
  const communities = Array.from({ length: 50 }, (_, at) => place('社区', `千社区${at}`))
  const grids = Array.from({ length: 2_500 }, (_, at) =>
    place('网格', `第${at}格`, `千社区${at % 50}`),
  )
  const people = Array.from({ length: 2_450 }, (_, at) =>
    person(`样例${at}`, `many.${at}`, '网格员', `千社区${at % 50}/第${at}格`),
  )
  const start = performance.now()
  const book = await written(admin, [...people, ...grids, ...communities])
  const middle = performance.now()
  expect([book.places.length, book.accounts.length]).toEqual([2_550, 2_450])
  expect(await takeBack(admin, book.book)).toEqual({ ok: true, standing: null })
  const end = performance.now()
  if (process.env['WUSE_SAY']) {
    console.log(`5,000 rows: written ${middle - start} ms, taken back ${end - middle} ms`)
  }
}, 120_000)
