/** The law of steps: the clash cases C1 to C15 as far as one request tells them, and what each role may do. */
import fc from '#tests/support/fast-check.ts'
import { describe, expect, it } from 'vitest'
import { courseOf } from '#domain/requests/course.ts'
import { steps as stepNames, requestStates } from '#domain/requests/step.ts'
import { openStates, stepsFor, transitions, type Actor } from '#domain/requests/transition.ts'
import { answer, createHandled, createStory, unitA, unitB } from './story.ts'

describe('a whole life', () => {
  it('goes from the door to a rated end', () => {
    const story = createHandled()
    story.tell('handler', 'answer', { at: '11-26 15:00', handlerOf: unitA, ...answer })
    expect(story.course().state).toBe('handled')
    story.tell('staff', 'release', { at: '11-26 16:00' })
    expect(story.course()).toMatchObject({ state: 'verifying', lead: null })
    story.tell('worker', 'call-back', { at: '11-27 09:00', reached: true, solved: true })
    expect(story.course()).toMatchObject({ state: 'closed', ending: 'solved' })
    expect(story.tell('asker', 'rate', { at: '11-27 20:00', solved: true })).toMatchObject({
      moved: true,
      to: 'closed',
    })
  })

  it('is settled on the spot without anybody else', () => {
    const story = createStory()
    story.tell('worker', 'submit', { at: '11-25 10:00' })
    story.tell('worker', 'settle', { at: '11-25 10:05', words: '已当场修好' })
    expect(story.course()).toMatchObject({ state: 'closed', ending: 'self' })
  })
})

describe('clashes', () => {
  it('C1: a late settling is a note, and the dispatch stands', () => {
    const story = createStory()
    story.tell('worker', 'submit', { at: '11-25 09:50' })
    const seen = story.last()!.id
    story.tell('staff', 'accept', { at: '11-25 10:20' })
    story.tell('staff', 'dispatch', { at: '11-25 10:30', unit: unitA })
    const verdict = story.tell('worker', 'settle', {
      ...{ at: '11-25 10:00', arrives: '11-25 12:00', after: seen, words: '已修好' },
    })
    expect(verdict).toEqual({
      ok: true,
      moved: false,
      from: 'assigned',
      why: 'state-changed',
      unseen: 2,
    })
    expect(story.course()).toMatchObject({ state: 'assigned', lead: unitA })
    expect(story.last()).toMatchObject({ step: 'settle', words: '已修好', moved: false })
  })

  it('C3: what comes after a withdrawal stays in the history and moves nothing', () => {
    const story = createHandled()
    const seen = story.last()!.id
    story.tell('asker', 'withdraw', { at: '11-26 11:00' })
    story.tell('worker', 'note', {
      at: '11-26 10:00',
      arrives: '11-26 13:00',
      after: seen,
      words: '照片',
    })
    expect(story.course().state).toBe('withdrawn')
    expect(story.steps).toHaveLength(6)
  })

  it('C4: the answer of a unit that has it no longer is a note', () => {
    const story = createHandled()
    const seen = story.last()!.id
    story.tell('staff', 'recall', { at: '11-26 09:00' })
    story.tell('staff', 'dispatch', { at: '11-26 09:10', unit: unitB })
    story.tell('handler', 'sign', { at: '11-26 09:30', handlerOf: unitB })
    const verdict = story.tell('handler', 'answer', {
      ...{ at: '11-26 08:50', arrives: '11-26 10:00', after: seen, handlerOf: unitA },
      ...answer,
    })
    expect(verdict).toMatchObject({ moved: false, why: 'errand-ended' })
    expect(story.course()).toMatchObject({ state: 'handling', lead: unitB })
  })

  it('C5: of two answers the first one moves, and both are there', () => {
    const story = createHandled()
    const seen = story.last()!.id
    story.tell('handler', 'answer', { at: '11-26 09:00', handlerOf: unitA, after: seen, ...answer })
    const second = story.tell('handler', 'answer', {
      ...{ at: '11-26 09:05', handlerOf: unitA, after: seen },
      ...answer,
      words: '换了两盏',
    })
    expect(second).toMatchObject({ moved: false, why: 'state-changed', unseen: 1 })
    expect(story.course().state).toBe('handled')
  })

  it('C6: asked before the due and arrived within a working day after it still counts', () => {
    const ask = { reason: 'parts', until: '2026-12-09', handlerOf: unitA }
    const within = createHandled()
    expect(
      within.tell('handler', 'ask-suspension', {
        ...ask,
        at: '12-02 17:00',
        arrives: '12-03 16:00',
      }),
    ).toMatchObject({ moved: true })
    const later = createHandled()
    expect(
      later.tell('handler', 'ask-suspension', {
        ...ask,
        at: '12-02 17:00',
        arrives: '12-04 09:00',
      }),
    ).toMatchObject({ moved: false, why: 'asked-late' })
  })

  const createReleased = () => {
    const story = createHandled()
    story.tell('handler', 'answer', { at: '11-26 15:00', handlerOf: unitA, ...answer })
    story.tell('staff', 'release', { at: '11-26 16:00' })
    return story
  }

  it('C7: the asker by link outranks a worker who had not seen it', () => {
    const story = createReleased()
    const seen = story.last()!.id
    story.tell('asker', 'rate', { at: '11-27 16:00', solved: true })
    const late = story.tell('worker', 'not-solved', {
      ...{ at: '11-27 15:00', arrives: '11-27 17:00', after: seen },
    })
    expect(late).toMatchObject({ moved: false, why: 'word-overruled' })
    expect(story.course()).toMatchObject({ state: 'closed', round: 1, ending: 'solved' })
  })

  it('C8: a round that the asker opened stays open', () => {
    const story = createReleased()
    const seen = story.last()!.id
    story.tell('asker', 'not-solved', { at: '11-27 15:00' })
    const late = story.tell('worker', 'call-back', {
      ...{ at: '11-27 14:00', arrives: '11-27 17:00', after: seen, reached: true, solved: true },
    })
    expect(late).toMatchObject({ moved: false })
    expect(story.course()).toMatchObject({ state: 'accepted', round: 2 })
  })

  it('a worker who had seen the word may contradict it', () => {
    const story = createReleased()
    story.tell('asker', 'rate', { at: '11-27 16:00', solved: true })
    expect(story.tell('worker', 'not-solved', { at: '11-28 10:00' })).toMatchObject({ moved: true })
    expect(story.course()).toMatchObject({ state: 'accepted', round: 2 })
  })

  it('a word at the door outranks one by telephone, whichever came first', () => {
    const story = createReleased()
    const seen = story.last()!.id
    story.tell('staff', 'call-back', {
      at: '11-27 10:00',
      by: 'telephone',
      reached: true,
      solved: true,
    })
    expect(story.course().state).toBe('closed')
    const door = story.tell('worker', 'not-solved', {
      ...{ at: '11-27 09:00', arrives: '11-27 12:00', after: seen, by: 'door' },
    })
    expect(door).toMatchObject({ moved: true, to: 'accepted' })
  })

  it('C11: a unit answers what is suspended, and a resumption after it is a note of the calendar', () => {
    const story = createHandled()
    const suspension = { reason: 'holiday', until: '2026-12-05', wordsForAsker: '等配件' }
    story.tell('staff', 'suspend', { at: '11-26 09:00', ...suspension })
    expect(story.course()).toMatchObject({ state: 'suspended', suspendedUntil: '2026-12-05' })
    story.tell('handler', 'answer', { at: '11-30 09:00', handlerOf: unitA, ...answer })
    expect(story.course().state).toBe('handled')
    expect(story.tell('calendar', 'resume', { at: '12-07 08:30' })).toEqual({
      ok: false,
      problem: 'meanwhile-changed',
    })
  })

  it('C12: a dispatch that was queued while another one was done is a proposal', () => {
    const story = createStory()
    story.tell('worker', 'submit', { at: '11-25 09:50' })
    story.tell('staff', 'accept', { at: '11-25 10:00' })
    const seen = story.last()!.id
    story.tell('staff', 'dispatch', { at: '11-25 10:30', unit: unitB })
    expect(
      story.tell('staff', 'dispatch', {
        at: '11-25 10:20',
        arrives: '11-25 11:00',
        after: seen,
        unit: unitA,
      }),
    ).toEqual({ ok: false, problem: 'meanwhile-changed' })
    expect(story.course()).toMatchObject({ lead: unitB })
  })

  it('C15: an answer after the calendar closed it is a note, and the office may open a round', () => {
    const story = createReleased()
    const seen = story.last()!.id
    story.tell('calendar', 'close', { at: '12-11 09:00' })
    expect(
      story.tell('handler', 'answer', {
        at: '11-27 09:00',
        arrives: '12-11 10:00',
        after: seen,
        handlerOf: unitA,
        ...answer,
      }),
    ).toMatchObject({ moved: false })
    expect(story.tell('staff', 'not-solved', { at: '12-12 10:00' })).toMatchObject({ moved: true })
  })
})

describe('grants', () => {
  const suspension = { reason: 'parts', until: '2026-12-02', wordsForAsker: '等配件' }

  it('are an administrator’s the second time and beyond ten working days', () => {
    const story = createHandled()
    expect(
      story.tell('staff', 'suspend', { at: '11-26 09:00', ...suspension, until: '2026-12-25' }),
    ).toEqual({ ok: false, problem: 'not-allowed' })
    story.tell('staff', 'suspend', { at: '11-26 09:00', ...suspension })
    story.tell('handler', 'resume', { at: '11-27 09:00', handlerOf: unitA })
    expect(story.tell('staff', 'suspend', { at: '11-27 10:00', ...suspension })).toEqual({
      ok: false,
      problem: 'not-allowed',
    })
    expect(story.tell('admin', 'suspend', { at: '11-27 10:00', ...suspension })).toMatchObject({
      moved: true,
    })
  })

  it('are none where the asker is not told', () => {
    const story = createHandled()
    expect(
      story.tell('staff', 'suspend', { at: '11-26 09:00', ...suspension, wordsForAsker: null }),
    ).toEqual({ ok: false, problem: 'field-missing', field: 'wordsForAsker' })
  })

  it('of a third return are an administrator’s', () => {
    const story = createStory()
    story.tell('worker', 'submit', { at: '11-25 09:00' })
    story.tell('staff', 'accept', { at: '11-25 09:10' })
    for (const minute of ['20', '30', '40']) {
      story.tell('staff', 'dispatch', { at: `11-25 09:${minute}`, unit: unitA })
      story.tell('handler', 'ask-return', {
        at: `11-25 09:${minute}`,
        reason: 'not-ours',
        handlerOf: unitA,
      })
      const verdict = story.tell('staff', 'grant-return', { at: `11-25 09:${minute}` })
      expect(verdict.ok).toBe(minute !== '40')
    }
    expect(story.tell('admin', 'grant-return', { at: '11-25 10:00' })).toMatchObject({
      moved: true,
    })
  })

  it('end with an answer: no ask stays open', () => {
    const story = createHandled()
    story.tell('handler', 'ask-extension', {
      at: '11-26 09:00',
      reason: 'parts',
      days: 3,
      handlerOf: unitA,
    })
    expect(story.course().asks).toHaveProperty('extension')
    story.tell('handler', 'answer', { at: '11-26 10:00', handlerOf: unitA, ...answer })
    expect(story.course().asks).toEqual({})
  })
})

describe('an undo', () => {
  it('brings back a request that was dispatched as accepted, and another one to where it was', () => {
    const dispatched = createHandled()
    dispatched.tell('worker', 'withdraw', { at: '11-26 09:00' })
    dispatched.tell('worker', 'undo', { at: '11-26 10:00' })
    expect(dispatched.course()).toMatchObject({ state: 'accepted', lead: null, before: null })
    const fresh = createStory()
    fresh.tell('worker', 'submit', { at: '11-26 09:00' })
    fresh.tell('staff', 'invalidate', { at: '11-26 09:10', reason: 'test', wordsForAsker: '测试' })
    fresh.tell('staff', 'undo', { at: '11-26 09:20' })
    expect(fresh.course().state).toBe('submitted')
  })

  it('of a withdrawal comes within a day', () => {
    const story = createHandled()
    story.tell('asker', 'withdraw', { at: '11-26 09:00' })
    expect(story.tell('asker', 'undo', { at: '11-27 09:01' })).toMatchObject({ why: 'undo-late' })
  })
})

describe('a level', () => {
  it('that is raised ends a suspension, and one that is lowered does not', () => {
    const suspension = { reason: 'parts', until: '2026-12-02', wordsForAsker: '等配件' }
    const raised = createHandled()
    raised.tell('staff', 'suspend', { at: '11-26 09:00', ...suspension })
    raised.tell('staff', 'set-level', { at: '11-26 10:00', level: 'urgent' })
    expect(raised.course()).toMatchObject({
      state: 'handling',
      level: 'urgent',
      suspendedUntil: null,
    })
    raised.tell('admin', 'suspend', { at: '11-26 11:00', ...suspension })
    raised.tell('staff', 'set-level', { at: '11-26 12:00', level: 'ordinary' })
    expect(raised.course()).toMatchObject({ state: 'suspended', suspendedUntil: '2026-12-02' })
  })
})

describe('the table', () => {
  const actors: Actor[] = ['worker', 'staff', 'admin', 'handler', 'asker', 'calendar']

  it('has a way out of every open state for the office or the calendar', () => {
    for (const state of openStates) {
      const ways = (['staff', 'admin', 'handler'] as const).flatMap((actor) =>
        stepsFor(actor, state),
      )
      expect(
        ways.filter((name) => (transitions[name].to ?? state) !== state),
        state,
      ).not.toEqual([])
    }
  })

  it('lets nobody do offline what they may not do at all', () => {
    for (const { who, offline } of Object.values(transitions)) {
      expect(offline.filter((actor) => !who.includes(actor))).toEqual([])
    }
  })

  it('refuses every step to every role that is not in it, and never throws', () => {
    for (const name of stepNames) {
      if (name === 'submit') continue
      for (const actor of actors) {
        const verdict = createHandled().tell(actor, name, { at: '11-26 09:00', handlerOf: unitA })
        if (!transitions[name].who.includes(actor)) {
          expect(verdict, `${actor} ${name}`).toEqual({ ok: false, problem: 'not-allowed' })
        }
      }
    }
  })

  it('comes to a state that is one, whatever happens in whatever order', () => {
    const event = fc.record({
      actor: fc.constantFrom(...actors),
      step: fc.constantFrom(...stepNames.filter((name) => name !== 'submit')),
      minute: fc.integer({ min: 0, max: 50_000 }),
      late: fc.integer({ min: 0, max: 3_000 }),
      knows: fc.boolean(),
      solved: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (events) => {
        const story = createStory()
        story.tell('worker', 'submit', { at: '10-09 09:00' })
        const first = story.last()!.id
        const base = Date.parse('2026-10-09T09:00:00+08:00')
        const clock = (minutes: number) =>
          new Date(base + minutes * 60_000 + 8 * 3_600_000)
            .toISOString()
            .slice(5, 16)
            .replace('T', ' ')
        let now = 0
        for (const { actor, step, minute, late, knows, solved } of events) {
          now += minute % 700
          const more = knows ? {} : { after: first }
          const verdict = story.tell(actor, step, {
            ...{ at: clock(Math.max(0, now - late)), arrives: clock(now), handlerOf: unitA },
            ...{
              unit: unitA,
              words: '样例',
              wordsForAsker: '样例',
              reason: 'test',
              level: 'urgent',
            },
            ...{
              until: '2026-10-20',
              days: 3,
              into: unitB,
              reached: true,
              solved,
              ending: 'solved',
            },
            ...more,
          })
          const course = story.course()
          expect(requestStates).toContain(course.state)
          // The step as it is stored and the fold agree: whoever folds again comes to the same.
          if (verdict.ok && verdict.moved) expect(course.state).toBe(verdict.to)
          expect(courseOf(structuredClone(story.steps))).toEqual(course)
          if (course.state === 'assigned' || course.state === 'handling') {
            expect(course.lead).not.toBeNull()
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
