/**
 * Two phones without a signal say who came and confirm it, in any order, as often as they like, and merge whom they made:
 * a declaration never becomes two people, at the office and on either phone.
 */
import fc from '#tests/support/fast-check.ts'
import { expect, it } from 'vitest'
import { arrivalConfirmed, declared, notSo } from '#app/acts/declaration-intents.ts'
import { merged } from '#app/acts/same-person-intents.ts'
import {
  answerTo,
  draftOfDeclaration,
  knownBehind,
  openDeclarations,
  peopleBehind,
} from '#app/views/declarations.ts'
import { createSmallOffice, createSmallPhone, type SmallOffice } from './small-office.ts'

const stream = '00000000-0000-7000-8000-0000000000aa'
const building = '00000000-0000-7000-8000-0000000000b1'
const dwelling = '00000000-0000-7000-8000-0000000000d1'
const today = '2026-11-23'
const now = () => Date.parse(`${today}T02:00:00Z`)

function createOffice() {
  const office = createSmallOffice([stream], now)
  office.put(stream, 'building', building, { estate: '样例苑', name: '3幢', storeys: 6, units: 2 })
  office.put(stream, 'dwelling', dwelling, {
    ...{ building, unit: '1', floor: 3, room: '301', use: 'rental' },
  })
  return office
}

/** What a worker does about claims, as the screens do it. */
function createPhone(office: SmallOffice, number: number) {
  const phone = createSmallPhone(office, number, { now })
  const { register, save } = phone
  const app = { now, work: { newId: (born = stream) => phone.newId(born) } }
  const people = () => peopleBehind(register, dwelling)
  return {
    ...{ register, people, pull: phone.pull, push: phone.push, repeat: phone.repeat },
    say(name: string) {
      const home = register.get('dwelling', dwelling)
      const draft = { ...draftOfDeclaration(false, today), name }
      if (home) save(declared(app, 'arrival', home, draft))
    },
    /**
     * As a thumb does without looking: whoever is offered first, else somebody new. `isOther`: somebody who looked says
     * that it is none of those who are offered.
     */
    confirm(nth: number, isOther = false) {
      const open = openDeclarations(register)
      const claim = open[nth % Math.max(open.length, 1)]?.claim
      const home = register.get('dwelling', dwelling)
      if (claim?.kind !== 'arrival' || !home) return
      const besides = knownBehind(register, claim)
      const [known] = besides
      const found = known && !isOther ? { known } : { dwelling: home, besides }
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
  what: fc.constantFrom(
    ...(['say', 'confirm', 'confirm', 'confirm', 'other', 'deny'] as const),
    ...(['push', 'repeat', 'pull', 'merge'] as const),
  ),
  which: fc.nat(3),
})

it('never becomes two people, and two claims of one person do not without a word of who confirms', () => {
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
        else if (what === 'other') at_.confirm(which, true)
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
      // Of two of one name somebody said that they are two: whoever was entered later names the other.
      const here = residents.filter(({ fields }) => !fields['mergedInto'])
      for (const [index, one] of here.entries()) {
        for (const other of here.slice(index + 1)) {
          if (one.fields['name'] !== other.fields['name']) continue
          const said = [
            ...((answered.get(one.id)?.['besides'] as string[] | undefined) ?? []),
            ...((answered.get(other.id)?.['besides'] as string[] | undefined) ?? []),
          ]
          expect(said.some((id) => id === one.id || id === other.id)).toBe(true)
        }
      }
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
