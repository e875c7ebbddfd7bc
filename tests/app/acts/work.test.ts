/**
 * Saving and what may be done about what was refused: whole on disk or not at all, and undone by its opposite.
 * Holds `src/app/acts/mend-unsent.ts` and `src/app/acts/withheld.ts`, which are fetched when somebody needs them.
 */
import { describe, expect, it } from 'vitest'
import type { RevealPurpose } from '#domain/reveal.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { UnsentFile } from '#protocol/unsent-file.ts'
import { createRegister } from '#app/register/create-register.ts'
import { doorOfIntents } from '#app/acts/door-of-intents.ts'
import type { Intent } from '#app/acts/intent.ts'
import { fieldsLeftOut, fieldsNow, sendAgain } from '#app/acts/send-again.ts'
import { saveUnsent } from '#app/acts/save-unsent.ts'
import { createSyncActs } from '#app/acts/sync-acts.ts'
import { createWork, type Desk } from '#app/acts/work.ts'
import type { UnsentItem } from '#app/sync/unsent-item.ts'
import { createManualClock } from '#tests/support/manual-clock.ts'
import { createDisk, createMemoryVault } from '#tests/support/memory-vault.ts'
import { sealedPhoto } from '#tests/support/sample-photo.ts'
import * as of from '../register/grid-of-samples.ts'

const { gridA, uuid } = of
const device = uuid(99)
const worker = { id: uuid(8), role: 'worker' } as const

/** A desk whose sync puts on the register what was saved, as the real one does, and sends nothing. */
function stage(records: readonly ReturnType<typeof of.record>[] = []) {
  const register = createRegister()
  register.applyPages([
    of.page(gridA, [
      of.record('place', 1, { placeKind: 'grid', name: '第一网格' }),
      ...[of.building(10, '3幢', 1), of.dwelling(20, 10, '2', '501'), of.household(30, 20)],
      of.resident(40, 30, '样例甲', { note: '从前' }),
      of.resident(41, 30, '样例小', { birth: '2018-01-01' }),
      ...records,
    ]),
  ])
  const clock = createManualClock(Date.parse(`${of.today}T02:00:00Z`))
  const disk = createDisk()
  const vault = createMemoryVault(worker.id, device, disk)
  let isOpen = true
  const gaveUp: string[] = []
  const sync = {
    saved: register.applyOwn.bind(register),
    gaveUp: (id: string) => gaveUp.push(id),
    syncNow: () => undefined,
    look: () => undefined,
  }
  const desk = () => (isOpen ? ({ vault, sync } as unknown as Desk) : null)
  let made = 1_000
  const common = {
    ...{ clock, desk, register },
    ids: () => uuid((made += 1)),
    heard: () => Date.parse(`${of.today}T01:59:00Z`),
  }
  const work = createWork({ ...common, account: () => worker, now: () => clock.now() })
  const mutations = () => disk.outbox.map(({ mutation }) => mutation)
  const close = () => {
    isOpen = false
  }
  return { register, work, vault, disk, mutations, close, common, gaveUp }
}

const note = (text: string, record = uuid(40)): Intent => ({
  ...{ op: 'patch', kind: 'resident', record, fields: { note: text } },
})

describe('saving', () => {
  it('keeps one by itself, and several as one batch that says how many it is', async () => {
    const { work, mutations } = stage()
    await work.save([note('一')])
    await work.save([note('二'), note('三', uuid(41))])
    const [single, ...both] = mutations()
    expect(single).toMatchObject({ batch: null, fields: { note: '一' } })
    expect(single).not.toHaveProperty('batchSize')
    expect(new Set(both.map(({ batch }) => batch)).size).toBe(1)
    expect(both.map(({ batchSize }) => batchSize)).toEqual([2, 2])
    expect(both[0]).toMatchObject({ heard: `${of.today}T01:59:00.000Z`, device })
  })

  it('sends nothing where nothing differs, and is saved all the same', async () => {
    const { work, mutations } = stage()
    expect(await work.save([note('从前')])).toMatchObject({ ok: true })
    expect(mutations()).toEqual([])
  })

  it('apart has no batch, so that an import may be as long as it is', async () => {
    const { work, mutations } = stage()
    await work.saveApart([note('一'), note('二', uuid(41))])
    expect(mutations().map(({ batch }) => batch)).toEqual([null, null])
  })

  it('sees what the one before it wrote: said twice at once, it goes once', async () => {
    const { work, mutations } = stage()
    await Promise.all([work.save([note('一')]), work.save([note('一')])])
    expect(mutations()).toHaveLength(1)
  })

  it('says why nothing was kept, and keeps nothing of it', async () => {
    const { work, vault, mutations, close } = stage()
    vault.failWrites('disk-full')
    expect(await work.save([note('一')])).toEqual({ ok: false, problem: 'disk-full' })
    vault.failWrites('storage')
    expect(await work.saveApart([note('一')])).toEqual({ ok: false, problem: 'storage' })
    close()
    expect(await work.save([note('一')])).toEqual({ ok: false, problem: 'locked' })
    expect(mutations()).toEqual([])
  })

  it('is undone by its opposite, once however often it is tapped', async () => {
    const { work, register, mutations } = stage()
    const outcome = await work.save([note('一')])
    if (!outcome.ok) throw new Error(outcome.problem)
    await Promise.all([outcome.saved.undo(), outcome.saved.undo()])
    expect(mutations()).toHaveLength(2)
    expect(mutations()[1]?.fields).toEqual({ note: '从前' })
    expect(register.get('resident', uuid(40))?.fields.note).toBe('从前')
  })

  it('cannot be undone once the account is closed', async () => {
    const { work, close } = stage()
    const outcome = await work.save([note('一')])
    if (!outcome.ok) throw new Error(outcome.problem)
    close()
    await expect(outcome.saved.undo()).rejects.toMatchObject({ reason: 'closed' })
  })
})

describe('a look at a masked value', () => {
  const look = (
    work: ReturnType<typeof stage>['work'],
    subject: string,
    field = 'documentNumber',
  ) => work.reveal(subject, field, 'call' as RevealPurpose)

  it('is on disk before anything is shown', async () => {
    const { work, mutations } = stage()
    expect(await look(work, uuid(40))).toBe('logged')
    expect(mutations()[0]).toMatchObject({
      ...{ kind: 'reveal', op: 'create', stream: gridA },
      fields: { subject: uuid(40), field: 'documentNumber' },
    })
  })

  it('at a minor needs a standing approval; whom to call for a child does not', async () => {
    const { work, mutations } = stage()
    expect(await look(work, uuid(41))).toBe('not-approved')
    expect(mutations()).toEqual([])
    expect(await look(work, uuid(41), 'guardianPhone')).toBe('logged')
  })

  it('at nobody, or with a full disk, shows nothing', async () => {
    const { work, vault } = stage()
    expect(await look(work, uuid(77))).toBe('not-logged')
    vault.failWrites('disk-full')
    expect(await look(work, uuid(40))).toBe('not-logged')
  })
})

it('what was saved is named by its door, the first of it that has one', () => {
  const { register } = stage()
  const patch = (kind: Intent['kind'], record: string) =>
    ({ op: 'patch', kind, record, fields: {} }) as const
  const door = '3幢2单元501室'
  for (const [kind, id] of [
    ['dwelling', 20],
    ['household', 30],
    ['resident', 40],
  ] as const) {
    expect(doorOfIntents(register, [patch('building', uuid(10)), patch(kind, uuid(id))])).toBe(door)
  }
  expect(doorOfIntents(register, [patch('resident', uuid(77))])).toBe('')
  const made = (kind: 'voice' | 'arrival' | 'vehicle', dwelling: string): Intent => ({
    ...{ op: 'create', kind, record: uuid(78), stream: gridA },
    fields: { dwelling } as never,
  })
  for (const kind of ['voice', 'arrival', 'vehicle'] as const) {
    expect(doorOfIntents(register, [made(kind, uuid(20))])).toBe('3幢2单元501室')
  }
  expect(doorOfIntents(register, [made('voice', uuid(79))])).toBe('')
})

describe('what the office refused', () => {
  const item = (mutation: UnsentItem['mutation'], more: Partial<UnsentItem> = {}): UnsentItem => ({
    ...{ mutation, state: 'refused', problem: 'not-allowed', fields: [] },
    ...more,
  })
  const refused = (seq: number, batch: string | null = null, more: object = {}) =>
    item(of.mutation('patch', 'resident', 40, { note: String(seq) }, { seq, batch, ...more }))

  function acts(unsent: readonly UnsentItem[]) {
    const staged = stage()
    const syncActs = createSyncActs({
      ...{ ...staged.common, unsent: () => unsent, unsentFile: () => Promise.resolve(null) },
      ...{ saveFile: () => undefined, signInAgain: () => Promise.resolve(null) },
    })
    return { ...staged, syncActs }
  }

  it('goes again as new mutations, together with what was refused with it', async () => {
    const batch = uuid(70)
    const [one, two, other] = [refused(1, batch), refused(2, batch), refused(3)]
    const { syncActs, mutations, gaveUp } = acts([one, two, other])
    await syncActs.mend(one.mutation.id, () => ({ note: '改好' }))
    expect(mutations().map(({ fields }) => fields)).toEqual(
      Array.from({ length: 2 }, () => ({ note: '改好' })),
    )
    expect(mutations().map(({ batchSize }) => batchSize)).toEqual([2, 2])
    expect(mutations().map(({ id }) => id)).not.toContain(one.mutation.id)
    expect(gaveUp).toEqual([one.mutation.id, two.mutation.id])
  })

  it('goes once where somebody taps twice', async () => {
    const batch = uuid(70)
    const [one, two] = [refused(1, batch), refused(2, batch)]
    const { syncActs, mutations } = acts([one, two])
    const again = ({ mutation }: UnsentItem) => syncActs.mend(mutation.id, () => ({ note: '改好' }))
    await Promise.all([again(one), again(one), again(two)])
    expect(mutations()).toHaveLength(2)
  })

  it('is given up with its batch, and what only waits is nobody’s to give up', async () => {
    const waiting = { ...refused(1), state: 'waiting' as const }
    const alone = refused(2)
    const { syncActs, gaveUp } = acts([waiting, alone])
    await syncActs.giveUp(waiting.mutation.id)
    expect(gaveUp).toEqual([])
    await syncActs.giveUp(alone.mutation.id)
    expect(gaveUp).toEqual([alone.mutation.id])
  })

  it('is sent with what its owner sees now, without what the office asks no more', () => {
    const one = item(of.mutation('patch', 'resident', 40, { note: '当时', faith: '样例' }), {
      fields: [{ field: 'faith', problem: 'field-off' }] as never,
    })
    expect(fieldsLeftOut(one)).toEqual(['faith'])
    const { register } = stage()
    expect(fieldsNow(one, register.get('resident', uuid(40)))).toEqual({ note: '从前' })
    expect(fieldsNow(one, undefined)).toEqual({ note: '当时' })
  })

  it('takes along what was said of a record after its making was refused', async () => {
    const { register } = stage()
    const creation = item(of.mutation('create', 'resident', 55, { name: '样例' }, { seq: 5 }))
    const later = refused(6, null, { record: uuid(55) })
    const follower = { ...later, problem: 'record-gone' as const }
    const mended: string[] = []
    const syncActs = { mend: (id: string) => Promise.resolve(void mended.push(id)) }
    const sync = { getState: () => ({ unsent: [creation, follower, refused(7)] }) }
    await sendAgain({ register, syncActs, sync } as never, creation)
    expect(mended).toEqual([creation.mutation.id, follower.mutation.id])
  })
  it('confirms a claim as somebody else, and takes along what was entered upon whom it made', async () => {
    const claim = of.record('arrival', 60, {
      ...{ name: '样例甲', count: 1, dwelling: uuid(20), by: 'landlord', from: of.today },
    })
    const { register } = stage([claim])
    const batch = uuid(500)
    const answer = item(
      of.mutation(
        ...(['create', 'declaration-answer', 61] as const),
        { declaration: uuid(60), outcome: 'confirmed', residents: [uuid(63)], on: of.today },
        { seq: 5, batch },
      ),
      { problem: 'person-there-already' },
    )
    const refusedWith = { problem: 'batch-refused' as const }
    const home = item(
      of.mutation('create', 'household', 62, { dwelling: uuid(20) }, { seq: 6, batch }),
      refusedWith,
    )
    const person = item(
      of.mutation(
        ...(['create', 'resident', 63] as const),
        { household: uuid(62), name: '样例甲' },
        { seq: 7, batch },
      ),
      refusedWith,
    )
    const child = item(
      of.mutation('create', 'resident', 64, { household: uuid(62), name: '样例小' }, { seq: 8 }),
      { problem: 'reference-missing' },
    )
    const elsewhere = item(
      of.mutation('create', 'resident', 65, { household: uuid(99), name: '样例' }, { seq: 9 }),
      { problem: 'reference-missing' },
    )
    const mended: [string, Mutation['fields']][] = []
    const unsent = [answer, home, person, child, elsewhere]
    const syncActs = {
      mend: (id: string, fieldsOf: (one: UnsentItem) => Mutation['fields']) => {
        const one = unsent.find(({ mutation }) => mutation.id === id)
        if (one) mended.push([id, fieldsOf(one)])
        return Promise.resolve()
      },
    }
    const sync = { getState: () => ({ unsent }) }
    await sendAgain({ register, syncActs, sync } as never, answer)
    expect(mended.map(([id]) => id)).toEqual([answer.mutation.id, child.mutation.id])
    expect(mended[0]?.[1]).toMatchObject({ residents: [uuid(63)], besides: [uuid(40), uuid(41)] })
    expect(mended[1]?.[1]).toMatchObject({ household: uuid(62), name: '样例小' })
  })
})

describe('the file of unsent work', () => {
  const sealed = { format: 'wuse unsent work 1', device, box: '' } as unknown as UnsentFile
  const saving = (staged: ReturnType<typeof stage>, file: UnsentFile | null = sealed) => {
    const files: [string, string][] = []
    const outcome = saveUnsent({
      ...{ vault: staged.vault, now: Date.parse(`${of.today}T17:00:00Z`) },
      unsentFile: () => Promise.resolve(file),
      saveFile: (name, text) => files.push([name, text]),
    })
    return outcome.then((said) => ({ said, files }))
  }

  it('is named by the day in China, and there is none where nothing waits', async () => {
    const staged = stage()
    expect(await saving(staged)).toEqual({ said: 'nothing', files: [] })
    await staged.work.save([note('一')])
    const { said, files } = await saving(staged)
    expect(said).toBe('saved')
    expect(files[0]?.[0]).toBe('wuse-unsent-2026-11-24.wuse')
    expect(files[0]?.[1]).not.toContain('photos')
    expect((await saving(staged, null)).said).toBe('sign-in-first')
  })

  it('takes along photographs that are whole, and leaves out one that lost a chunk', async () => {
    const staged = stage()
    for (const [index, isWhole] of [true, false].entries()) {
      const id = uuid(80 + index)
      const { fields, chunks } = sealedPhoto(id, `${of.today}T01:00:00.000Z`)
      const photo = {
        ...{
          id,
          state: 'waiting' as const,
          at: 1,
          stream: gridA,
          form: 'visit/1',
          fields,
          size: 1,
        },
        hashes: [...chunks.map(({ hash }) => hash), ...(isWhole ? [] : ['gone'])],
      }
      await staged.vault.photos.add(
        photo,
        chunks.map(({ bytes }) => new Uint8Array(bytes)),
      )
    }
    const { files } = await saving(staged)
    const { photos } = JSON.parse(files[0]![1]) as UnsentFile
    expect(photos?.map(({ photo }) => photo)).toEqual([uuid(80)])
  })

  it('says so where the disk does not give what waits', async () => {
    const staged = stage()
    staged.vault.close()
    expect((await saving(staged)).said).toBe('storage')
  })
})
