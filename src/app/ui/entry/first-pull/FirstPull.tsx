import { later } from '#app/ui/later.tsx'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { Gate } from '#app/ui/entry/sign-in/Gate.tsx'
import styles from '#app/ui/pieces/sign-in/Gate.module.css'

const SignInAgain = later(() =>
  import('#app/ui/pieces/sync/SignInAgain.tsx').then((m) => m.SignInAgain),
)

/** The only wait of the product: the register comes to the device for the first time. */
export function FirstPull() {
  const app = useParts('session', 'sync')
  const words = useWords()
  const progress = useStore(app.session, (session) => session.progress)
  const problem = useStore(app.sync, (sync) => sync.problem)
  // The app was killed before the browser wrote its cookies down: without the password nothing would ever come.
  const ended = problem === 'session-ended' || problem === 'not-signed-in'
  const label =
    progress && progress.total > 0
      ? words.session.firstPullProgress(progress.done, progress.total)
      : words.session.firstPullWaiting
  return (
    <Gate>
      <div class={styles.form}>
        <h2>{words.session.firstPull}</h2>
        <Progress
          label={label}
          value={progress && progress.total > 0 ? progress.done / progress.total : null}
        />
        {problem === 'offline' && <Notice>{words.session.firstPullOffline}</Notice>}
        {ended && <SignInAgain />}
        {problem && problem !== 'offline' && !ended && (
          <Notice tone="alarm">{words.problems[problem]}</Notice>
        )}
        <p class={styles.hint}>{words.session.firstPullHint}</p>
      </div>
    </Gate>
  )
}
