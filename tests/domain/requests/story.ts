/** A request told as a story: steps that the law judges one after the other, as the server does. */
import { createWorkingTime, defaultCalendar } from '#domain/calendar.ts'
import { defaultLimits, errandDueOf } from '#domain/requests/clocks.ts'
import { courseOf, type JudgedStep } from '#domain/requests/course.ts'
import { judgeStep, type Verdict } from '#domain/requests/judge.ts'
import type { RequestStep, StepName } from '#domain/requests/step.ts'
import type { Actor } from '#domain/requests/transition.ts'

export const time = createWorkingTime(defaultCalendar)

/** `11-25 10:00` of 2026 in China as an instant. */
export function at(text: string): string {
  return new Date(Date.parse(`2026-${text.replace(' ', 'T')}:00+08:00`)).toISOString()
}

export const unitA = '0190f5c6-0000-7000-8000-00000000a0a0'
export const unitB = '0190f5c6-0000-7000-8000-00000000b0b0'
const request = '0190f5c6-0000-7000-8000-0000000000aa'

export interface Told extends Partial<Omit<RequestStep, 'step' | 'at'>> {
  /** When it was done; `arrives` where it came later. */
  readonly at: string
  readonly arrives?: string
  readonly handlerOf?: string
  readonly doneBy?: string
}

export function createStory() {
  const steps: JudgedStep[] = []
  let count = 0
  return {
    steps,
    course: () => courseOf(steps),
    last: () => steps.at(-1),
    /** `after` is the newest step where the story does not say otherwise. */
    tell(
      actor: Actor,
      step: StepName,
      { at: done, arrives, handlerOf, doneBy, ...more }: Told,
    ): Verdict {
      count += 1
      const id = `0190f5c6-0000-7000-8000-${String(count).padStart(12, '0')}`
      const received = at(arrives ?? done)
      const said: RequestStep = {
        ...{ request, step, at: at(done), after: steps.at(-1)?.id ?? null },
        ...more,
      }
      if (step === 'submit') {
        steps.push({
          ...said,
          id,
          doneBy: doneBy ?? actor,
          actor,
          received,
          moved: true,
          to: 'submitted',
        })
        return { ok: true, moved: true, from: 'submitted', to: 'submitted', unseen: 0 }
      }
      const verdict = judgeStep(said, {
        steps,
        course: courseOf(steps),
        actor,
        by: doneBy ?? actor,
        unit: handlerOf ?? null,
        now: Date.parse(received),
        due: errandDueOf(steps, (level) => defaultLimits[level], time),
        time,
      })
      if (!verdict.ok) return verdict
      const found = verdict.moved
        ? { moved: true, from: verdict.from, to: verdict.to }
        : { moved: false, from: verdict.from, why: verdict.why }
      steps.push({
        ...said,
        id,
        doneBy: doneBy ?? actor,
        actor,
        received,
        unseen: verdict.unseen,
        ...found,
      })
      return verdict
    },
  }
}

/** A request that unit A has and has signed for. */
export function createHandled(from = '11-25 10:00') {
  const story = createStory()
  story.tell('worker', 'submit', { at: from, level: 'ordinary' })
  story.tell('staff', 'accept', { at: '11-25 10:30' })
  story.tell('staff', 'dispatch', { at: '11-25 11:00', unit: unitA })
  story.tell('handler', 'sign', { at: '11-25 11:30', handlerOf: unitA })
  return story
}

export const answer = {
  ...{ words: '已换灯', wordsForAsker: '楼道灯已换好', ending: 'solved' as const },
}
