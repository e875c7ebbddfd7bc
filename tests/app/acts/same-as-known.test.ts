/** A confirmation that was refused since its person lives there: what one tap answers, and what goes over to them. */
import { expect, it } from 'vitest'
import type { Mutation } from '#protocol/mutation.ts'
import { createRegister } from '#app/register/create-register.ts'
import {
  goToKnown,
  isAnsweredOtherwise,
  knownConfirmed,
  refusedAnswer,
} from '#app/acts/same-as-known.ts'
import { createSyncActs } from '#app/acts/sync-acts.ts'
import { createWork, type Desk } from '#app/acts/work.ts'
import type { UnsentItem } from '#app/sync/unsent-item.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { createDisk, createMemoryVault } from '#tests/support/memory-vault.ts'
import * as of from '../register/grid-of-samples.ts'

const { gridA, uuid } = of
const account = { id: uuid(8), role: 'worker' } as const

/** A device with one family and a claim about its door; nothing of it is sent. */
function acts(unsent: readonly UnsentItem[], records: readonly ReturnType<typeof of.record>[]) {
  const register = createRegister()
  register.applyPages([
    of.page(gridA, [
      ...[of.building(10, '3幢', 1), of.dwelling(20, 10, '2', '501'), of.household(30, 20)],
      ...[of.resident(40, 30, '样例甲'), of.resident(41, 30, '样例乙'), ...records],
    ]),
  ])
  const clock = createManualClock(Date.parse(`${of.today}T02:00:00Z`))
  const disk = createDisk()
  const gaveUp: string[] = []
  const sync = {
    saved: register.applyOwn.bind(register),
    gaveUp: (id: string) => gaveUp.push(id),
  }
  const vault = createMemoryVault(account.id, uuid(99), disk)
  let made = 1_000
  const common = {
    ...{ clock, register, desk: () => ({ vault, sync }) as unknown as Desk, heard: () => null },
    ids: () => uuid((made += 1)),
  }
  const work = createWork({ ...common, account: () => account, now: () => clock.now() })
  const syncActs = createSyncActs({
    ...{ ...common, unsent: () => unsent, unsentFile: () => Promise.resolve(null) },
    ...{ saveFile: () => undefined, signInAgain: () => Promise.resolve(null) },
  })
  const mutations = () => disk.outbox.map(({ mutation }) => mutation)
  return { register, syncActs, work, mutations, gaveUp, common }
}

const item = (mutation: Mutation, more: Partial<UnsentItem>): UnsentItem => ({
  ...{ mutation, state: 'refused', problem: null, fields: [] },
  ...more,
})

it('goes to whom the claim was of all along: answered once, with all that was entered upon the other', async () => {
  const claim = of.record('arrival', 60, {
    ...{ name: '样例甲', count: 1, dwelling: uuid(20), speaker: 'landlord', from: of.today },
  })
  const batch = uuid(500)
  const refusedAs = (
    problem: UnsentItem['problem'],
    [op, kind, record]: readonly [Mutation['op'], Mutation['kind'], number],
    fields: Mutation['fields'],
    seq: number,
    more: object = {},
  ) => item(of.mutation(op, kind, record, fields, { seq, ...more }), { problem })
  const met = `${of.today}T00:30:00.000Z`
  const of62 = { household: uuid(62) }
  const answer = refusedAs(
    ...(['person-there-already', ['create', 'declaration-answer', 61]] as const),
    { declaration: uuid(60), outcome: 'confirmed', residents: [uuid(63)], on: of.today },
    ...([5, { batch }] as const),
  )
  const unsent = [
    answer,
    refusedAs('batch-refused', ['create', 'household', 62], { dwelling: uuid(20) }, 6, { batch }),
    refusedAs('batch-refused', ['create', 'resident', 63], of62, 7, { batch }),
    refusedAs('batch-refused', ['create', 'visit', 66], { ...of62, at: met }, 8, { batch }),
    refusedAs('reference-missing', ['create', 'resident', 64], { ...of62, name: '样例小' }, 9),
    refusedAs('record-gone', ['patch', 'resident', 63], { note: '怕狗' }, 10),
    refusedAs('record-gone', ['remove', 'resident', 63], {}, 11),
    refusedAs('record-gone', ['patch', 'household', 62], { endedOn: of.today }, 12),
    refusedAs(
      ...(['reference-missing', ['create', 'visit', 67]] as const),
      ...([{ ...of62, resident: uuid(63), at: met }, 13] as const),
    ),
    refusedAs('reference-missing', ['create', 'photo', 68], { host: uuid(67) }, 14),
  ]
  const { register, syncActs, work, mutations, gaveUp, common } = acts(unsent, [claim])
  const app = { register, syncActs, work, sync: { getState: () => ({ unsent }) } } as never
  const said = register.get('arrival', uuid(60))
  const known = register.get('resident', uuid(40))
  if (!said || !known) throw new Error('not there')
  expect(refusedAnswer(unsent, uuid(60))).toBe(answer)
  expect(refusedAnswer(unsent, uuid(59))).toBeUndefined()
  const parts = { register, work, now: () => common.clock.now() }
  const confirm = () => knownConfirmed(parts, said, known, answer, unsent)
  const intents = confirm()
  expect(intents).toMatchObject([
    { kind: 'declaration-answer', fields: { residents: [uuid(40)], on: of.today } },
    { kind: 'visit', fields: { household: uuid(30), resident: uuid(40), at: met } },
  ])
  await work.save(intents)
  expect(confirm()).toEqual([])
  await goToKnown(app, said, known)
  expect(
    mutations()
      .slice(2)
      .map(({ op, kind, record, fields }) => ({ op, kind, record, fields })),
  ).toEqual([
    {
      ...{ op: 'create', kind: 'resident', record: uuid(64) },
      fields: { household: uuid(30), name: '样例小' },
    },
    { op: 'patch', kind: 'resident', record: uuid(40), fields: { note: '怕狗' } },
    {
      ...{ op: 'create', kind: 'visit', record: uuid(67) },
      fields: { household: uuid(30), resident: uuid(40), at: met },
    },
    { op: 'create', kind: 'photo', record: uuid(68), fields: { host: uuid(67) } },
  ])
  // Nobody is taken away for another, and no household of two ends for one.
  const left = unsent.filter(({ mutation }) => !gaveUp.includes(mutation.id))
  expect(left.map(({ mutation: { op, kind } }) => `${op} ${kind}`)).toEqual([
    'remove resident',
    'patch household',
  ])
})

/** A refused confirmation with its visit and a note upon whoever was not made; `answered` stands in the register. */
function refusedOnce(answered: readonly ReturnType<typeof of.record>[]) {
  const claim = of.record('arrival', 60, {
    ...{ name: '样例甲', count: 1, dwelling: uuid(20), speaker: 'landlord', from: of.today },
  })
  const met = `${of.today}T00:30:00.000Z`
  const more = (seq: number) => ({ seq, batch: uuid(500) })
  const said = { declaration: uuid(60), outcome: 'confirmed', residents: [uuid(63)], on: of.today }
  const answer = item(of.mutation('create', 'declaration-answer', 61, said, more(5)), {
    problem: 'person-there-already',
  })
  const home = { household: uuid(62) }
  const unsent = [
    answer,
    item(of.mutation('create', 'resident', 63, home, more(6)), { problem: 'batch-refused' }),
    item(of.mutation('create', 'visit', 66, { ...home, at: met }, more(7)), {
      problem: 'batch-refused',
    }),
    item(of.mutation('patch', 'resident', 63, { note: '怕狗' }, { seq: 8 }), {
      problem: 'record-gone',
    }),
  ]
  const device = acts(unsent, [claim, ...answered])
  const { register, syncActs, work, common } = device
  const app = { register, syncActs, work, sync: { getState: () => ({ unsent }) } } as never
  const held = register.get('arrival', uuid(60))
  const [first, other] = [40, 41].map((id) => register.get('resident', uuid(id)))
  if (!held || !first || !other) throw new Error('not there')
  const parts = { register, work, now: () => common.clock.now() }
  const confirm = (known: typeof first) => knownConfirmed(parts, held, known, answer, unsent)
  return { ...device, app, held, first, other, confirm, met }
}

const answered = (fields: object) =>
  of.record('declaration-answer', 70, { declaration: uuid(60), on: of.today, ...fields })

it.each([
  ['not so', { outcome: 'not-so', reason: 'not-here' }],
  ['somebody else', { outcome: 'confirmed', residents: [uuid(41)] }],
  ['several', { outcome: 'confirmed', residents: [uuid(40), uuid(41)] }],
])('moves nothing and gives nothing up where a colleague answered: %s', async (_, fields) => {
  const { register, app, held, first, confirm, mutations, gaveUp } = refusedOnce([answered(fields)])
  expect(isAnsweredOtherwise(register, held, first)).toBe(true)
  expect(confirm(first)).toEqual([])
  expect(await goToKnown(app, held, first)).toBe(false)
  expect(mutations()).toEqual([])
  expect(gaveUp).toEqual([])
})

it('keeps the visit where a colleague answered the same, and makes it once', async () => {
  const same = answered({ outcome: 'confirmed', residents: [uuid(40)] })
  const { register, work, app, held, first, confirm, met, mutations } = refusedOnce([same])
  expect(isAnsweredOtherwise(register, held, first)).toBe(false)
  const intents = confirm(first)
  expect(intents).toMatchObject([{ kind: 'visit', fields: { resident: uuid(40), at: met } }])
  expect(intents).toHaveLength(1)
  await work.save(intents)
  expect(confirm(first)).toEqual([])
  expect(await goToKnown(app, held, first)).toBe(true)
  expect(mutations().map(({ kind, record }) => [kind, record])).toContainEqual([
    'resident',
    uuid(40),
  ])
})

it('goes to whom the first of two taps named, and to nobody by the second', async () => {
  const { register, work, app, held, first, other, confirm, mutations, gaveUp } = refusedOnce([])
  // Nothing goes before the answer is on the disk.
  expect(await goToKnown(app, held, first)).toBe(false)
  await work.save(confirm(first))
  // The app ended here; then the other one of that name is tapped.
  expect(isAnsweredOtherwise(register, held, other)).toBe(true)
  expect(confirm(other)).toEqual([])
  expect(await goToKnown(app, held, other)).toBe(false)
  expect(mutations()).toHaveLength(2)
  expect(gaveUp).toEqual([])
  expect(await goToKnown(app, held, first)).toBe(true)
  expect(mutations().at(-1)).toMatchObject({ record: uuid(40), fields: { note: '怕狗' } })
  expect(gaveUp.length).toBeGreaterThan(0)
})
