import type { ComponentChildren } from 'preact'
import type { Level, Rule, Scheme } from '#domain/scheme.ts'
import { changesOf, isUnchanged } from '#domain/scheme-changes.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatDay, formatNames } from '#app/ui/format.ts'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { rangesOf } from '#app/views/day-ranges.ts'
import { CoverageLine } from './CoveragePart.tsx'
import { levelWords } from './levels.ts'
import { LimitNote } from './LimitNote.tsx'
import { RuleLine } from './RuleCard.tsx'
import styles from './Scheme.module.css'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'

/** What differs between two versions, side by side in words. */
export function Changes(props: { readonly before: Scheme; readonly after: Scheme }) {
  const own = useSchemeWords()
  const { before, after } = props
  const changes = changesOf(before, after)
  if (isUnchanged(changes)) return <p>{own.same}</p>
  return (
    <ul class={styles.plain}>
      {changes.name && (
        <Change title={own.name} before={<p>{before.name}</p>} after={<p>{after.name}</p>} />
      )}
      {changes.levels.map((level) => (
        <Change
          key={level.key}
          title={own.levels}
          before={level.before && <LevelLine level={level.before} />}
          after={level.after && <LevelLine level={level.after} />}
        />
      ))}
      {changes.rules.map((rule) => (
        <Change
          key={rule.key}
          title={own.rules}
          before={rule.before && <RuleOf scheme={before} rule={rule.before} />}
          after={rule.after && <RuleOf scheme={after} rule={rule.after} />}
        />
      ))}
      {changes.coverage && (
        <Change
          title={own.coverage}
          before={<CoverageLine scheme={before} />}
          after={<CoverageLine scheme={after} />}
        />
      )}
      <DayChanges title={own.holidays} {...changes.holidays} />
      <DayChanges title={own.worked} {...changes.workedWeekends} />
    </ul>
  )
}

function Change(props: {
  readonly title: string
  readonly before: ComponentChildren
  readonly after: ComponentChildren
}) {
  const own = useSchemeWords()
  const kind = !props.before ? own.added : !props.after ? own.removed : own.changed
  return (
    <li class={styles.change}>
      <h3>
        {props.title} <span class={styles.soft}>{kind}</span>
      </h3>
      {props.before && (
        <div>
          <span class={styles.soft}>{own.before}</span>
          {props.before}
        </div>
      )}
      {props.after && (
        <div>
          <span class={styles.soft}>{own.after}</span>
          {props.after}
        </div>
      )}
    </li>
  )
}

function RuleOf(props: { readonly scheme: Scheme; readonly rule: Rule }) {
  const words = useWords()
  return (
    <div class={styles.marked}>
      <LevelMark level={levelWords(props.scheme, props.rule.level, words)} />
      <RuleLine rule={props.rule} />
    </div>
  )
}

export function LevelLine(props: { readonly level: Level }) {
  const words = useWords()
  const own = useSchemeWords()
  const { level } = props
  return (
    <p class={styles.marked}>
      <LevelMark level={levelWords({ levels: [level] }, level.key, words)} look="chip" />
      <span>
        {own.within(level.visitWithin)}
        {level.visitWithinAfterEvent && ` · ${own.afterEvent(level.visitWithinAfterEvent)}`}{' '}
        <LimitNote earlier={level.earlier} />
      </span>
    </p>
  )
}

function DayChanges(props: {
  readonly title: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
}) {
  const app = useParts('today')
  const words = useWords()
  const own = useSchemeWords()
  const today = useStore(app.today, (store) => store.day)
  const text = (days: readonly string[]) =>
    formatNames(
      words,
      rangesOf(days).map(({ from, to }) =>
        [from, ...(from === to ? [] : [to])].map((day) => formatDay(words, day, today)).join('–'),
      ),
    )
  if (props.added.length + props.removed.length === 0) return null
  return (
    <li class={styles.change}>
      <h3>{props.title}</h3>
      {props.added.length > 0 && (
        <p>
          <span class={styles.soft}>{own.added}</span> {text(props.added)}
        </p>
      )}
      {props.removed.length > 0 && (
        <p>
          <span class={styles.soft}>{own.removed}</span> {text(props.removed)}
        </p>
      )}
    </li>
  )
}
