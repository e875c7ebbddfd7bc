import type { OneTimeAnswer } from '#protocol/places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePeopleWords } from './people-words.ts'
import styles from './Places.module.css'

/** A password that the office made, shown once: it is kept nowhere, also not in a draft. */
export function OneTime(props: {
  readonly title: string
  readonly login: string
  readonly answer: OneTimeAnswer
  readonly onSeen: () => void
}) {
  const app = useParts('today')
  const words = useWords()
  const own = usePeopleWords()
  const day = useStore(app.today, (store) => store.day)
  const { password, until } = props.answer
  return (
    <section class={styles.part} aria-label={props.title}>
      <h2>{props.title}</h2>
      <p>
        {own.login}：<strong>{props.login}</strong>
      </p>
      <p>{own.secret}：</p>
      <p class={styles.secret} data-secret>
        {password}
      </p>
      <Notice>
        <p>{own.secretOnce}</p>
        <p>{own.secretUntil(formatMoment(words, until, day))}</p>
      </Notice>
      <Button look="primary" wide onClick={props.onSeen}>
        {own.secretSeen}
      </Button>
    </section>
  )
}
