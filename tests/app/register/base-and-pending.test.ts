import { beforeEach, describe, expect, it } from 'vitest'
import {
  createBaseAndPending,
  type AnyRecord,
  type BaseAndPending,
} from '#app/register/base-and-pending.ts'
import { linesOf } from '#app/register/history-of.ts'
import { createRelations, type Relations } from '#app/register/relations.ts'
import {
  gridA,
  gridB,
  household,
  mutation,
  page,
  record,
  resident,
  uuid,
} from './grid-of-samples.ts'

let relations: Relations
let store: BaseAndPending
let told: (readonly [AnyRecord | undefined, AnyRecord | undefined])[]

beforeEach(() => {
  relations = createRelations((kind) => store.of(kind).values())
  told = []
  store = createBaseAndPending((before, after) => {
    told.push([before, after])
    relations.change(before, after)
  })
  // From now on both are kept with each change.
  relations.of('residentsOfHousehold', '')
  relations.of('residentsOfDocument', '')
})

const noteOf = (id: number) =>
  (store.get('resident', uuid(id))?.fields as { note?: string | null } | undefined)?.note

describe('the server’s records', () => {
  it('are there as they came, and go by their tombstone', () => {
    store.applyPage(page(gridA, [resident(10, 5, '样例甲', { note: 'a' })]))
    expect(store.get('resident', uuid(10))).toEqual({
      kind: 'resident',
      id: uuid(10),
      stream: gridA,
      version: 10,
      fields: {
        household: uuid(5),
        name: '样例甲',
        birth: '1985-06-15',
        verifiedOn: '2026-11-01',
        note: 'a',
      },
      at: '2026-11-01T01:00:00.000Z',
    })
    store.applyPage(page(gridA, [record('resident', 10, {}, { version: 11, removed: true })]))
    expect(store.get('resident', uuid(10))).toBeUndefined()
    expect(relations.size).toBe(0)
  })

  it('are not put back by an older page', () => {
    store.applyPage(page(gridA, [resident(10, 5, '新', { note: 'new' })]))
    told = []
    const older = { ...resident(10, 5, '旧', { note: 'old' }), version: 9 }
    store.applyPage(page(gridA, [older]))
    expect(noteOf(10)).toBe('new')
    expect(told).toEqual([])
  })

  it.each(['the new stream first', 'the old stream first'])(
    'that moved to another grid are in that one: %s',
    (order) => {
      store.applyPage(page(gridA, [resident(10, 5, '样例甲')]))
      const gone = page(gridA, [record('resident', 10, {}, { version: 11, removed: true })])
      const come = page(gridB, [{ ...resident(10, 6, '样例甲'), version: 3 }])
      for (const one of order.startsWith('the new') ? [come, gone] : [gone, come]) {
        store.applyPage(one)
      }
      expect(store.get('resident', uuid(10))).toMatchObject({ stream: gridB, version: 3 })
      expect(relations.of('residentsOfHousehold', uuid(5))).toEqual([])
      expect(relations.of('residentsOfHousehold', uuid(6))).toEqual([uuid(10)])
    },
  )

  it('that went to and fro are where they went last, in whatever order the pages of both grids come', () => {
    const state = (version: number, moves: number, more: object = {}) => ({
      ...resident(10, 5, `样例${moves}`),
      version,
      ...(moves > 0 ? { moves } : {}),
      ...more,
    })
    const gone = { removed: true as const, fields: undefined }
    // There, back, and there again: what each grid says one after the other.
    const ofA = [state(10, 0), state(11, 0, gone), state(20, 2), state(21, 2, gone)]
    const ofB = [state(3, 1), state(5, 1, gone), state(9, 3)]
    for (let order = 0; order < 1 << (ofA.length + ofB.length); order += 1) {
      const [a, b] = [[...ofA], [...ofB]]
      store.clear()
      for (let turn = order; a.length + b.length > 0; turn >>= 1) {
        const fromA = a.length > 0 && (b.length === 0 || (turn & 1) === 0)
        const next = fromA ? a.shift() : b.shift()
        if (next) store.applyPage(page(fromA ? gridA : gridB, [next]))
      }
      expect(store.get('resident', uuid(10))).toMatchObject({ stream: gridB, version: 9 })
    }
    expect(relations.size).toBe(1)
  })

  it('of another grid never take the place of one with the same id that no move explains', () => {
    const real = resident(10, 5, '样例真人')
    const false_ = { ...resident(10, 6, '样例假人'), version: 900 }
    store.applyPage(page(gridA, [real]))
    expect(store.doubled.size).toBe(0)
    store.applyPage(page(gridB, [false_]))
    expect(store.get('resident', uuid(10))).toMatchObject({ stream: gridA, fields: real.fields })
    // It is told, and the later state of the first one still arrives.
    expect([...store.doubled]).toEqual([uuid(10)])
    store.applyPage(page(gridA, [{ ...resident(10, 5, '样例改名'), version: 901 }]))
    expect(store.get('resident', uuid(10))).toMatchObject({ stream: gridA, version: 901 })
    store.clear()
    expect(store.doubled.size).toBe(0)
  })

  it('that a restored office has in the old grid again are there, whichever grid comes first', () => {
    const moved = { ...resident(10, 6, '样例甲'), version: 3, moves: 1 }
    const before = [page(gridA, [resident(10, 5, '样例甲')]), page(gridB, [moved])]
    const anew = [
      page(gridA, [resident(10, 5, '样例甲')], { reset: true, epoch: 2 }),
      page(gridB, [], { reset: true, epoch: 2 }),
    ]
    for (const order of [anew, [...anew].reverse()]) {
      store.clear()
      for (const one of [...before, ...order]) store.applyPage(one)
      expect(store.get('resident', uuid(10))).toMatchObject({ stream: gridA, version: 10 })
    }
  })

  it('of a stream that is sent anew are only what it now has', () => {
    store.applyPage(page(gridA, [resident(10, 5, '样例甲'), resident(11, 5, '样例乙')]))
    store.applyPage(page(gridB, [resident(20, 6, '样例丙')]))
    const again = { ...resident(11, 5, '样例乙'), version: 2 }
    store.applyPage(page(gridA, [again], { reset: true }))
    expect(store.get('resident', uuid(10))).toBeUndefined()
    expect(store.get('resident', uuid(11))?.version).toBe(2)
    expect(store.get('resident', uuid(20))).toBeDefined()
  })
})

describe('what waits on this device', () => {
  beforeEach(() => {
    store.applyPage(
      page(gridA, [resident(10, 5, '样例甲', { note: 'base', phones: ['10012345501'] })]),
    )
  })

  it('is seen on top of what the server says, in order of seq', () => {
    const first = mutation('patch', 'resident', 10, { note: 'first' })
    const second = mutation('patch', 'resident', 10, { note: 'second' })
    store.applyOwn(second)
    store.applyOwn(first)
    expect(noteOf(10)).toBe('second')
    expect(store.isPending(uuid(10))).toBe(true)
    store.settle(second.id)
    expect(noteOf(10)).toBe('first')
    store.settle(first.id)
    expect(noteOf(10)).toBe('base')
    expect(store.isPending(uuid(10))).toBe(false)
  })

  it('stays on top of a page that comes between', () => {
    const own = mutation('patch', 'resident', 10, {
      note: 'mine',
      phones: { add: ['10012345502'] },
    })
    store.applyOwn(own)
    const theirs = { note: 'theirs', phones: ['10012345503'], workplace: '样例厂' }
    store.applyPage(page(gridA, [{ ...resident(10, 5, '样例甲', theirs), version: 20 }]))
    expect(store.get('resident', uuid(10))).toMatchObject({
      version: 20,
      fields: { note: 'mine', workplace: '样例厂', phones: ['10012345503', '10012345502'] },
    })
    store.settle(own.id)
    expect(noteOf(10)).toBe('theirs')
  })

  it('counts once, however often it is told', () => {
    const own = mutation('patch', 'resident', 10, { phones: { add: ['10012345502'] } })
    store.applyOwn(own)
    store.applyOwn(own)
    expect(linesOf(store.waitingFor(uuid(10)))).toHaveLength(1)
    store.settle(own.id)
    store.settle(own.id)
    expect(store.isPending(uuid(10))).toBe(false)
  })

  it('a record made here is there before the server knows it, and only once after', () => {
    const make = mutation('create', 'resident', 30, { household: uuid(5), name: '样例丁' })
    const more = mutation('patch', 'resident', 30, { note: 'x' })
    store.applyOwn(make)
    store.applyOwn(more)
    expect(store.get('resident', uuid(30))).toMatchObject({ version: 0, stream: gridA })
    store.applyPage(page(gridA, [{ ...resident(30, 5, '样例丁'), version: 40 }]))
    expect(store.get('resident', uuid(30))).toMatchObject({ version: 40, fields: { note: 'x' } })
    store.settle(make.id)
    store.settle(more.id)
    expect(noteOf(30)).toBeUndefined()
    expect(relations.of('residentsOfHousehold', uuid(5))).toEqual([uuid(10), uuid(30)])
  })

  it('a record that was refused is gone again', () => {
    const make = mutation('create', 'resident', 30, { household: uuid(5), name: '样例丁' })
    store.applyOwn(make)
    store.settle(make.id)
    expect(store.get('resident', uuid(30))).toBeUndefined()
    expect(relations.of('residentsOfHousehold', uuid(5))).toEqual([uuid(10)])
  })

  it('a patch of what a colleague removed shows nothing, and breaks nothing', () => {
    store.applyOwn(mutation('patch', 'resident', 10, { note: 'mine' }))
    store.applyPage(page(gridA, [record('resident', 10, {}, { version: 11, removed: true })]))
    expect(store.get('resident', uuid(10))).toBeUndefined()
    store.applyOwn(mutation('patch', 'resident', 10, { note: 'more' }))
    expect(store.get('resident', uuid(10))).toBeUndefined()
  })

  it('a removal hides, and gives back where it is refused', () => {
    const gone = mutation('remove', 'resident', 10)
    store.applyOwn(gone)
    expect(store.get('resident', uuid(10))).toBeUndefined()
    expect(relations.size).toBe(0)
    store.settle(gone.id)
    expect(noteOf(10)).toBe('base')
  })

  it('a hidden record does not outlive its stream being sent anew', () => {
    const gone = mutation('remove', 'resident', 10)
    store.applyOwn(gone)
    store.applyPage(page(gridA, [], { reset: true }))
    store.settle(gone.id)
    expect(store.get('resident', uuid(10))).toBeUndefined()
    const restored = { ...resident(10, 5, '样例甲', { note: 'restored' }), version: 4 }
    store.applyPage(page(gridA, [restored]))
    expect(noteOf(10)).toBe('restored')
  })

  it('is kept while its stream is sent anew', () => {
    store.applyOwn(mutation('patch', 'resident', 10, { note: 'mine' }))
    const again = { ...resident(10, 5, '样例甲', { note: 'restored' }), version: 2 }
    store.applyPage(page(gridA, [again], { reset: true }))
    expect(store.get('resident', uuid(10))).toMatchObject({ version: 2, fields: { note: 'mine' } })
  })
})

describe('a dropped stream', () => {
  it('leaves nothing, neither of the server nor of this device', () => {
    store.applyPage(page(gridA, [resident(10, 5, '样例甲', { documentNumber: 'E12345678' })]))
    store.applyPage(page(gridA, [household(5, 4)]))
    store.applyOwn(mutation('patch', 'resident', 10, { note: 'mine' }))
    store.applyOwn(mutation('remove', 'household', 5))
    store.applyOwn(mutation('create', 'resident', 30, { household: uuid(5), name: '样例丁' }))
    store.dropStream(gridA)
    for (const id of [10, 30]) expect(store.get('resident', uuid(id))).toBeUndefined()
    expect(store.of('resident').size + store.of('household').size).toBe(0)
    expect(store.isPending(uuid(10))).toBe(false)
    expect(relations.size).toBe(0)
  })

  it('leaves other streams, and a record that a colleague moved to one of them', () => {
    store.applyPage(page(gridA, [resident(10, 5, '样例甲')]))
    store.applyPage(page(gridB, [resident(20, 6, '样例乙')]))
    store.applyOwn(mutation('patch', 'resident', 10, { note: 'mine' }))
    store.applyPage(page(gridB, [{ ...resident(10, 6, '样例甲', { note: 'moved' }), version: 7 }]))
    store.dropStream(gridA)
    expect(noteOf(10)).toBe('moved')
    expect(store.get('resident', uuid(20))).toBeDefined()
    store.dropStream(gridB)
    expect(store.of('resident').size).toBe(0)
    expect(relations.size).toBe(0)
  })

  it('is forgotten by clearing too', () => {
    store.applyPage(page(gridA, [resident(10, 5, '样例甲')]))
    const own = mutation('patch', 'resident', 10, { note: 'mine' })
    store.applyOwn(own)
    store.clear()
    expect([store.of('resident').size, relations.size]).toEqual([0, 0])
    store.applyPage(page(gridA, [resident(10, 5, '样例甲', { note: 'base' })]))
    store.applyOwn(own)
    expect(noteOf(10)).toBe('mine')
  })
})

describe('relations', () => {
  it('follow who moves, and hold each once', () => {
    store.applyPage(page(gridA, [resident(10, 5, '甲'), resident(11, 5, '乙')]))
    store.applyPage(page(gridA, [{ ...resident(11, 6, '乙'), version: 12 }]))
    expect(relations.of('residentsOfHousehold', uuid(5))).toEqual([uuid(10)])
    expect(relations.of('residentsOfHousehold', uuid(6))).toEqual([uuid(11)])
    expect(relations.of('residentsOfHousehold', uuid(7))).toEqual([])
    expect(relations.size).toBe(2)
  })

  it('find a document number as it is normally written', () => {
    store.applyPage(page(gridA, [resident(10, 5, '甲', { documentNumber: ' e1234 5678' })]))
    expect(relations.of('residentsOfDocument', 'E12345678')).toEqual([uuid(10)])
    store.applyOwn(mutation('patch', 'resident', 10, { documentNumber: null }))
    expect(relations.of('residentsOfDocument', 'E12345678')).toEqual([])
  })
})
