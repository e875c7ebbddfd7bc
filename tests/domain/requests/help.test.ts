/** Asking for help never counts against anybody: what a colour may learn of requests, and all that it never learns. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { colourOf } from '#domain/colour-of.ts'
import { addDays, addMonths } from '#domain/day.ts'
import { defaultScheme } from '#domain/default-scheme.ts'
import type { Item } from '#domain/requests/catalogue.ts'
import type { JudgedStep } from '#domain/requests/course.ts'
import { helpOf } from '#domain/requests/help.ts'
import type { HelpRequest } from '#domain/requests/help-facts.ts'
import { courseOf } from '#domain/requests/course.ts'
import { steps as stepNames } from '#domain/requests/step.ts'
import type { Actor } from '#domain/requests/transition.ts'
import type { Condition, Scheme } from '#domain/scheme.ts'
import { scheme, subject, today } from '../some-scheme.ts'
import { residentSubject } from '../subjects.ts'
import { createStory, unitA } from './story.ts'

const item = (more: Partial<Item>): Item => ({
  ...{ id: '0190f5c6-0000-7000-8000-00000000c0c0', group: '样例', groupEn: 'Sample' },
  ...{ name: '样例事项', nameEn: 'Sample matter', level: 'ordinary' },
  ...more,
})
const help = item({ isHelp: true })
const of = (one: Item | null, steps: readonly JudgedStep[]) =>
  helpOf({ number: 'JJQ-261123-07-01' }, steps, () => one)

const actors: readonly Actor[] = ['worker', 'staff', 'admin', 'handler', 'asker', 'calendar']
const said = fc.record({
  actor: fc.constantFrom(...actors),
  step: fc.constantFrom(...stepNames.filter((name) => name !== 'submit')),
  day: fc.integer({ min: 1, max: 28 }),
  solved: fc.boolean(),
  reached: fc.boolean(),
  content: fc.constantFrom('content' as const, 'partly' as const, 'not' as const),
  ending: fc.constantFrom(
    'solved' as const,
    'partly' as const,
    'explained' as const,
    'not-ours' as const,
  ),
  level: fc.constantFrom('ordinary' as const, 'urgent' as const, 'major' as const),
})
/** What the law makes of anything that anybody says, one after the other. */
const history: fc.Arbitrary<readonly JudgedStep[]> = fc
  .array(said, { maxLength: 25 })
  .map((all) => {
    const story = createStory()
    story.tell('worker', 'submit', { at: '10-31 10:00', level: 'ordinary' })
    const inOrder = all.map(({ day }) => day).sort((a, b) => a - b)
    all.forEach(({ actor, step, day: _, ...more }, index) => {
      const moment = `11-${String(inOrder[index]).padStart(2, '0')} 10:00`
      story.tell(actor, step, {
        ...{ at: moment, handlerOf: unitA, unit: unitA, words: '样例', wordsForAsker: '样例' },
        ...{ reason: 'no-matter', until: '2026-12-20', days: 2, into: unitA, outsideNumber: '1' },
        ...more,
      })
    })
    return story.steps
  })
const withHelp = (all: readonly HelpRequest[]) => residentSubject({ help: all })
const colour = (all: readonly HelpRequest[], by: Scheme = defaultScheme) =>
  colourOf(withHelp(all), by, today)

const asksForHelp = (condition: Condition): boolean => {
  if ('all' in condition) return condition.all.some(asksForHelp)
  if ('any' in condition) return condition.any.some(asksForHelp)
  if ('not' in condition) return asksForHelp(condition.not)
  return condition.fact === 'openHelp' || condition.fact === 'unmetHelp'
}

describe('whatever happens to a request', () => {
  it('changes no colour under a scheme that does not ask for help', () => {
    fc.assert(
      fc.property(subject, scheme, fc.array(history, { maxLength: 4 }), (one, any, histories) => {
        const silent = { ...any, rules: any.rules.filter(({ when }) => !asksForHelp(when)) }
        const asked = histories.flatMap((steps) => of(help, steps) ?? [])
        const after =
          one.kind === 'resident' ? { ...one, context: { ...one.context, help: asked } } : one
        const { reasons, ...rest } = colourOf(after, silent, today)
        const { reasons: before, ...was } = colourOf(one, silent, today)
        expect([rest, reasons.map(({ rule }) => rule)]).toEqual([
          was,
          before.map(({ rule }) => rule),
        ])
      }),
      { numRuns: 60 },
    )
  })

  it('is nothing of a complaint, a report on others, staff conduct, or any other matter', () => {
    const others = [
      null,
      item({}),
      item({ isStaffOnly: true }),
      item({ isHelp: true, isStaffOnly: true }),
      item({ isHelp: true, isAboutStaff: true }),
    ]
    fc.assert(
      fc.property(history, fc.constantFrom(...others), (steps, other) => {
        expect(of(other, steps)).toBeNull()
      }),
    )
  })

  it('is the same for a colour however often, how late, how loudly and how contentedly it was said', () => {
    const plain = ({
      content: _,
      inTime: __,
      supervision: ___,
      ...step
    }: JudgedStep): JudgedStep => ({
      ...step,
      words: null,
      wordsForAsker: null,
      reason: null,
    })
    fc.assert(
      fc.property(history, (steps) => {
        expect(of(help, steps.map(plain))).toEqual(of(help, steps))
        const silent = steps.filter(({ step, moved }) => moved && step !== 'supervise')
        expect(of(help, silent)).toEqual(of(help, steps))
      }),
    )
  })

  it('leaves at most a wish to come sooner, as mild as its rule, and of one that was opened again no more', () => {
    fc.assert(
      fc.property(fc.array(history, { maxLength: 5 }), (histories) => {
        const asked = histories.flatMap((steps) => of(help, steps) ?? [])
        const found = colour(asked)
        expect(['green', 'yellow']).toContain(found.colour)
        // Once more of the same says the same.
        expect(colour([...asked, ...asked.filter(({ isOpen }) => isOpen)]).colour).toBe(
          found.colour,
        )
        for (const steps of histories) {
          const round = courseOf(steps).round
          const one = of(help, steps)
          if (round > 1 && one?.isOpen) {
            expect(colour([one])).toEqual(
              colour([{ number: one.number, isOpen: true, unmetOn: null }]),
            )
          }
        }
      }),
    )
  })

  it('is gone as if it had never been where it is withdrawn', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const last: JudgedStep = {
          ...{ id: 'x', doneBy: 'x', request: 'x', step: 'withdraw', at: '2026-11-29T00:00:00Z' },
          ...{ actor: 'asker', moved: true, from: 'accepted', to: 'withdrawn' },
        }
        expect(of(help, [...steps, last])).toBeNull()
      }),
    )
  })
})

describe('help', () => {
  const open = (number: string): HelpRequest => ({ number, isOpen: true, unmetOn: null })
  const unmet = (number: string, daysAgo: number): HelpRequest => ({
    ...{ number, isOpen: false, unmetOn: addDays(today, -daysAgo) },
  })

  it('that is open brings somebody sooner, and the reason names its number', () => {
    expect(colour([])).toMatchObject({ colour: 'green', reasons: [] })
    expect(colour([open('A-1'), open('B-2')])).toMatchObject({
      colour: 'yellow',
      reasons: [{ rule: 'open-help', facts: { openHelp: 'A-1、B-2' } }],
    })
    expect(colour([open('A-1')]).until).toBe(colour([]).until)
  })

  it('that failed once is forgotten, twice within a year remembered for a year', () => {
    expect(colour([unmet('A-1', 10)])).toMatchObject({ colour: 'green' })
    const twice = [unmet('A-1', 300), unmet('B-2', 10)]
    expect(colour(twice)).toMatchObject({
      colour: 'yellow',
      reasons: [{ rule: 'unmet-help', facts: { unmetHelp: 'A-1、B-2' } }],
      until: addMonths(addDays(today, -300), 12),
    })
    expect(colour([unmet('A-1', 400), unmet('B-2', 10)]).colour).toBe('green')
    // Of three the middle one decides for how long.
    expect(colour([unmet('C-3', 360), ...twice]).until).toBe(addMonths(addDays(today, -300), 12))
  })

  it('is unmet by a partial ending, an explanation, or the person’s own word', () => {
    const ended = (more: Partial<JudgedStep>) => {
      const story = createStory()
      story.tell('worker', 'submit', { at: '11-02 10:00', level: 'ordinary' })
      story.tell('staff', 'accept', { at: '11-02 11:00' })
      const wordsForAsker = '样例'
      story.tell('staff', 'answer-self', {
        at: '11-03 10:00',
        ending: 'solved',
        wordsForAsker,
        ...more,
      })
      story.tell('calendar', 'close', { at: '11-20 10:00', ending: more.ending ?? 'solved' })
      return story
    }
    expect(of(help, ended({}).steps)).toMatchObject({ isOpen: false, unmetOn: null })
    expect(of(help, ended({ ending: 'explained' }).steps)?.unmetOn).toBe('2026-11-20')
    expect(of(help, ended({ ending: 'partly' }).steps)?.unmetOn).toBe('2026-11-20')
    expect(of(help, ended({ ending: 'not-ours' }).steps)?.unmetOn).toBeNull()
    const rated = ended({})
    rated.tell('asker', 'rate', { at: '11-21 10:00', solved: false, content: 'not' })
    expect(of(help, rated.steps)?.unmetOn).toBe('2026-11-20')
  })
})
