/** An office with people who keep accounts of stairwells, and what each test of these does again. */
import { expect } from 'vitest'
import { ledgerOf, type HeldCheck, type HeldEntry } from '#domain/funds/ledger.ts'
import type { Mutation } from '#protocol/mutation.ts'
import { openOffice, type Device } from './office.ts'

export const on = '2026-11-23'

export type FundDesk = Awaited<ReturnType<typeof openFundDesk>>

/** Close `office` when done. */
export async function openFundDesk() {
  const office = await openOffice()
  const staff = await office.enter('staff')
  const worker = await office.enter('worker')
  const colleague = await office.enter('colleague')
  const opened = { name: '楼道灯改造', where: '清风阳光苑 3幢1单元', openedOn: on }

  async function openFund(more: object = {}, stream = office.places.grid) {
    const id = office.ids()
    const { receipts } = await staff.pushed([
      staff.create(stream, 'fund', id, { ...opened, ...more }),
    ])
    expect(receipts).toMatchObject([{ ok: true }])
    return id
  }

  const enter = (device: Device, fund: string, more: object, stream = office.places.grid) =>
    device.create(stream, 'fund-entry', office.ids(), {
      ...{ fund, entryKind: 'received', cents: 5_000, on, giver: '三楼一户' },
      ...more,
    })

  async function entered(device: Device, fund: string, more: object = {}, stream?: string) {
    const made = enter(device, fund, more, stream)
    const { receipts } = await device.pushed([made])
    expect(receipts).toMatchObject([{ ok: true }])
    return made.record
  }

  const check = (device: Device, entry: string, says = 'agree', stream = office.places.grid) =>
    device.create(stream, 'fund-check', office.ids(), { entry, says })

  const said = async (device: Device, made: Mutation) => (await device.pushed([made])).receipts[0]

  /** As any device reckons it from what it pulls. */
  async function ledger(fund: string) {
    const { records } = await staff.pull()
    const all = [...records.values()].filter(({ removed }) => !removed)
    const entries = all.filter(
      (one) => one.kind === 'fund-entry' && (one.fields as { fund?: string }).fund === fund,
    )
    const held = ({ id, by, fields }: (typeof all)[number]) => ({ id, by: by ?? null, fields })
    return ledgerOf(
      entries.map((one) => held(one) as unknown as HeldEntry),
      all
        .filter(({ kind }) => kind === 'fund-check')
        .map((one) => held(one) as unknown as HeldCheck),
    )
  }

  return { office, staff, worker, colleague, openFund, enter, entered, check, said, ledger }
}
