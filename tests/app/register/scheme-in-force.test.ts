/** A new scheme on the device: whole or not yet, and right whatever is changed while it is being coloured. */
import { expect, it } from 'vitest'
import fc from '#tests/support/fast-check.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import type { Scheme } from '#domain/scheme.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createReadings } from '#app/register/readings.ts'
import type { WritableRegister } from '#app/register/register.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { PageLine, WireRecord } from '#protocol/pull.ts'

const today = '2026-11-24'
const stream = '01900000-0000-7000-8000-0000000000a1'
const id = (of: number) => `01900000-0000-7000-8000-${String(of).padStart(12, '0')}`
const homes = 12

const schemeOf = (version: number, age: number): Scheme => ({
  ...defaultScheme,
  schemeVersion: version,
  rules: [
    {
      key: 'aged',
      subject: 'resident',
      level: 'red',
      when: { fact: 'age', op: 'at-least', value: age },
      words: '{age}岁',
      wordsEn: 'aged {age}',
    },
  ],
})

type Unversioned = Pick<WireRecord, 'kind' | 'id' | 'fields'>

const page = (from: number, records: readonly Unversioned[]): PageLine => ({
  type: 'page',
  stream,
  epoch: 1,
  from,
  to: from + records.length,
  records: records.map((record, index) => ({ ...record, version: from + index + 1 })),
  changes: [],
})

/** A village of one house with a person of 20, 25, 30 … in each room. */
function village(register: WritableRegister) {
  const records = [
    { kind: 'building' as const, id: id(1), fields: { estate: '样例苑', name: '1幢' } },
  ]
  const more = Array.from({ length: homes }, (_, at) => [
    {
      kind: 'dwelling' as const,
      id: id(100 + at),
      fields: { building: id(1), floor: at + 1, room: `${at + 1}01` },
    },
    { kind: 'household' as const, id: id(200 + at), fields: { dwelling: id(100 + at) } },
    {
      kind: 'resident' as const,
      id: id(300 + at),
      fields: {
        household: id(200 + at),
        name: `样例${at}`,
        birth: `${2006 - 5 * at}-01-01`,
        verifiedOn: today,
      },
    },
  ]).flat()
  register.applyPages([page(0, [...records, ...more])])
}

const scheme = (from: number, of: Scheme): PageLine =>
  page(from, [{ kind: 'scheme', id: id(900 + from), fields: { ...of } }])

const look = (register: WritableRegister) =>
  Array.from({ length: homes }, (_, at) => register.colourOfResident(id(300 + at), today).colour)

/** A pause after every step, ended by hand. */
function steps() {
  let go: (() => void) | null = null
  return {
    pause: () => new Promise<void>((resolve) => (go = resolve)),
    async next() {
      go?.()
      // The step after the pause, and the look whether it is over.
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    },
  }
}

it('shows the old colours until all are of the new scheme, and then the new ones at once', async () => {
  const hands = steps()
  const register = createRegister(createReadings(), hands.pause)
  village(register)
  const old = look(register)
  expect(old).not.toContain('red')
  register.applyPages([scheme(100, schemeOf(2, 40))])
  let notified = 0
  register.subscribe(() => (notified += 1))
  const seen = new Set<string>()
  for (let step = 0; step <= homes + 1; step += 1) {
    seen.add(`${register.scheme().schemeVersion} ${look(register).join(' ')}`)
    await hands.next()
  }
  expect(register.scheme().schemeVersion).toBe(2)
  expect(look(register).filter((colour) => colour === 'red')).toHaveLength(8)
  seen.add(`${register.scheme().schemeVersion} ${look(register).join(' ')}`)
  expect(seen.size).toBe(2)
  expect(notified).toBe(1)
})

it('lets a newer scheme pass one that was still being coloured', async () => {
  const hands = steps()
  const register = createRegister(createReadings(), hands.pause)
  village(register)
  look(register)
  register.applyPages([scheme(100, schemeOf(2, 40))])
  await hands.next()
  register.applyPages([scheme(101, schemeOf(3, 60))])
  for (let step = 0; step <= 2 * homes; step += 1) await hands.next()
  expect(register.scheme().schemeVersion).toBe(3)
  expect(look(register).filter((colour) => colour === 'red')).toHaveLength(4)
})

it('forgets what was begun when the register is closed', async () => {
  const hands = steps()
  const register = createRegister(createReadings(), hands.pause)
  village(register)
  look(register)
  register.applyPages([scheme(100, schemeOf(2, 40))])
  register.clear()
  for (let step = 0; step <= homes; step += 1) await hands.next()
  expect(register.scheme()).toEqual(defaultScheme)
})

it('is the same as colouring at once, whatever is saved meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          after: fc.nat({ max: homes + 1 }),
          home: fc.nat({ max: homes - 1 }),
          birth: fc.constantFrom('1930-01-01', '1980-01-01', '2010-01-01'),
        }),
        { maxLength: 12 },
      ),
      async (edits) => {
        const hands = steps()
        const slow = createRegister(createReadings(), hands.pause)
        const quick = createRegister()
        const old = createRegister()
        for (const register of [slow, quick, old]) {
          village(register)
          look(register)
          register.today(today)
          if (register !== old) register.applyPages([scheme(100, schemeOf(2, 40))])
        }
        let seq = 0
        for (let step = 0; step <= homes + 2; step += 1) {
          for (const { after, home, birth } of edits) {
            if (after !== step) continue
            seq += 1
            const mutation: Mutation = {
              id: id(5_000 + seq),
              device: id(7),
              seq,
              at: `${today}T01:00:00.000Z`,
              batch: null,
              stream,
              kind: 'resident',
              record: id(300 + home),
              op: 'patch',
              fields: { birth },
              seen: 1,
            }
            for (const register of [slow, quick, old]) register.applyOwn([mutation])
          }
          // Also the plan of the day is of one scheme, whole.
          const { schemeVersion } = slow.scheme()
          expect(slow.today(today)).toEqual((schemeVersion === 2 ? quick : old).today(today))
          await hands.next()
        }
        expect(slow.scheme()).toEqual(quick.scheme())
        expect(look(slow)).toEqual(look(quick))
        expect(slow.today(today)).toEqual(quick.today(today))
      },
    ),
    { numRuns: 40 },
  )
})
