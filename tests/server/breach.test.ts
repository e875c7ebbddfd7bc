/** A device is lost: whoever is told is exactly who was on it, and who came later or left before is not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { breachNotice, breachRow, countPeople } from '#domain/breach.ts'
import { dayAt } from '#domain/day.ts'
import { defaultPolicy } from '#domain/policy-in-force.ts'
import { readBreach } from '#server/db/breach.ts'
import { revokeDevice } from '#server/db/devices.ts'
import { dayMs, openOffice, type Device, type Office } from './office.ts'
import { resident, settle, type Home } from './sample.ts'

let office: Office
let lost: Device
let other: Home
/** From the wire, as the device got it: residents by id. */
let onDevice: string[]
let since: Date
const years = [3, 9, 13, 14, 16, 17, 18, 30, 45, 81]

const today = () => dayAt(office.clock.now())
const read = (device: string, from = since) => readBreach(office.db, device, from, today())
const idsOf = (breach: Awaited<ReturnType<typeof read>>) =>
  breach?.people.map(({ id }) => id).sort()

beforeAll(async () => {
  office = await openOffice()
  const { grid, farGrid } = office.places
  const staff = await office.enter('staff')
  const admin = await office.enter('admin')
  const worker = await office.enter('colleague')
  const stranger = await office.enter('stranger')
  const home = await settle(staff, worker, grid, office.ids)
  other = await settle(admin, stranger, farGrid, office.ids)
  const add = (author: Device, to: Home, stream: string, births: readonly string[]) =>
    author.pushed(
      births.map((birth, n) =>
        author.create(
          stream,
          'resident',
          office.ids(),
          resident(to.household, {
            ...{ birth, name: `样例${n}`, phones: ['057100000000'] },
            ...(birth > '2012-11-23'
              ? { guardianName: '样例母', guardianPhone: '057100000001' }
              : {}),
          }),
        ),
      ),
    )
  await add(
    worker,
    home,
    grid,
    years.map((age) => `${2026 - age}-06-01`),
  )
  await add(stranger, other, farGrid, ['2015-01-01', '1990-01-01'])
  // Taken back before anything was lost, and before the device fetched for the first time.
  const mistake = office.ids()
  await worker.pushed([worker.create(grid, 'resident', mistake, resident(home.household))])
  await worker.pushed([
    worker.mutation({ stream: grid, kind: 'resident', record: mistake, op: 'remove', seen: 0 }),
  ])
  office.clock.at += dayMs
  lost = await office.enter('worker')
  const pull = await lost.pull()
  onDevice = [...pull.records.values()]
    .filter(({ kind, removed }) => kind === 'resident' && !removed)
    .map(({ id }) => id)
    .sort()
  office.clock.at += dayMs
  since = new Date(office.clock.now())
  office.clock.at += dayMs
  await revokeDevice(office.db, lost.id, new Date(office.clock.now()))
  // Registered after it could fetch no more.
  office.clock.at += dayMs
  await add(worker, home, grid, ['2020-01-01', '1970-01-01'])
})
afterAll(() => office.close())

describe('who was on a lost device', () => {
  it('is exactly who the device had fetched, minors apart', async () => {
    const breach = await read(lost.id)
    expect(onDevice).toHaveLength(years.length + 1)
    expect(idsOf(breach)).toEqual(onDevice)
    const people = breach?.people ?? []
    expect(countPeople(people)).toEqual({
      ...{ people: onDevice.length, under14: 3, under18: 3, ageUnknown: 0 },
    })
    expect(breach).toMatchObject({ purged: 0, landlords: 0, askers: 0 })
    expect(breach?.places.map(({ id }) => id)).toContain(office.places.grid)
    expect(breach?.places.map(({ id }) => id)).not.toContain(office.places.farGrid)
  })

  it('tells a guardian of a child, and names no identity number', async () => {
    const breach = await read(lost.id)
    const child = breach?.people.find(({ group }) => group === 'under-14')
    if (!child) throw new Error('no child')
    expect(breachRow(child)).toEqual([
      ...[child.name, '监护人', '未满14周岁', '057100000000', '样例母', '057100000001'],
      ...['样例苑3幢1单元301室', '在住'],
    ])
  })

  it('has whoever went elsewhere since, and counts who was taken back', async () => {
    const admin = await office.enter('admin')
    const held = await admin.pull()
    const [first, second] = onDevice.flatMap((id) => held.records.get(id) ?? [])
    if (!first || !second) throw new Error('nobody there')
    const { receipts } = await admin.pushed([
      admin.mutation({
        ...{ stream: first.stream, kind: 'resident', record: first.id, op: 'patch' },
        ...{ fields: { household: other.household }, seen: first.version },
        to: office.places.farGrid,
      }),
    ])
    expect(receipts).toMatchObject([{ ok: true }])
    const breach = await read(lost.id)
    expect(idsOf(breach)).toEqual(onDevice)
  })

  it('is nobody on a device that never fetched, and none where there is no device', async () => {
    const fresh = await office.enter('worker')
    expect(await read(fresh.id)).toMatchObject({ lastPull: null, people: [] })
    expect(await read(office.ids())).toBeNull()
  })

  it('is nobody on an auditor’s', async () => {
    const auditor = await office.enter('auditor')
    await auditor.pull()
    expect(await read(auditor.id)).toMatchObject({ people: [] })
  })
})

it('drafts a notice with the three contents, and what nobody can know as a blank', async () => {
  const breach = await read(lost.id)
  const story = { fields: breach?.fields ?? [], since: '2026-11-25 14:32', revokedAt: null }
  const policy = { ...defaultPolicy, office: '样例街道', officeContact: '0571-00000000' }
  const chinese = breachNotice(story, policy, 'zh').join('\n')
  expect(chinese).toMatch(/一、可能泄露的信息种类：姓名、出生日期、联系电话/)
  expect(chinese).toMatch(/原因：【设备怎样丢失或被打开】/)
  expect(chinese).toMatch(/二、我们采取的措施：这台设备【已于……停用】/)
  expect(chinese).toMatch(/您可以这样减轻危害/)
  expect(chinese).toMatch(/三、联系方式：样例街道，0571-00000000/)
  expect(chinese).not.toMatch(/证件号码/)
  expect(breachNotice(story, defaultPolicy, 'en').join('\n')).toMatch(/Whom to ask: 【the office】/)
})
