import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Intent } from '#app/acts/intent.ts'
import { until, type Tab } from '#tests/support/device.ts'
import { openOffice, password, type Device, type Office } from '../office.ts'
import { resident, settle, visit, type Home } from '../sample.ts'
import { begin, createServedTablet, isUpToDate, nameOf, pin, signInHere } from './tablets.ts'

let office: Office
let grid: string
let staff: Device
let home: Home
let opened: { end(): void; tabs: Tab[] }[]

beforeAll(async () => {
  office = await openOffice()
  grid = office.places.grid
  staff = await office.signIn('staff')
})
afterAll(() => office.close())
beforeEach(async () => {
  home = await settle(staff, await office.signIn('colleague'), grid, office.ids)
  opened = []
})
afterEach(() => {
  for (const { end, tabs } of opened) {
    for (const tab of tabs) tab.close()
    end()
  }
})

async function started(login = 'worker') {
  const tablet = createServedTablet(office)
  const tab = await begin(tablet, login)
  opened.push({ end: tablet.end, tabs: [tab] })
  return { tablet, tab, clock: tablet.clock }
}
const rename = (name: string): Intent => ({
  op: 'patch',
  kind: 'resident',
  record: home.resident,
  fields: { name },
})
const saved = async (tab: Tab, ...intents: Intent[]) => {
  const outcome = await tab.app.work.save(intents)
  if (!outcome.ok) throw new Error(outcome.problem)
  return outcome.saved
}
const onServer = async (id: string) =>
  office.db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirst()
const changesOf = (id: string) =>
  office.db.selectFrom('change').selectAll().where('record', '=', id).orderBy('version').execute()

test('signs in, pulls, saves, pushes; a colleague’s tablet shows it by a poke', async () => {
  const mine = await started()
  const theirs = await started('colleague')
  expect(nameOf(mine.tab, home.resident)).toBe('样例甲')
  await saved(mine.tab, rename('样例乙'))
  expect(nameOf(mine.tab, home.resident)).toBe('样例乙')
  await until(() => isUpToDate(mine.tab) && nameOf(theirs.tab, home.resident) === '样例乙')
  expect((await onServer(home.resident))?.fields).toMatchObject({ name: '样例乙' })
  expect(mine.tablet.faults).toEqual([])
})

test('an edit during its own upload goes after it; the screen never shows an older value again', async () => {
  const { tablet, tab } = await started()
  const theirs = await started('colleague')
  const release = tablet.network.holdNextAnswer('/api/push')
  await saved(tab, rename('样例乙'))
  // The office has it, and its answer is not here yet.
  await until(() => nameOf(theirs.tab, home.resident) === '样例乙')
  const shown: unknown[] = []
  tab.app.register.subscribe(() => shown.push(nameOf(tab, home.resident)))
  await saved(tab, rename('样例丙'))
  release()
  await until(() => isUpToDate(tab) && nameOf(theirs.tab, home.resident) === '样例丙')
  expect(new Set(shown)).toEqual(new Set(['样例丙']))
  const patches = (await changesOf(home.resident)).filter(({ op }) => op === 'patch')
  expect(patches.map(({ fields }) => fields['name'])).toEqual([
    ['样例甲', '样例乙'],
    ['样例乙', '样例丙'],
  ])
})

test('a day offline with a crash in it: every edit arrives once, with its own time', async () => {
  const { tablet, tab, clock } = await started()
  tablet.network.disconnect()
  for (let count = 0; count < 10; count++) {
    await saved(tab, rename(`样例${count}`))
    clock.advance(1000)
  }
  tab.crash()
  const again = await tablet.open()
  opened.push({ end: tablet.end, tabs: [again] })
  await again.app.sessionActs.unlock(pin)
  expect(again.app.sync.getState().unsent).toHaveLength(10)
  tablet.network.connect()
  await until(() => isUpToDate(again))
  const patches = (await changesOf(home.resident)).filter(({ op }) => op === 'patch')
  expect(patches).toHaveLength(10)
  expect(new Set(patches.map(({ at }) => new Date(at).getTime())).size).toBe(10)
  expect(nameOf(again, home.resident)).toBe('样例9')
})

test('an answer lost after the server committed doubles nothing', async () => {
  const { tablet, tab, clock } = await started()
  tablet.network.loseNextAnswer('/api/push')
  const id = tab.app.work.newId()
  const fields = resident(home.household, { name: '样例丙' })
  await saved(tab, { op: 'create', kind: 'resident', record: id, stream: grid, fields })
  await until(() => tab.app.sync.getState().problem === 'offline')
  clock.advance(5000)
  await until(() => isUpToDate(tab))
  expect(await changesOf(id)).toHaveLength(1)
})

test('a refused one waits for its mending and holds up nobody', async () => {
  const { tab } = await started()
  const good = tab.app.work.newId()
  const bad = tab.app.work.newId()
  const create = (record: string, fields: object): Intent => ({
    op: 'create',
    kind: 'resident',
    record,
    stream: grid,
    fields: fields as never,
  })
  await saved(tab, create(bad, resident(home.household, { name: 'x'.repeat(60) })))
  await saved(tab, create(good, resident(home.household)))
  await until(() => tab.app.sync.getState().phase === 'attention')
  await until(() => tab.app.sync.getState().unsent.length === 1)
  const [item] = tab.app.sync.getState().unsent
  expect(item).toMatchObject({
    state: 'refused',
    problem: 'invalid-fields',
    fields: [{ field: 'name', problem: 'too-long' }],
  })
  expect(await onServer(good)).toBeDefined()
  await tab.app.syncActs.mend(item?.mutation.id ?? '', () => resident(home.household))
  await until(() => isUpToDate(tab))
  expect(await onServer(bad)).toBeDefined()
})

test('a mutation that no body limit lets through is set aside alone', async () => {
  const { tab } = await started()
  await saved(tab, { ...rename('样例丁'), fields: { extra: 'x'.repeat(70_000) } } as Intent)
  await saved(tab, rename('样例戊'))
  await until(() => nameOf(tab, home.resident) === '样例戊')
  await until(() => tab.app.sync.getState().unsent[0]?.problem === 'too-large')
  await until(() => tab.app.sync.getState().unsent.length === 1)
  expect((await onServer(home.resident))?.fields).toMatchObject({ name: '样例戊' })
})

test('undo takes back a patch, a new resident and a visit', async () => {
  const { tab, clock } = await started()
  const newcomer = tab.app.work.newId()
  const seen = tab.app.work.newId()
  const at = new Date(clock.now()).toISOString()
  const undone = [
    await saved(tab, rename('样例己')),
    await saved(tab, {
      op: 'create',
      kind: 'resident',
      record: newcomer,
      stream: grid,
      fields: resident(home.household),
    }),
    await saved(tab, {
      op: 'create',
      kind: 'visit',
      record: seen,
      stream: grid,
      fields: visit(home.household, at) as never,
    }),
  ]
  await until(() => isUpToDate(tab))
  for (const one of undone) await one.undo()
  await until(() => isUpToDate(tab))
  expect(nameOf(tab, home.resident)).toBe('样例甲')
  expect((await onServer(home.resident))?.fields).toMatchObject({ name: '样例甲' })
  expect((await onServer(newcomer))?.removed).toBe(true)
  expect((await onServer(seen))?.removed).toBe(true)
  expect(tab.app.register.visits(home.household)).toEqual([])
})

test('a session that expired without a signal keeps the work; signing in again sends it', async () => {
  const { tablet, tab } = await started()
  tablet.network.disconnect()
  await saved(tab, rename('样例庚'))
  await office.db
    .updateTable('session')
    .set({ expires_at: new Date(office.clock.now() - 1) })
    .execute()
  staff = await office.signIn('staff')
  tablet.network.connect()
  await until(() => tab.app.sync.getState().problem !== null)
  expect(['session-ended', 'not-signed-in']).toContain(tab.app.sync.getState().problem)
  expect(await tab.app.syncActs.signInAgain(password)).toBeNull()
  await until(() => isUpToDate(tab))
  expect((await onServer(home.resident))?.fields).toMatchObject({ name: '样例庚' })
})

test('two accounts on one tablet: each one’s work goes under its own name', async () => {
  const { tablet, tab } = await started()
  tablet.network.disconnect()
  await saved(tab, rename('样例辛'))
  tablet.network.connect()
  tablet.network.failNextPushes(1000, 503)
  tab.app.sessionActs.switchTo(null)
  tablet.network.failNextPushes(0, 503)
  await signInHere(tab, 'colleague', '975318')
  expect(nameOf(tab, home.resident)).toBe('样例甲')
  const worker = office.accounts['worker']?.id ?? ''
  tab.app.sessionActs.switchTo(worker)
  await tab.app.sessionActs.unlock(pin)
  // Each account has a session of its own: nobody has to sign in again.
  await until(() => isUpToDate(tab))
  expect((await changesOf(home.resident)).at(-1)).toMatchObject({ account: worker })
})

test('a forgotten PIN costs no unsent work', async () => {
  const { tablet, tab } = await started()
  tablet.network.failNextPushes(1000, 503)
  await saved(tab, rename('样例壬'))
  tab.app.sessionActs.switchTo(null)
  await tab.app.sessionActs.signIn('worker', password)
  await tab.app.sessionActs.choosePin('864213')
  tablet.network.failNextPushes(0, 503)
  tab.app.syncActs.syncNow()
  await until(() => isUpToDate(tab))
  expect((await onServer(home.resident))?.fields).toMatchObject({ name: '样例壬' })
})

test('a grid that was lost is purged after its work was delivered', async () => {
  const { tablet, tab, clock } = await started('stranger')
  const far = office.places.farGrid
  const account = office.accounts['stranger']?.id ?? ''
  const other = await settle(
    await office.signIn('admin'),
    await office.signIn('stranger'),
    far,
    office.ids,
  )
  tab.app.syncActs.syncNow()
  await until(() => nameOf(tab, other.resident) !== undefined)
  tablet.network.disconnect()
  await saved(tab, {
    op: 'patch',
    kind: 'resident',
    record: other.resident,
    fields: { name: '样例癸' },
  })
  await office.db
    .updateTable('account_place')
    .set({ place: grid })
    .where('account', '=', account)
    .execute()
  tablet.network.connect()
  clock.advance(1000)
  await until(() => nameOf(tab, home.resident) !== undefined)
  await until(() => tab.app.sync.getState().phase === 'attention')
  expect(tab.app.sync.getState().unsent).toMatchObject([{ problem: 'stream-not-yours' }])
  await until(() => tab.app.register.get('household', other.household) === undefined)
  await office.db
    .updateTable('account_place')
    .set({ place: far })
    .where('account', '=', account)
    .execute()
})

test('a reveal is on the server’s record and on no device', async () => {
  const { tab } = await started()
  expect(await tab.app.work.reveal(home.resident, 'documentNumber', 'verify')).toBe('logged')
  await until(() => isUpToDate(tab))
  await until(() => [...tab.app.register.all('reveal')].length === 0)
  const kept = await office.db
    .selectFrom('record')
    .select('fields')
    .where('kind', '=', 'reveal')
    .execute()
  expect(kept.map(({ fields }) => fields)).toContainEqual(
    expect.objectContaining({ subject: home.resident, purpose: 'verify' }),
  )
})
