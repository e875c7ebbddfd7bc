import fc from '#tests/support/fast-check.ts'
import { expect, it } from 'vitest'
import { historyIn } from '#app/register/history-of.ts'
import { createRegister } from '#app/register/create-register.ts'
import type { WritableRegister } from '#app/register/register.ts'
import type { Kind } from '#domain/record.ts'
import { applied } from '#protocol/merge.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { PageLine, WireRecord } from '#protocol/pull.ts'
import {
  building,
  dwelling,
  gridA,
  gridB,
  household,
  mutation,
  resident,
  today,
  uuid,
  visit,
} from './grid-of-samples.ts'

/** A server in a few lines: the latest state of each record by stream, a page holds what is newer than the cursor. */
function createServer() {
  const streams = new Map<string, Map<string, WireRecord>>([
    [gridA, new Map()],
    [gridB, new Map()],
  ])
  const heads = new Map<string, number>()
  const cursors = new Map<string, number>()
  const recordsOf = (stream: string) => streams.get(stream) ?? new Map<string, WireRecord>()
  const write = (stream: string, record: WireRecord) => {
    const version = (heads.get(stream) ?? 0) + 1
    heads.set(stream, version)
    recordsOf(stream).set(record.id, { ...record, version })
  }
  const page = (stream: string, from: number, reset: boolean): PageLine => ({
    type: 'page',
    stream,
    epoch: 1,
    from,
    to: heads.get(stream) ?? 0,
    // A snapshot has no tombstones.
    records: [...recordsOf(stream).values()]
      .filter((record) => record.version > from && !(reset && record.removed))
      .sort((a, b) => a.version - b.version),
    changes: [],
    ...(reset ? { reset: true as const } : {}),
  })
  const remove = (stream: string, record: WireRecord) =>
    write(stream, { kind: record.kind, id: record.id, version: 0, removed: true })
  const place = (id: string) =>
    [gridA, gridB].find((stream) => {
      const record = recordsOf(stream).get(id)
      return record !== undefined && !record.removed
    })
  return {
    write,
    pull(stream: string, reset: boolean): PageLine {
      const made = page(stream, reset ? 0 : (cursors.get(stream) ?? 0), reset)
      cursors.set(stream, made.to)
      return made
    },
    snapshot: (stream: string) => page(stream, 0, true),
    change(id: string, fields: Record<string, unknown>) {
      const stream = place(id)
      const held = stream && recordsOf(stream).get(id)
      if (stream && held) write(stream, { ...held, fields: { ...held.fields, ...fields } })
    },
    remove(id: string) {
      const stream = place(id)
      const held = stream && recordsOf(stream).get(id)
      if (stream && held) remove(stream, held)
    },
    move(id: string, fields: Record<string, unknown>) {
      const from = place(id)
      const held = from && recordsOf(from).get(id)
      if (!from || !held) return
      remove(from, held)
      write(from === gridA ? gridB : gridA, { ...held, fields: { ...held.fields, ...fields } })
    },
    push(own: Mutation) {
      const held = recordsOf(own.stream).get(own.record)
      const there = held !== undefined && !held.removed
      if (own.op === 'create' ? held : !there) return // refused
      if (own.op === 'remove') return remove(own.stream, held as WireRecord)
      const fields = applied(own.kind, held?.fields, own)
      write(own.stream, {
        kind: own.kind,
        id: own.record,
        version: 0,
        at: own.at,
        ...held,
        fields: { ...fields },
      })
    },
  }
}

const people = Array.from({ length: 6 }, (_, index) => 400 + index)
const homes = [300, 301, 302, 303]
const rooms = [200, 201, 202, 203]
const births = ['1940-01-01', '1946-11-24', '1985-06-15', null]

/** What happens, with numbers that choose among what there is. */
const happening = fc.tuple(
  fc.constantFrom(
    'office patches',
    'office moves',
    'office moves a home',
    'office removes',
    'office visits',
    'patches',
    'patches a dwelling',
    'adds',
    'visits',
    'undoes',
    'removes',
    'pushes',
    'settles',
    'pulls',
    'pulls anew',
    'looks',
  ),
  fc.nat({ max: 5 }),
  fc.nat({ max: 5 }),
)

it('any order of pages and own work leads to what a fresh register has', () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 5, maxLength: 40 }), (happenings) => {
      const server = createServer()
      seed(server)
      const register = createRegister()
      const waiting: Mutation[] = []
      const delivered: Mutation[] = []
      let serial = 500
      const act = (...args: Parameters<typeof mutation>) => {
        const made = mutation(...args)
        waiting.push(made)
        register.applyOwn([made])
      }
      for (const [what, a, b] of happenings) {
        const person = people[a] ?? 400
        const stream = a % 2 === 0 ? gridA : gridB
        const home = homes[b % homes.length] ?? 300
        const room = rooms[b % rooms.length] ?? 200
        const fields = [
          { note: `note ${b}` },
          { household: uuid(home) },
          { birth: births[b % births.length] },
          { movedOutOn: b % 2 === 0 ? today : null },
          { documentNumber: `E1234567${b}` },
          { diedOn: b === 0 ? today : null },
        ][b]
        serial += 1
        if (what === 'office patches') server.change(uuid(person), fields ?? {})
        else if (what === 'office moves') server.move(uuid(person), { household: uuid(home) })
        else if (what === 'office moves a home') {
          server.change(uuid(home), { dwelling: uuid(room), head: uuid(person) })
        } else if (what === 'office removes') server.remove(uuid(person))
        else if (what === 'office visits') {
          server.write(stream, visit(serial, home, `2026-11-1${a}T01:00:00.000Z`))
        } else if (what === 'patches') act('patch', 'resident', person, fields, { stream })
        else if (what === 'patches a dwelling') {
          const hazards = { add: [{ id: uuid(b), type: '02', found: today }] }
          act('patch', 'dwelling', room, { hazards }, { stream })
        } else if (what === 'adds') {
          act('create', 'resident', serial, { household: uuid(home), name: '新' }, { stream })
        } else if (what === 'visits') {
          const met = visit(serial, home, `${today}T0${a}:00:00.000Z`).fields
          act('create', 'visit', serial, met, { stream })
        } else if (what === 'undoes' && waiting.length > 0) {
          const made = waiting[b % waiting.length]
          if (made)
            act('remove', made.kind, Number(made.record.slice(-12)), {}, { stream: made.stream })
        } else if (what === 'removes') act('remove', 'resident', person, {}, { stream })
        else if (what === 'pushes') {
          const first = waiting.shift()
          if (first) server.push(first)
          if (first) delivered.push(first)
        } else if (what === 'settles') register.settle(delivered.splice(0, a).map(({ id }) => id))
        else if (what === 'pulls') register.applyPages([server.pull(stream, false)])
        else if (what === 'pulls anew') register.applyPages([server.pull(stream, true)])
        else look(register)
      }
      register.applyPages([server.pull(gridB, false), server.pull(gridA, false)])
      register.settle(delivered.map(({ id }) => id))
      const fresh = createRegister()
      fresh.applyPages([server.snapshot(gridA), server.snapshot(gridB)])
      fresh.applyOwn(waiting)
      expect(look(register)).toEqual(look(fresh))
      register.dropStream(gridA)
      register.dropStream(gridB)
      expect(look(register)).toEqual(look(createRegister()))
    }),
    { numRuns: 150 },
  )
})

function seed(server: ReturnType<typeof createServer>): void {
  server.write(gridA, building(100, '1幢', 1))
  server.write(gridB, building(101, '2幢', 2))
  rooms.forEach((room, index) => {
    const [stream, of] = index < 2 ? [gridA, 100] : [gridB, 101]
    server.write(stream, dwelling(room, of, '1', `${index + 1}01`))
    server.write(stream, household(homes[index] ?? 300, room))
  })
  people.forEach((person, index) => {
    const stream = index % 4 < 2 ? gridA : gridB
    const birth = births[index % births.length]
    server.write(stream, resident(person, homes[index % 4] ?? 300, `样例${index}`, { birth }))
  })
}

/** Everything that screens show. */
function look(register: WritableRegister): unknown {
  const kinds: Kind[] = ['building', 'dwelling', 'household', 'resident', 'visit']
  const records = kinds.flatMap((kind) =>
    [...register.all(kind)].sort((a, b) => (a.id < b.id ? -1 : 1)),
  )
  const idsOf = (kind: Kind) => records.filter((one) => one.kind === kind).map((one) => one.id)
  const names = (list: readonly { readonly id: string }[]) => list.map((one) => one.id)
  return {
    records,
    pending: names(records).filter((id) => register.isPending(id)),
    residents: idsOf('resident').map((id) => register.colourOfResident(id, today)),
    dwellings: idsOf('dwelling').map((id) => [
      register.colourOfDwelling(id, today),
      names(register.households(id)),
      names(register.formerHouseholds(id)),
    ]),
    households: idsOf('household').map((id) => [
      register.colourOfHousehold(id, today),
      register.due(id, today),
      names(register.residents(id)),
      names(register.formerResidents(id)),
      names(register.visits(id)),
    ]),
    buildings: register
      .buildings()
      .map((one) => [
        one.id,
        names(register.dwellings(one.id)),
        register.distribution({ building: one.id }, today),
      ]),
    documents: [0, 1, 2, 3, 4, 5].map((digit) => names(register.byDocument(`E1234567${digit}`))),
    today: register.today(today),
    later: register.later(today),
    history: names(records).map((id) => historyIn(register, id)),
  }
}
