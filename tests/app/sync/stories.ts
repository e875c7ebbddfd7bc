/** A small office and its people, for the stories of this folder. */
import { createCountedIds } from '#tests/support/counted-ids.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { createModelOffice, type OfficeAccount } from '#tests/support/model-office.ts'
import { createTablet, quiet, type Tab, type Tablet } from '#tests/support/device.ts'

export const pin = '246810'
export const grid = '0000000a-0000-7000-8000-000000000001'
export const otherGrid = '0000000a-0000-7000-8000-000000000002'
/** The one household of a grid. */
export const householdOf = (stream: string) => stream.replace('0000000a', '0000000b')
export const household = householdOf(grid)
export const resident = '0000000c-0000-7000-8000-000000000001'

export function createOffice() {
  const clock = createManualClock()
  const account = (number: number, scope: string[]): OfficeAccount => ({
    id: `0000000d-0000-7000-8000-00000000000${number}`,
    login: `worker${number}`,
    password: `password-${number}`,
    name: `样本员${number}`,
    role: 'worker',
    scope,
  })
  const first = account(1, [grid])
  const second = account(2, [grid])
  const office = createModelOffice(clock, [first, second])
  for (const stream of [grid, otherGrid]) {
    office.seed(stream, 'household', householdOf(stream), { dwelling: stream })
  }
  office.seed(grid, 'resident', resident, { household, name: '样本甲', phones: ['10012345678'] })
  let series = 1
  const tablet = (more: Pick<Parameters<typeof createTablet>[0], 'tellsReturn'> = {}) =>
    createTablet({
      ...more,
      clock,
      ids: createCountedIds(++series),
      server: (request) => office.fetch(request),
      onPoke: (listener) => office.onPoke(() => listener([])),
    })
  return { clock, office, first, second, tablet }
}

export async function signedIn(tablet: Tablet, account: OfficeAccount): Promise<Tab> {
  const tab = await tablet.open()
  await tab.app.sessionActs.signIn(account.login, account.password)
  await tab.app.sessionActs.choosePin(pin)
  await quiet()
  return tab
}

/** Started anew on the same disk, and unlocked. */
export async function unlocked(tablet: Tablet): Promise<Tab> {
  const tab = await tablet.open()
  await tab.app.sessionActs.unlock(pin)
  await quiet()
  return tab
}

export function nameAs(tab: Tab, id = resident): unknown {
  return tab.app.register.get('resident', id)?.fields.name
}

export async function rename(tab: Tab, name: string, id = resident) {
  const outcome = await tab.app.work.save([
    { op: 'patch', kind: 'resident', record: id, fields: { name } },
  ])
  if (!outcome.ok) throw new Error(outcome.problem)
  return outcome.saved
}

/** A new resident; the answer is its id. */
export async function takeIn(tab: Tab, name: string, stream = grid): Promise<string> {
  const id = tab.app.work.newId(stream)
  const outcome = await tab.app.work.save([
    {
      op: 'create',
      kind: 'resident',
      record: id,
      stream,
      fields: { household: householdOf(stream), name },
    },
  ])
  if (!outcome.ok) throw new Error(outcome.problem)
  return id
}
