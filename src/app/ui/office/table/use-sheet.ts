import { useEffect, useRef, useState } from 'preact/hooks'
import { readSheet, type SheetQuestion } from '#app/register/read-sheet.ts'
import type { SheetAnswer } from '#app/views/sheet-rows.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'

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
  const app = useParts('register')
  const revision = useRegister(app, (register) => register.revision)
  const [answered, setAnswered] = useState<{
    readonly question: SheetQuestion
    readonly answer: SheetAnswer
  } | null>(null)
  const asked = useRef<SheetQuestion | null>(null)

  useEffect(() => {
    let isStale = false
    const isNew = asked.current !== question
    asked.current = question
    const read = async () => {
      const answer = await readSheet(app.register, question, () => isStale)
      if (!isStale && answer) setAnswered({ question, answer })
    }
    const timer = setTimeout(() => void read(), isNew ? 0 : AFTER_CHANGE_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [app, revision, question])

  return {
    answer: answered?.question.sheet === question.sheet ? answered.answer : null,
    busy: answered?.question !== question,
  }
}
