import { useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import type { PurgeActs } from '#app/acts/purge-acts.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePurgeWords } from './purge-words.ts'
import styles from './Purge.module.css'
import type { AnswerProblem, KnownPurge } from './use-purge.ts'

/** What of one grid is near its time: how much, and each record when somebody asks, to be kept one by one. */
export function GridPart<One extends { readonly stream: string; readonly record: string }>(props: {
  readonly stream: string
  /** The first day on which something goes. */
  readonly due: string
  readonly counted: string
  readonly purge: KnownPurge
  readonly ask: (acts: PurgeActs) => Promise<OfficeAnswer<readonly One[]>>
  readonly line: (one: One, onKeep: () => void) => ComponentChildren
}) {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = usePurgeWords()
  const today = useStore(app.today, (store) => store.day)
  const { stream, due, counted, purge, ask, line } = props
  const name = useRegister(app, (register) => register.get('place', stream)?.fields.name ?? '', [
    stream,
  ])
  const [list, setList] = useState<readonly One[] | null>(null)
  const [problem, setProblem] = useState<AnswerProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const show = async () => {
    setBusy(true)
    const acts = await purge.acts()
    const told = acts.ok ? await ask(acts.value) : acts
    setBusy(false)
    if (told.ok) setList(told.value)
    setProblem(told.ok ? null : told.problem)
  }
  const keep = async (one: One) => {
    const { stream: at, record } = one
    const refused = await purge.answer((acts) => acts.keep({ stream: at, record }))
    setProblem(refused)
    if (refused === null) setList((before) => before?.filter((other) => other !== one) ?? null)
  }
  return (
    <article class={styles.item}>
      <strong>{name}</strong>
      <span>
        {counted} {formatDay(words, due, today)}
      </span>
      {problem && <Notice tone="alarm">{words.problems[problem]}</Notice>}
      {list === null ? (
        <div class={styles.buttons}>
          <Button busy={busy} onClick={() => void show()}>
            {said.show}
          </Button>
        </div>
      ) : (
        <ul class={styles.list}>
          {list.map((one) => (
            <li key={one.record} class={styles.item}>
              {line(one, () => void keep(one))}
            </li>
          ))}
        </ul>
      )}
    </article>
  )
}

/** One that is near its time: its facts, where it is to be seen, and the word that keeps it. */
export function NearLine(props: {
  readonly facts: readonly string[]
  /** Null where this device does not have it. */
  readonly link: { readonly href: string; readonly label: string } | null
  readonly onKeep: () => void
}) {
  const words = useWords()
  const said = usePurgeWords()
  return (
    <>
      <span>{formatFacts(words, props.facts)}</span>
      {props.link && (
        <a class={styles.open} href={props.link.href}>
          {props.link.label}
        </a>
      )}
      <div class={styles.buttons}>
        <Button onClick={props.onKeep}>{said.keep}</Button>
      </div>
    </>
  )
}
