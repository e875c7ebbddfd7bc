import { Empty } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { Gate } from '#app/ui/entry/sign-in/Gate.tsx'

/** The device's storage cannot be used at all. */
export function Failed() {
  const words = useWords()
  return (
    <Gate>
      <Empty title={words.session.failed} icon="alert">
        <p>{words.session.failedHint}</p>
      </Empty>
    </Gate>
  )
}
