/** An office with two units, and what its people do with requests: each function pushes as a device would. */
import { expect } from 'vitest'
import type { JudgedStep } from '#domain/requests/course.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { createAccount } from '#server/db/accounts.ts'
import { createPlace } from '#server/db/streams.ts'
import { openOffice, type Device } from './office.ts'

export const answer = { words: '换了灯', wordsForAsker: '灯已换好', ending: 'solved' }

export type Desk = Awaited<ReturnType<typeof openDesk>>

export async function openDesk(more: Parameters<typeof openOffice>[0] = {}) {
  const office = await openOffice(more)
  const { db, ids, places, accounts } = office
  const addUnit = async (login: string) => {
    const id = ids()
    await createPlace(db, { id, parent: places.subdistrict, epoch: 1 })
    const account = ids()
    accounts[login] = { id: account, role: 'handler' }
    await createAccount(db, { id: account, login, name: login, role: 'handler', password: '' }, [
      id,
    ])
    return id
  }
  const unit = await addUnit('lamps')
  const otherUnit = await addUnit('pipes')
  const worker = await office.enter('worker')
  const staff = await office.enter('staff')
  const admin = await office.enter('admin')
  const handler = await office.enter('lamps')
  const otherHandler = await office.enter('pipes')

  const now = () => new Date(office.clock.now()).toISOString()

  /** A request of this grid, taken by the worker, as its phone sends it. */
  function taken(words = '3幢1单元二楼灯不亮，电话10012340078', more: object = {}, by = worker) {
    const { grid } = places
    const id = ids()
    const batch = ids()
    const make = (kind: 'request' | 'request-step' | 'asker', fields: object): Mutation => ({
      ...by.create(grid, kind, kind === 'request' ? id : ids(), { ...fields }),
      ...{ batch, batchSize: 3 },
    })
    const asked = make('request', {
      ...{ number: 'JJQ-261123-07-01', words, level: 'ordinary', source: 'door', at: now() },
      where: '清风阳光苑3幢1单元',
      ...more,
    })
    const submit = make('request-step', {
      ...{ request: id, step: 'submit', at: now(), level: 'ordinary' },
    })
    const asker = make('asker', {
      ...{ request: id, name: '样例居民', telephone: '10012340078' },
      tokens: [{ hash: 'ab'.repeat(32), made: now() }],
    })
    return { id, submit: submit.record, mutations: [asked, submit, asker] }
  }

  const step = (device: Device, request: string, name: string, more: object = {}) =>
    device.create(places.grid, 'request-step', ids(), {
      ...{ request, step: name, at: now() },
      ...more,
    })

  async function stepsOf(request: string): Promise<JudgedStep[]> {
    const { records } = await staff.pull()
    return [...records.values()]
      .filter(({ kind, fields }) => kind === 'request-step' && fields?.['request'] === request)
      .sort((a, b) => a.version - b.version)
      .map(({ id, by, fields }) => ({ ...(fields as unknown as JudgedStep), id, doneBy: by ?? '' }))
  }
  const lastOf = async (request: string) => (await stepsOf(request)).at(-1)?.id ?? null
  const errandOf = async (device: Device, request: string) => {
    const { records } = await device.pull()
    return [...records.values()].findLast(
      ({ kind, fields, removed }) =>
        kind === 'errand' && !removed && fields?.['request'] === request,
    )
  }
  const goodOf = async (device: Device, mutations: readonly Mutation[]) => {
    const { receipts } = await device.pushed(mutations)
    for (const receipt of receipts)
      expect(receipt, JSON.stringify(receipt)).toMatchObject({ ok: true })
  }
  /** An act of the office on what it sees now. */
  const does = async (device: Device, request: string, name: string, more: object = {}) =>
    goodOf(device, [step(device, request, name, { after: await lastOf(request), ...more })])

  async function dispatched(more: object = {}) {
    const request = taken(undefined, more)
    await goodOf(worker, request.mutations)
    await does(staff, request.id, 'accept')
    await does(staff, request.id, 'dispatch', { unit })
    return request
  }
  const act = async (
    device: Device,
    errand: { readonly id: string; readonly fields?: Record<string, unknown> | undefined },
    name: string,
    more: object = {},
  ) =>
    device.create(device === handler ? unit : otherUnit, 'errand-step', ids(), {
      ...{ errand: errand.id, step: name, at: now(), after: errand.fields?.['lastStep'] ?? null },
      ...more,
    })
  /** A step of the unit on what it sees now. */
  const unitDoes = async (request: string, name: string, more: object = {}, device = handler) => {
    const errand = await errandOf(device, request)
    if (!errand) throw new Error('the unit has no such errand')
    await goodOf(device, [await act(device, errand, name, more)])
  }

  return {
    ...{ office, unit, otherUnit, worker, staff, admin, handler, otherHandler, now },
    ...{ taken, step, stepsOf, lastOf, errandOf, goodOf, does, dispatched, act, unitDoes },
  }
}
