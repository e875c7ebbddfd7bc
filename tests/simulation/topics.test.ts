/**
 * Workers take voices at doors of two grids without a signal while buildings go from one grid to the other, one grid
 * closes into the other and residents are merged. In any order and however often anything comes: each door counts once
 * at most, nothing that was saved is lost, and what is in the final count is what the office had when it counted.
 */
import { expect, it } from 'vitest'
import fc from '#tests/support/fast-check.ts'
import { isConcerned } from '#domain/topics/doors.ts'
import { isOpen } from '#domain/topics/standing.ts'
import type { Tally, Topic, TopicStep } from '#domain/topics/topic.ts'
import { voiceSays, type Voice } from '#domain/topics/voice.ts'
import { cameWith, type DoorRow, type VoiceRow } from '#server/db/topics.ts'
import { countFrom, tallyFields } from '#server/ledger/count-topic.ts'
import { merged } from '#app/acts/same-person-intents.ts'
import { doorsHere, tallyHere, topicView } from '#app/views/topics.ts'
import { createSmallOffice, createSmallPhone, type SmallPhone } from './small-office.ts'

const uuid = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const [community, gridA, gridB] = [uuid(0xa0), uuid(0xa1), uuid(0xa2)]
const streams = [community, gridA, gridB]
const topic = uuid(0xe0)
const houses = [0, 1, 2].map((n) => ({ id: uuid(0xb0 + n), grid: n === 2 ? gridB : gridA }))
const doors = houses.flatMap(({ id, grid }, n) =>
  [0, 1].map((room) => ({ id: uuid(0xd0 + 2 * n + room), building: id, grid })),
)
const start = Date.parse('2026-11-23T02:00:00Z')
const minute = 60_000

/** When the server got a row first; where it goes it keeps that. */
type Received = Map<string, Date>

function createVillage() {
  let clock = start
  let seq = 10_000
  const now = () => clock
  const successors = new Map<string, string>()
  const closed = new Set<string>()
  const office = createSmallOffice(streams, now, () => ({
    ...{ successors, closed },
    topicsBehind: {
      topics: new Set([topic]),
      kinds: new Map([[community, 'community' as const]]),
      here: new Map(),
    },
  }))
  const received: Received = new Map()
  const rowsOf = (kind: string) =>
    [...office.rows.values()].filter((row) => row.kind === kind && !row.removed)
  const hear = () => {
    for (const { id } of office.rows.values()) {
      if (!received.has(id)) received.set(id, new Date(clock))
    }
  }
  const staff = createSmallPhone(office, 3, { role: 'staff', now })
  const phones = [1, 2].map((n) => createSmallPhone(office, n, { now })) as [SmallPhone, SmallPhone]
  for (const { id, grid } of houses) {
    office.put(grid, 'building', id, { estate: '样例苑', name: '3幢', storeys: 6, units: 1 })
  }
  doors.forEach(({ id, building, grid }, n) => {
    office.put(grid, 'dwelling', id, { building, unit: '1', floor: 1, room: `10${n}`, use: 'own' })
    const home = uuid(0xf00 + n)
    office.put(grid, 'household', home, { dwelling: id, type: 'family' })
    for (const twin of [0, 1]) {
      const fields = { household: home, name: '样例人', sex: 'female', documentType: 'none' }
      office.put(grid, 'resident', uuid(0x1000 + 2 * n + twin), fields)
    }
  })
  const asked: Topic = {
    ...{ title: '样例楼道灯', parts: houses.map(({ id }) => ({ building: id })) },
    ...{ rule: { key: 'heard-only', ground: '样例' }, at: new Date(clock).toISOString() },
  }
  office.put(community, 'topic', topic, { ...asked })
  const step = (name: TopicStep['step'], more: object = {}) => {
    const fields = { topic, step: name, at: new Date(clock).toISOString(), ...more }
    const record = staff.newId(community)
    staff.save([{ op: 'create', kind: 'topic-step', record, stream: community, fields }])
    staff.push()
    hear()
  }
  step('ask', { openUntil: '2026-12-01' })

  /** As `db/topics.ts` reads them. */
  const doorsNow = (): DoorRow[] =>
    rowsOf('dwelling')
      .map(({ id, stream, fields }) => ({
        ...{ id, stream, building: String(fields['building']), unit: String(fields['unit']) },
      }))
      .filter((door) => isConcerned(asked.parts, door))
  const voicesNow = (): VoiceRow[] =>
    rowsOf('voice').map(({ id, stream, fields, created, by }) => {
      const { dwelling, says, how, at } = fields as unknown as Voice
      const came = cameWith(stream, created)
      return { id, stream, dwelling, says, how, at, by, came, received: received.get(id) ?? null }
    })
  const stepsNow = () =>
    rowsOf('topic-step').map(({ id, version, fields }) => ({
      ...{ id, version, fields: fields as unknown as TopicStep },
      received: received.get(id) ?? null,
    }))
  const counted = () => countFrom(stepsNow(), doorsNow(), voicesNow())

  return {
    ...{ now, phones, staff, counted, doorsNow, voicesNow, step, hear },
    pass: () => void (clock += minute),
    /** A building goes to a grid; the last one of a grid closes it into the other where `isClosing`. */
    move(nth: number, isClosing: boolean) {
      const row = rowsOf('building').find(({ id }) => id === houses[nth % houses.length]?.id)
      if (!row || closed.size > 0) return
      const to = row.stream === gridA ? gridB : gridA
      const going = isClosing
        ? rowsOf('building').filter((one) => one.stream === row.stream)
        : [row]
      for (const { id, stream, version } of going) {
        const moving = { kind: 'building' as const, record: id, op: 'patch' as const, fields: {} }
        office.push(
          [
            {
              ...{ ...moving, id: office.ids(), device: staff.account, seq: (seq += 1) },
              ...{ at: new Date(clock).toISOString(), batch: null, stream, to, seen: version },
            },
          ],
          { id: staff.account, role: 'staff' },
        )
      }
      if (!isClosing) return
      closed.add(row.stream)
      successors.set(row.stream, to)
    },
    count() {
      const { standing } = counted()
      if (standing.closedAt === null || standing.tally !== null) return false
      const heads = new Map([...office.heads].map(([stream, head]) => [stream, { head }]))
      const fields = tallyFields(topic, counted(), heads, clock)
      office.put(community, 'topic-step', office.ids(), { ...fields })
      hear()
      return true
    },
  }
}
type Village = ReturnType<typeof createVillage>

/** As the form of a voice does: of a topic that is open as far as this phone knows, at a door that it has. */
function take({ now }: Village, phone: SmallPhone, nth: number): string | null {
  const view = topicView(phone.register, topic)
  if (!view || !isOpen(view.standing)) return null
  const found = doorsHere(phone.register, view, phone.account)
  const door = found[nth % Math.max(found.length, 1)]?.dwelling
  if (!door) return null
  // Another answer each time: a later one at the same door has to make a difference.
  const says = voiceSays[(nth + (now() - start) / minute) % voiceSays.length] ?? 'yes'
  const resident = uuid(0x1000 + 2 * doors.findIndex(({ id }) => id === door.id))
  const { stream } = door
  const record = phone.newId(stream)
  const fields: Voice = {
    ...{ topic, dwelling: door.id, says, how: 'door', resident },
    at: new Date(now()).toISOString(),
  }
  phone.save([{ op: 'create', kind: 'voice', record, stream, fields }])
  return record
}

/** Two records of one person at a door become one. */
function merge(phone: SmallPhone, nth: number) {
  const home = uuid(0xf00 + (nth % doors.length))
  const [one, other] = phone.register.residents(home)
  if (one && other) phone.save(merged(phone.register, one, other, new Set(), '2026-11-23'))
}

const act = fc.record({
  phone: fc.nat(1),
  what: fc.constantFrom(
    ...(['take', 'take', 'take', 'push', 'pull', 'repeat'] as const),
    ...(['move', 'merge', 'close', 'count', 'absorb'] as const),
  ),
  which: fc.nat(11),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

interface Played {
  readonly village: Village
  readonly saved: readonly string[]
  /** What the office had when it counted, and the tally that it said then. */
  readonly counted: { readonly known: ReadonlySet<string>; readonly tally: Tally } | null
}

/** `only`: the other acts are left out, and time passes all the same. */
function play(acts: readonly Act[], only: (what: Act['what']) => boolean = () => true): Played {
  const village = createVillage()
  const { phones } = village
  for (const phone of phones) phone.pull()
  const saved: string[] = []
  let counted: Played['counted'] = null
  let isClosed = false
  const count = () => {
    const known = new Set(village.voicesNow().map(({ id }) => id))
    if (village.count()) counted = { known, tally: village.counted().tally }
  }
  for (const { phone, what, which } of acts) {
    village.pass()
    if (!only(what)) continue
    const at = phones[phone === 0 ? 0 : 1]
    if (what === 'take') {
      const id = take(village, at, which)
      if (id !== null) saved.push(id)
    } else if (what === 'move' || what === 'absorb') village.move(which, what === 'absorb')
    else if (what === 'merge') merge(at, which)
    else if (what === 'count') count()
    else if (what === 'close') {
      if (!isClosed) village.step('close')
      isClosed = true
    } else at[what]()
    village.hear()
    expectOnce(village)
  }
  return { village, saved, counted }
}

/** Every door is in the count once, of whatever it said; and what came is in it or late. */
function expectOnce({ counted, doorsNow }: Village) {
  const { tally, places, late, standing } = counted()
  const { yes, no, abstain, notMet, silent } = tally
  expect(yes + no + abstain + notMet + silent).toBe(doors.length)
  expect(places.reduce((sum, place) => sum + place.tally.doors, 0)).toBe(doors.length)
  expect(new Set(doorsNow().map(({ id }) => id)).size).toBe(doors.length)
  if (standing.closedAt === null) expect(late).toEqual([])
}

/** What doors said last by their clocks, reckoned in another way: one voice after the other, the later over the earlier. */
function modelTally(voices: readonly VoiceRow[], cut: string | null): Pick<Tally, 'yes' | 'no'> {
  const last = new Map<string, string>()
  for (const { dwelling, says, at } of [...voices].sort((a, b) => (a.at < b.at ? -1 : 1))) {
    if (says !== 'not-met' && (cut === null || at <= cut)) last.set(dwelling, says)
  }
  const of = (wanted: string) => [...last.values()].filter((says) => says === wanted).length
  return { yes: of('yes'), no: of('no') }
}

/** All come home, twice, the last first. */
function comeHome({ phones, hear, pass }: Village) {
  pass()
  for (const phone of [...phones, ...phones].reverse()) {
    phone.push()
    phone.repeat()
    hear()
    phone.pull()
  }
}

const anyDay = fc.array(act, { minLength: 15, maxLength: 60, size: 'max' })

it('counts a door once at most, loses nothing, and says of each voice whether it is in the count', () => {
  fc.assert(
    fc.property(anyDay, (acts) => {
      const { village, saved, counted } = play(acts)
      comeHome(village)
      expectOnce(village)
      for (const phone of [...village.phones, village.staff]) expect(phone.refused()).toEqual([])
      const voices = village.voicesNow()
      expect(voices.map(({ id }) => id).sort()).toEqual([...saved].sort())
      const now = village.counted()
      const { closedAt } = now.standing
      if (counted) expect(now.tally).toEqual(counted.tally)
      const known = voices.filter(({ id }) => counted?.known.has(id) ?? true)
      expect(now.tally).toMatchObject(modelTally(known, closedAt))
      const late = voices.filter(
        ({ id, at }) =>
          (counted && !counted.known.has(id)) ||
          (closedAt !== null && Date.parse(at) > Date.parse(closedAt)),
      )
      expect(now.late.map(({ id }) => id).sort()).toEqual(late.map(({ id }) => id).sort())
      for (const { register, account } of village.phones) {
        const view = topicView(register, topic)!
        const here = doorsHere(register, view, account)
        expect(new Set(here.map(({ dwelling }) => dwelling.id)).size).toBe(doors.length)
        expect(here.length).toBe(doors.length)
        expect(tallyHere(here).doors).toBe(doors.length)
        const heard = here.flatMap(({ voices: own }) => [
          ...(own?.heard ?? []),
          ...(own?.late ?? []),
        ])
        expect(heard.map(({ id }) => id).sort()).toEqual([...saved].sort())
      }
    }),
    { numRuns: 120 },
  )
})

it('comes to the same whenever and in whatever order voices come, and wherever doors go meanwhile', () => {
  fc.assert(
    fc.property(anyDay, (acts) => {
      // Nobody counts before everybody has come home.
      const busy = play(acts, (what) => what !== 'count' && what !== 'pull')
      const quiet = play(acts, (what) => what === 'take' || what === 'close')
      const [one, other] = [busy, quiet].map(({ village }) => {
        if (village.counted().standing.closedAt === null) village.step('close')
        comeHome(village)
        village.count()
        return village.counted().standing.tally
      })
      expect(one).not.toBeNull()
      expect(one).toEqual(other)
      expect(quiet.saved.length).toBe(busy.saved.length)
    }),
    { numRuns: 80 },
  )
})
