/** What a unit has of a request, as its page shows it: what is to be done, where, and by when. */
import type { Register } from '#app/register/register.ts'
import { photosNamed, photosThere, type DueShown, type StepShown } from './request-page.ts'
import { viewErrand, type ErrandView } from './requests.ts'

export interface ErrandShown {
  readonly view: ErrandView
  readonly due: Pick<DueShown, 'at' | 'isAbout' | 'isLate'> | null
  readonly steps: readonly StepShown[]
}

/** When the unit owes its answer; null where no day was named. */
export function errandDue({ errand, isLate }: ErrandView): ErrandShown['due'] {
  const { due } = errand.fields
  return due ? { at: due, isAbout: false, isLate } : null
}

/** Null where this device does not have it. */
export function errandShown(register: Register, id: string, now: number): ErrandShown | null {
  const errand = register.get('errand', id)
  if (!errand) return null
  const view = viewErrand(register, errand, now)
  const there = photosThere(register, id)
  return {
    view,
    due: errandDue(view),
    steps: view.steps.map((record) => {
      const { fields } = record
      return {
        ...{ id: record.id, step: fields.step, at: fields.at, words: fields.words ?? null },
        isPending: register.isPending(record.id),
        why: fields.moved === false ? (fields.why ?? null) : null,
        ...{ unit: null, actor: null, arrived: null, isFromMerged: false },
        ...{ wordsForAsker: null, ending: null },
        photos: photosNamed(fields.photos, there, false),
      }
    }),
  }
}
