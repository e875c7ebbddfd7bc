/**
 * Two phones without a signal say who came and confirm it, in any order, as often as they like, and merge whom they made:
 * a declaration never becomes two people, at the office and on either phone.
 */
import fc from '#tests/support/fast-check.ts'
import { expect, it } from 'vitest'
import { idBornIn } from '#domain/born-ids.ts'
import type { RegisterRecord } from '#domain/record.ts'
import type { Mutation } from '#protocol/mutation.ts'
import type { RecordRow } from '#server/db/record-row.ts'
import { keyOf } from '#server/ledger/draft.ts'
import { planPush } from '#server/ledger/plan.ts'
import { arrivalConfirmed, declared, notSo } from '#app/acts/declaration-intents.ts'
import type { Intent } from '#app/acts/intent.ts'
import { intentToMutation } from '#app/acts/intent-to-mutation.ts'
import { merged } from '#app/acts/same-person-intents.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createUnsent } from '#app/sync/unsent.ts'
import {
  answerTo,
  draftOfDeclaration,
  knownBehind,
  openDeclarations,
  peopleBehind,
} from '#app/views/declarations.ts'
import { createCountedIds } from '#tests/support/counted-ids.ts'

const stream = '00000000-0000-7000-8000-0000000000aa'
const building = '00000000-0000-7000-8000-0000000000b1'
const dwelling = '00000000-0000-7000-8000-0000000000d1'
const today = '2026-11-23'
const now = Date.parse(`${today}T02:00:00Z`)
const at = new Date(now).toISOString()

/** The office: the server's own plan of a push, in memory. */
function createOffice() {
  const rows = new Map<string, RecordRow>()
  const applied = new Map<string, number>()
  const ids = createCountedIds(0xccc)
  let head = 0
  const put = (kind: RecordRow['kind'], id: string, fields: RecordRow['fields']) => {
    head += 1
    rows.set(keyOf(stream, id), {
      ...{ stream, id, kind, version: head, fields, marks: {}, removed: false, movedTo: null },
      ...{ created: { version: head, device: null, at }, at, by: null, moves: 0 },
    })
  }
  put('building', building, { estate: '样例苑', name: '3幢', storeys: 6, units: 2 })
  put('dwelling', dwelling, { building, unit: '1', floor: 3, room: '301', use: 'rental' })
  return {
    rows,
    push(mutations: readonly Mutation[], account: string) {
      const plan = planPush(
        mutations.map((mutation) => ({ mutation })),
        {
          ...{
            account: { id: account, role: 'worker' },
            scope: new Map([[stream, { own: true }]]),
          },
          ...{ records: rows, applied, heads: new Map([[stream, head]]), policies: new Map() },
          ...{ skewMs: 0, now, ids },
        },
      )
      for (const [key, row] of plan.written) rows.set(key, row)
      for (const { mutation, version } of plan.changes) {
        applied.set(keyOf(stream, mutation.id), version)
      }
      head = plan.heads.get(stream) ?? head
      return plan.receipts
    },
    page: () => ({
      ...{
        type: 'page' as const,
        stream,
        epoch: 1,
        from: 0,
        to: head,
        reset: true as const,
        changes: [],
      },
      records: [...rows.values()].map(({ kind, id, version, fields, removed, at: made, by }) => ({
        ...{ kind, id, version, fields },
        ...(removed ? { removed: true as const } : {}),
        ...(made === null ? {} : { at: made }),
        ...(by === null ? {} : { by }),
      })),
    }),
  }
}
type Office = ReturnType<typeof createOffice>

/** A phone: the app's register, its list of what is unsent, and the batches that its screens save. */
function createPhone(office: Office, number: number) {
  const account = `00000000-0000-7000-8000-00000000000${String(number)}`
  const ids = createCountedIds(0x100 * number)
  const register = createRegister()
  const unsent = createUnsent(register, () => {})
  const sent: Mutation[] = []
  let seq = 0
  const app = { now: () => now, work: { newId: (born = stream) => idBornIn(born, ids()) } }
  const save = (intents: readonly Intent[]) => {
    const batch = intents.length > 1 ? ids() : null
    const created = new Map<string, RegisterRecord>()
    const mutations = intents.flatMap((intent) => {
      const held = register.get(intent.kind, intent.record) ?? created.get(intent.record)
      if (intent.op === 'create') {
        created.set(intent.record, { ...intent, id: intent.record, version: 0 })
      }
      const made = intentToMutation(intent, held, {
        ...{ device: account, at, batch, newId: ids },
        streamOf: (kind, id) => (register.get(kind, id) ?? created.get(id))?.stream,
      })
      return made ? [{ ...made, seq: (seq += 1) }] : []
    })
    const size = batch === null ? {} : { batchSize: mutations.length }
    unsent.saved(mutations.map((mutation) => ({ ...mutation, ...size })))
  }
  const waiting = () => unsent.items().filter(({ state }) => state === 'waiting')
  const people = () => peopleBehind(register, dwelling)
  return {
    register,
    people,
    pull() {
      const ids_ = unsent.delivered()
      register.applyPages([office.page()])
      unsent.settle(ids_)
    },
    push() {
      const mutations = waiting().map(({ mutation }) => mutation)
      sent.push(...mutations)
      if (mutations.length > 0) unsent.answered(office.push(mutations, account))
    },
    /** The answer was lost on the way: all of it comes once more. */
    repeat: () => void office.push(sent, account),
    say(name: string) {
      const home = register.get('dwelling', dwelling)
      const draft = { ...draftOfDeclaration(false, today), name }
      if (home) save(declared(app, 'arrival', home, draft))
    },
    /** As a thumb does without looking: whoever is offered first, else somebody new. */
    confirm(nth: number) {
      const open = openDeclarations(register)
      const claim = open[nth % Math.max(open.length, 1)]?.claim
      const home = register.get('dwelling', dwelling)
      if (claim?.kind !== 'arrival' || !home) return
      const [known] = knownBehind(register, claim)
      const found = known ? { known } : { dwelling: home }
      save(arrivalConfirmed(app, claim, found, { off: [] }, today).intents)
    },
    deny(nth: number) {
      const open = openDeclarations(register)
      const claim = open[nth % Math.max(open.length, 1)]?.claim
      if (claim) save(notSo(app, claim, { reason: 'said-twice', words: null }, today))
    },
    merge() {
      const [one, other] = people()
      if (!one || !other || one.fields.name !== other.fields.name) return
      save(merged(register, one, other, new Set(), today))
    },
  }
}

const act = fc.record({
  phone: fc.nat(1),
  what: fc.constantFrom('say', 'confirm', 'confirm', 'deny', 'push', 'repeat', 'pull', 'merge'),
  which: fc.nat(3),
})

it('never becomes two people', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 40, size: 'max' }), (acts) => {
      const office = createOffice()
      const phones = [createPhone(office, 1), createPhone(office, 2)] as const
      for (const phone of phones) phone.pull()
      // Both know of one claim before the first of them has a signal again.
      phones[0].say('样例甲')
      phones[0].push()
      for (const phone of phones) phone.pull()
      for (const { phone, what, which } of acts) {
        const at_ = phones[phone === 0 ? 0 : 1]
        if (what === 'say') at_.say(which % 2 === 0 ? '样例甲' : '样例乙')
        else if (what === 'confirm') at_.confirm(which)
        else if (what === 'deny') at_.deny(which)
        else at_[what]()
      }
      for (const phone of [...phones, ...phones]) {
        phone.push()
        phone.pull()
      }
      const living = [...office.rows.values()].filter(({ removed }) => !removed)
      const of = (kind: string) => living.filter((row) => row.kind === kind)
      const claims = of('arrival')
      const named = of('declaration-answer').map(({ fields }) => fields['declaration'])
      expect(new Set(named).size).toBe(named.length)
      // Nobody stands in the register whom no answer names, and each answer names one.
      const residents = of('resident')
      const answered = new Map(
        of('declaration-answer').flatMap(({ fields }) =>
          ((fields['residents'] as string[] | undefined) ?? []).map((id) => [id, fields] as const),
        ),
      )
      for (const { id } of residents) expect(answered.has(id)).toBe(true)
      expect(residents.length).toBeLessThanOrEqual(claims.length)
      const homes = of('household')
      expect(homes.length).toBe(residents.length)
      for (const { register, people } of phones) {
        for (const { id } of claims) {
          const answer = answerTo(register, id)
          expect(answer?.fields.residents?.length ?? 0).toBeLessThanOrEqual(1)
        }
        expect(people().length).toBeLessThanOrEqual(claims.length)
        const shown = people().map(({ id }) => id)
        expect(shown.every((id) => residents.some((one) => one.id === id))).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
})
