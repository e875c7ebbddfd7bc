import { useEffect, useRef, useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { shownForMs, type Reveals } from '#app/ui/pieces/reveals.ts'

/** What of a person a row shows in full. */
const shownFields = ['name', 'documentNumber', 'phones'] as const

/**
 * Names and numbers of a row in full, for a while. Of people of the register a purpose is asked and each is put on record
 * before anything shows; a row that means nobody there shows no more than the clerk's own file.
 */
export function useRowReveal(people: readonly string[]): Reveals {
  const app = useParts('work')
  const [isShown, setShown] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [failed, setFailed] = useState(false)
  const [isWithheld, setWithheld] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const show = () => {
    setShown(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setShown(false), shownForMs)
  }
  return {
    isShown: () => isShown,
    toggle() {
      if (isShown) setShown(false)
      else if (people.length === 0) show()
      else setAsking(true)
    },
    asking: isAsking ? 'name' : null,
    choose(why) {
      setAsking(false)
      const log = async () => {
        for (const person of people) {
          for (const field of shownFields) {
            const answer = await app.work.reveal(person, field, why)
            if (answer !== 'logged') return answer
          }
        }
        return 'logged' as const
      }
      void log().then((answer) => {
        setFailed(answer === 'not-logged')
        setWithheld(answer === 'not-approved')
        if (answer === 'logged') show()
      })
    },
    cancel() {
      setAsking(false)
      setWithheld(false)
    },
    failed,
    isWithheld,
  }
}
