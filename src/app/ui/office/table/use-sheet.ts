import { useEffect, useState } from 'preact/hooks'
import { readSheet, type SheetQuestion } from '#app/register/read-sheet.ts'
import type { SheetAnswer } from '#app/views/sheet-rows.ts'
import { useParts } from '#app/acts/use-parts.ts'

/** Colleagues' work comes in bursts: the table is put in order again once they are over, and at least this often. */
const AFTER_CHANGE_MS = 400

export interface Answered {
  /** Of the last question that was answered; null before the first. */
  readonly answer: SheetAnswer | null
  /** A newer question is being answered; what stands there is still the earlier answer. */
  readonly busy: boolean
}

/** The rows that a question asks for; another object is another question. An answer stays on screen until the next one is there. */
export function useSheet(question: SheetQuestion): Answered {
  const { register } = useParts('register')
  const [answered, setAnswered] = useState<{
    readonly question: SheetQuestion
    readonly answer: SheetAnswer
  } | null>(null)

  useEffect(() => {
    let isStale = false
    let isReading = true
    let timer = setTimeout(() => void read(), 0)
    let revision = -1
    // What changes while rows are read never keeps the answer back: a sync that goes on would do so for its whole length.
    const look = () => {
      if (isStale || isReading || register.revision === revision) return
      isReading = true
      timer = setTimeout(() => void read(), AFTER_CHANGE_MS)
    }
    const read = async () => {
      const { revision: now } = register
      try {
        const answer = await readSheet(register, question, () => isStale)
        if (answer && !isStale) setAnswered({ question, answer })
      } catch (error) {
        reportError(error)
      } finally {
        // After a fault too: the next change is read again, and not the same one for ever.
        revision = now
        isReading = false
        look()
      }
    }
    const stop = register.subscribe(look)
    return () => {
      isStale = true
      stop()
      clearTimeout(timer)
    }
  }, [register, question])

  return {
    answer: answered?.question.sheet === question.sheet ? answered.answer : null,
    busy: answered?.question !== question,
  }
}
