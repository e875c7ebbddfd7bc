/** A door counts once at most, whatever came in whichever order, however often, and by whatever clocks. */
import { describe, expect, it } from 'vitest'
import fc from '#tests/support/fast-check.ts'
import {
  graceMs,
  isFinal,
  tallyOf,
  verdictOf,
  voicesByDoor,
  type HeardVoice,
} from '#domain/topics/count-voices.ts'
import { decisionRules, isShare } from '#domain/topics/decision-rules.ts'
import { isConcerned } from '#domain/topics/doors.ts'
import { isOpen, standingOf } from '#domain/topics/standing.ts'
import type { TopicStep } from '#domain/topics/topic.ts'
import { voiceHows, voiceSays } from '#domain/topics/voice.ts'

const start = Date.UTC(2026, 10, 23)
const moment = (minutes: number) => new Date(start + minutes * 60_000).toISOString()

let made = 0
const voice = (more: Partial<HeardVoice> = {}): HeardVoice => ({
  ...{ id: `voice-${String((made += 1)).padStart(4, '0')}`, dwelling: 'a', says: 'yes' },
  ...{ how: 'door', at: moment(made), by: 'anna' },
  ...more,
})

const anyVoice = fc.record({
  id: fc.integer({ min: 0, max: 60 }).map((n) => `voice-${n}`),
  dwelling: fc.constantFrom('a', 'b', 'c', 'elsewhere'),
  says: fc.constantFrom(...voiceSays),
  how: fc.constantFrom(...voiceHows),
  // Few minutes and two ways to write them: ties, and clocks that count from elsewhere.
  at: fc
    .tuple(fc.integer({ min: 0, max: 12 }), fc.boolean())
    .map(([n, isLocal]) => (isLocal ? moment(n + 480).replace('Z', '+08:00') : moment(n))),
  by: fc.constantFrom('anna', 'bert', null),
})
const anyVoices = fc.uniqueArray(anyVoice, { selector: ({ id }) => id, maxLength: 30 })
const doors = ['a', 'b', 'c']

describe('a door', () => {
  it('counts once at most, under any order and repetition', () => {
    fc.assert(
      fc.property(
        anyVoices,
        fc.infiniteStream(fc.nat()),
        fc.option(fc.integer({ min: 0, max: 12 }).map(moment)),
        (voices, chance, cut) => {
          const straight = voicesByDoor(voices, cut)
          const mixed = [...voices, ...voices]
            .map((one) => ({ one, key: chance.next().value as number }))
            .sort((x, y) => x.key - y.key)
            .map(({ one }) => one)
          expect(voicesByDoor(mixed, cut)).toEqual(
            new Map(
              [...new Set(mixed.map(({ dwelling }) => dwelling))].map((door) => [
                door,
                straight.get(door),
              ]),
            ),
          )
          const tally = tallyOf(doors, straight)
          const { yes, no, abstain, notMet, silent } = tally
          expect(yes + no + abstain + notMet + silent).toBe(doors.length)
          expect(tallyOf([...doors, ...doors], straight)).toEqual(tally)
        },
      ),
    )
  })

  it('says nothing new after the cut, and loses nothing that was said', () => {
    fc.assert(
      fc.property(anyVoices, anyVoices, (before, after) => {
        const cut = moment(12)
        const late = after.map((one) => ({ ...one, id: `late ${one.id}`, at: moment(13) }))
        const [alone, both] = [voicesByDoor(before, cut), voicesByDoor([...before, ...late], cut)]
        expect(tallyOf(doors, both)).toEqual(tallyOf(doors, alone))
        const all = [...both.values()].flatMap((door) => [...door.heard, ...door.late])
        expect(all.length).toBe(before.length + late.length)
      }),
    )
  })

  it('counts by its latest answer, and nobody met takes no answer away', () => {
    const of = (...voices: HeardVoice[]) => voicesByDoor(voices, null).get('a')?.counts?.says
    expect(of(voice(), voice({ says: 'no' }))).toBe('no')
    expect(of(voice({ says: 'no' }), voice({ says: 'not-met' }))).toBe('no')
    expect(of(voice({ says: 'not-met' }))).toBe('not-met')
    expect(of(voice({ says: 'not-met' }), voice({ says: 'abstain' }))).toBe('abstain')
  })

  it('counts a sheet of paper once two accounts have entered the same', () => {
    const paper = (says: HeardVoice['says'], by: string) => voice({ how: 'paper', says, by })
    const of = (...voices: HeardVoice[]) => {
      const door = voicesByDoor(voices, null).get('a')
      return [door?.counts?.says ?? null, door?.isPaperWaiting]
    }
    expect(of(paper('yes', 'anna'))).toEqual([null, true])
    expect(of(paper('yes', 'anna'), paper('yes', 'anna'))).toEqual([null, true])
    expect(of(paper('yes', 'anna'), paper('no', 'bert'))).toEqual([null, true])
    expect(of(paper('yes', 'anna'), paper('yes', 'bert'))).toEqual(['yes', false])
    // Who mends a slip is heard, and a door that said it itself since needs no sheet.
    expect(of(paper('no', 'anna'), paper('yes', 'bert'), paper('yes', 'anna'))).toEqual([
      'yes',
      false,
    ])
    expect(of(paper('yes', 'anna'), voice({ says: 'no' }), paper('yes', 'bert'))).toEqual([
      'no',
      true,
    ])
  })
})

describe('a rule', () => {
  const tally = { doors: 12, yes: 6, no: 2, abstain: 0, notMet: 1, silent: 3, paperWaiting: 0 }
  const rule = (key: string) => decisionRules.find((one) => one.key === key)!

  it('asks two thirds to take part, and three quarters or more than half of those to agree', () => {
    expect(verdictOf(tally, rule('rebuild'))).toMatchObject({
      isEnough: true,
      isAgreed: true,
      passes: true,
    })
    expect(verdictOf({ ...tally, yes: 5, no: 3 }, rule('rebuild')).passes).toBe(false)
    expect(verdictOf({ ...tally, yes: 5, no: 3 }, rule('fund-use')).passes).toBe(true)
    // Exactly half is not more than half; an abstention takes part.
    expect(verdictOf({ ...tally, yes: 4, no: 3, abstain: 1 }, rule('fund-use')).passes).toBe(false)
    expect(verdictOf({ ...tally, no: 1, silent: 4 }, rule('rebuild'))).toMatchObject({
      isEnough: false,
      passes: false,
    })
    expect(
      verdictOf({ ...tally, yes: 12, no: 0, notMet: 0, silent: 0 }, rule('all-doors')).passes,
    ).toBe(true)
    expect(verdictOf(tally, rule('heard-only')).passes).toBe(null)
    expect(verdictOf({ ...tally, doors: 0, yes: 0, no: 0 }, rule('fund-use')).passes).toBe(false)
  })

  it('counts in whole numbers', () => {
    expect(isShare(200, 300, { parts: 2, of: 3 })).toBe(true)
    expect(isShare(199, 300, { parts: 2, of: 3 })).toBe(false)
    expect(isShare(150, 300, { parts: 1, of: 2, beyond: true })).toBe(false)
  })
})

describe('a topic', () => {
  let count = 0
  const step = (name: TopicStep['step'], minutes: number, more: Partial<TopicStep> = {}) => ({
    id: `step-${(count += 1)}`,
    fields: { topic: 't', step: name, at: moment(minutes), ...more } as TopicStep,
  })
  const tally = { doors: 1, yes: 1, no: 0, abstain: 0, notMet: 0, silent: 0, paperWaiting: 0 }

  it('stands where its steps lead, in whatever order they came', () => {
    const steps = [
      step('ask', 1, { openUntil: '2026-12-01' }),
      step('meet', 2),
      step('close', 9),
      step('close', 5),
      step('tally', 10, { tally }),
      step('decide', 11, { outcome: 'project' }),
      step('decide', 12, { outcome: 'dropped' }),
    ]
    const expected = {
      ...{ stage: 'decided', openUntil: '2026-12-01', closedAt: moment(5), outcome: 'project' },
      tally,
    }
    fc.assert(
      fc.property(fc.shuffledSubarray(steps, { minLength: steps.length }), (mixed) => {
        expect(standingOf(mixed)).toMatchObject(expected)
      }),
    )
    expect(standingOf([])).toMatchObject({ stage: 'raised', closedAt: null })
    expect(isOpen(standingOf([]))).toBe(false)
    expect(isOpen(standingOf(steps.slice(0, 2)))).toBe(true)
    expect(isOpen(standingOf(steps.slice(0, 3)))).toBe(false)
    // A count without a closing says nothing.
    expect(standingOf([step('tally', 3, { tally })]).tally).toBe(null)
  })

  it('is counted for good when nobody is awaited, or after three days', () => {
    const at = { receivedAt: start, now: start + 1 }
    expect(isFinal({ ...at, devicesAwaited: 0 })).toBe(true)
    expect(isFinal({ ...at, devicesAwaited: 1 })).toBe(false)
    expect(isFinal({ receivedAt: start, now: start + graceMs, devicesAwaited: 9 })).toBe(true)
  })

  it('concerns a building, an entrance of it or one door', () => {
    const door = { id: 'd', building: 'b', unit: '2' }
    expect(isConcerned([{ building: 'b' }], door)).toBe(true)
    expect(isConcerned([{ building: 'b', unit: '1' }], door)).toBe(false)
    expect(isConcerned([{ building: 'b', unit: '2' }], door)).toBe(true)
    expect(isConcerned([{ building: 'b', dwelling: 'e' }], door)).toBe(false)
    expect(isConcerned([{ building: 'b', dwelling: 'd' }], door)).toBe(true)
    expect(isConcerned([{ building: 'c' }], door)).toBe(false)
  })
})
