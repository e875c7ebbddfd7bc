import fc from '#tests/support/fast-check.ts'
import { describe, expect, test } from 'vitest'
import { maxPush } from '#protocol/mutation.ts'
import {
  type Trouble,
  idlePlan,
  listens,
  nextStep,
  type Effect,
  type SyncEvent,
  type SyncPlan,
} from '#app/sync/plan.ts'

const chance = 0.5

function run(plan: SyncPlan, ...events: readonly SyncEvent[]) {
  let state = plan
  let effects: readonly Effect[] = []
  for (const event of events) ({ plan: state, effects } = nextStep(state, event, chance))
  return { plan: state, effects }
}

const kindsOf = (effects: readonly Effect[]) => effects.map((effect) => effect.do)
const started: SyncEvent = { type: 'started', online: true, visible: true }
const pushed = (sent: number, left = false): SyncEvent => ({ type: 'pushed', sent, left })
const pulled: SyncEvent = { type: 'pulled', complete: true, blocked: false }
const failed = (
  trouble: (SyncEvent & { type: 'failed' })['trouble'],
  size = 0,
  retryAfter?: number,
): SyncEvent => ({ type: 'failed', trouble, size, retryAfter })

const quiet = run(idlePlan, started, pushed(0), pulled).plan

describe('what comes first', () => {
  test('a start pushes, then pulls, then waits for the next poll', () => {
    const first = run(idlePlan, started)
    expect(kindsOf(first.effects)).toEqual(['rest', 'push'])
    const second = run(first.plan, pushed(0))
    expect(kindsOf(second.effects)).toEqual(['rest', 'pull'])
    const third = run(second.plan, pulled)
    expect(third.effects).toEqual([{ do: 'wait', milliseconds: 60_000 }])
  })

  test('saving pushes at once, and pulls what came of it', () => {
    const { plan, effects } = run(quiet, { type: 'saved' })
    expect(kindsOf(effects)).toEqual(['rest', 'push'])
    expect(kindsOf(run(plan, pushed(1)).effects)).toEqual(['rest', 'pull'])
  })

  test('saving during a pull interrupts it; the pull goes on after the push', () => {
    const pulling = run(quiet, { type: 'poke' }).plan
    const saved = run(pulling, { type: 'saved' })
    expect(kindsOf(saved.effects)).toEqual(['interrupt'])
    const stopped = run(saved.plan, { type: 'pulled', complete: false, blocked: false })
    expect(kindsOf(stopped.effects)).toEqual(['rest', 'push'])
    expect(kindsOf(run(stopped.plan, pushed(1)).effects)).toEqual(['rest', 'pull'])
  })

  test('saving during a push pushes again before pulling', () => {
    const pushing = run(quiet, { type: 'saved' }).plan
    const during = run(pushing, { type: 'saved' })
    expect(during.effects).toEqual([])
    expect(kindsOf(run(during.plan, pushed(1)).effects)).toEqual(['rest', 'push'])
  })

  test('a stream that left the scope has its work pushed and is pulled again', () => {
    const pulling = run(quiet, { type: 'poke' }).plan
    const blocked = run(pulling, { type: 'pulled', complete: true, blocked: true })
    expect(kindsOf(blocked.effects)).toEqual(['rest', 'push'])
    expect(kindsOf(run(blocked.plan, pushed(2)).effects)).toEqual(['rest', 'pull'])
  })

  test('a poke during a pull pulls once more', () => {
    const pulling = run(quiet, { type: 'poke' }, { type: 'poke' }, { type: 'poke' }).plan
    const again = run(pulling, pulled)
    expect(kindsOf(again.effects)).toEqual(['rest', 'pull'])
    expect(kindsOf(run(again.plan, pulled).effects)).toEqual(['wait'])
  })
})

describe('when it does not work', () => {
  const waitAfter = (failures: number, trouble: Trouble = 'server-fault', visible = true) => {
    let plan = run({ ...quiet, visible }, { type: 'saved' }).plan
    let effects: readonly Effect[] = []
    for (let count = 0; count < failures; count++) {
      if (count > 0) plan = run(plan, { type: 'tick' }).plan
      ;({ plan, effects } = run(plan, failed(trouble, 1)))
    }
    return effects.find((effect) => effect.do === 'wait')?.milliseconds
  }

  test('waits grow twofold and stop at five minutes', () => {
    expect([1, 2, 3, 4].map((count) => waitAfter(count))).toEqual([1000, 2000, 4000, 8000])
    expect(waitAfter(9)).toBe(256_000)
    expect(waitAfter(10)).toBe(300_000)
    expect(waitAfter(60)).toBe(300_000)
  })

  test('a way that is away is tried again within seconds while somebody looks', () => {
    expect(waitAfter(60, 'offline')).toBe(6_000)
    expect(waitAfter(60, 'unreadable-answer')).toBe(6_000)
    expect(waitAfter(60, 'offline', false)).toBe(300_000)
  })

  test('chance spreads the wait by a quarter to both sides', () => {
    const pushing = run(quiet, { type: 'saved' }).plan
    const least = nextStep(pushing, failed('offline', 1), 0).effects
    const most = nextStep(pushing, failed('offline', 1), 0.999).effects
    expect(least).toContainEqual({ do: 'wait', milliseconds: 750 })
    expect(most).toContainEqual({ do: 'wait', milliseconds: 1250 })
  })

  test('the server may ask for a longer wait', () => {
    const pushing = run(quiet, { type: 'saved' }).plan
    const { effects } = run(pushing, failed('server-fault', 1, 30))
    expect(effects).toEqual([{ do: 'wait', milliseconds: 30_000 }])
  })

  test('a poke does not shorten the wait, a connection and a person do', () => {
    const waiting = run(quiet, { type: 'poke' }, failed('server-fault')).plan
    expect(run(waiting, { type: 'poke' }).effects).toEqual([])
    expect(kindsOf(run(waiting, { type: 'online' }).effects)).toContain('push')
    expect(kindsOf(run(waiting, { type: 'asked' }).effects)).toContain('push')
  })

  test('offline, saving only sets a wait; the connection starts it', () => {
    const offline = run(quiet, { type: 'offline' }, { type: 'saved' })
    expect(kindsOf(offline.effects)).not.toContain('push')
    expect(offline.plan.timed).toBe(true)
    expect(kindsOf(run(offline.plan, { type: 'online' }).effects)).toContain('push')
  })

  test('the hint "offline" may be wrong: a wait that ends tries all the same', () => {
    const offline = run(quiet, { type: 'offline' }, { type: 'saved' }).plan
    expect(kindsOf(run(offline, { type: 'tick' }).effects)).toContain('push')
  })

  test('success forgets the failures', () => {
    const waiting = run(quiet, { type: 'saved' }, failed('offline', 1), { type: 'tick' }).plan
    const after = run(waiting, pushed(1)).plan
    expect(after.failures).toBe(0)
    expect(after.problem).toBeNull()
  })
})

describe('too large for the way', () => {
  const pushing = run(quiet, { type: 'saved' }).plan

  test('413 halves the batch at once, down to one, then sets that one aside', () => {
    let { plan, effects } = run(pushing, failed('too-large', 3))
    expect(effects).toContainEqual({ do: 'push', limit: 1 })
    ;({ plan, effects } = run(plan, failed('too-large', 1)))
    expect(kindsOf(effects)).toEqual(['rest', 'set-aside'])
    ;({ plan, effects } = run(plan, pushed(1, true)))
    expect(kindsOf(effects)).toEqual(['rest', 'push'])
  })

  test('a whole push is halved from what it held, not from the limit', () => {
    const { effects } = run(pushing, failed('too-large', 100))
    expect(effects).toContainEqual({ do: 'push', limit: 50 })
  })

  test('a batch that cannot be divided is set aside in the end', () => {
    let step = run(pushing, failed('too-large', 5))
    const seen: string[] = []
    for (let count = 0; count < 10 && !seen.includes('set-aside'); count++) {
      seen.push(...kindsOf(step.effects))
      step = run(step.plan, failed('too-large', 5))
    }
    expect(seen).toContain('set-aside')
  })

  test('a timeout halves too, but waits before', () => {
    const { plan, effects } = run(pushing, failed('timeout', 80))
    expect(plan.batch).toBe(40)
    expect(kindsOf(effects)).toEqual(['wait'])
  })

  test('the batch grows again with each push that works', () => {
    let { plan } = run(pushing, failed('too-large', 8))
    expect(plan.batch).toBe(4)
    ;({ plan } = run(plan, pushed(4, true)))
    expect(plan.batch).toBe(8)
    for (let count = 0; count < 20; count++) ({ plan } = run(plan, pushed(4, true)))
    expect(plan.batch).toBe(maxPush)
  })
})

describe('when a person has to act', () => {
  test('an ended session stops everything and keeps what is wanted; signing in goes on', () => {
    const ended = run(quiet, { type: 'saved' }, failed('session-ended', 1))
    expect(kindsOf(ended.effects)).toEqual(['rest'])
    expect(ended.plan.problem).toBe('session-ended')
    expect(listens(ended.plan)).toBe(false)
    const later = run(ended.plan, { type: 'saved' }, { type: 'poke' }, { type: 'tick' })
    expect(later.effects).toEqual([])
    expect(kindsOf(run(later.plan, { type: 'signed-in' }).effects)).toEqual(['rest', 'push'])
  })

  test('a revoked device is told so, and nothing more is sent', () => {
    const revoked = run(quiet, { type: 'saved' }, failed('device-revoked', 1))
    expect(revoked.effects).toContainEqual({ do: 'revoked', problem: 'device-revoked' })
    expect(run(revoked.plan, { type: 'saved' }).effects).toEqual([])
  })

  test('an app that is too old tries seldom', () => {
    const { plan, effects } = run(quiet, { type: 'saved' }, failed('app-too-old', 1))
    expect(effects).toEqual([{ do: 'wait', milliseconds: 300_000 }])
    expect(plan.problem).toBe('app-too-old')
  })
})

describe('in the pocket', () => {
  test('hidden and with nothing to send it rests; shown again it starts', () => {
    const hidden = run(quiet, { type: 'hidden' })
    expect(kindsOf(hidden.effects)).toEqual(['rest'])
    expect(listens(hidden.plan)).toBe(false)
    expect(kindsOf(run(hidden.plan, { type: 'shown' }).effects)).toEqual(['rest', 'push'])
  })

  test('hidden with unsent work it goes on trying', () => {
    const waiting = run(quiet, { type: 'saved' }, failed('offline', 1)).plan
    const hidden = run(waiting, { type: 'hidden' })
    expect(hidden.plan.timed).toBe(true)
    expect(kindsOf(run(hidden.plan, { type: 'tick' }).effects)).toContain('push')
  })
})

test('whatever happens, unsent work is on its way, waits for a moment, or waits for a person', () => {
  const troubles = ['offline', 'timeout', 'too-large', 'server-fault', 'session-ended'] as const
  const event = fc.oneof(
    fc.constantFrom<SyncEvent>(
      started,
      { type: 'saved' },
      { type: 'online' },
      { type: 'offline' },
      { type: 'shown' },
      { type: 'hidden' },
      { type: 'poke' },
      { type: 'tick' },
      { type: 'asked' },
      { type: 'signed-in' },
    ),
    fc.record({
      type: fc.constant('pushed' as const),
      sent: fc.nat(5),
      left: fc.boolean(),
    }),
    fc.record({
      type: fc.constant('pulled' as const),
      complete: fc.boolean(),
      blocked: fc.boolean(),
    }),
    fc.record({
      type: fc.constant('failed' as const),
      trouble: fc.constantFrom(...troubles),
      size: fc.nat(500),
    }),
  )
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 40 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (all, luck) => {
        let plan = idlePlan
        let timer = false
        for (const each of all) {
          // Answers come only to what was asked, ticks only from a wait.
          if (each.type === 'pushed' && plan.doing !== 'push') continue
          if (each.type === 'pulled' && plan.doing !== 'pull') continue
          if (each.type === 'failed' && plan.doing === 'nothing') continue
          if (each.type === 'started' && plan.doing !== 'nothing') continue
          if (each.type === 'tick' && !timer) continue
          if (each.type === 'tick') timer = false
          const before = plan.doing
          const { plan: next, effects } = nextStep(plan, each, luck)
          plan = next
          const begun = effects.filter((effect) =>
            ['push', 'pull', 'set-aside'].includes(effect.do),
          )
          expect(begun.length).toBeLessThanOrEqual(1)
          const ends = ['pushed', 'pulled', 'failed'].includes(each.type)
          if (begun.length === 1) expect(before === 'nothing' || ends).toBe(true)
          for (const effect of effects) {
            if (effect.do === 'wait') {
              timer = true
              expect(effect.milliseconds).toBeGreaterThanOrEqual(750)
              expect(effect.milliseconds).toBeLessThanOrEqual(300_000)
            }
            if (effect.do === 'rest') timer = false
          }
          expect(plan.timed).toBe(timer)
          if (plan.pushWanted) {
            expect(plan.doing !== 'nothing' || timer || plan.halted).toBe(true)
          }
          expect(plan.batch).toBeGreaterThanOrEqual(1)
        }
      },
    ),
  )
})
