import { coverageOf } from '#domain/coverage.ts'
import type { Coverage, Scheme } from '#domain/scheme.ts'
import { visitChannels } from '#domain/visit.ts'
import { formatNames } from '#app/ui/format.ts'
import { SwitchField } from '#app/ui/kit/Field.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'
import { ConditionField } from './ConditionField.tsx'
import { conditionText } from './condition-words.ts'
import styles from './Scheme.module.css'

/** Whom coverage means and which visits count, as it is read. */
export function CoverageLine(props: { readonly scheme: Scheme }) {
  const common = useWords()
  const own = useSchemeWords()
  const { when, channels } = coverageOf(props.scheme)
  return (
    <p class={styles.ruleLine}>
      <span>{conditionText(when, 'resident', { common, own })}</span>
      <span class={styles.soft}>
        {own.channels}：
        {formatNames(
          common,
          channels.map((one) => common.facts.channel[one]),
        )}
      </span>
    </p>
  )
}

/** The same as a form, folded until somebody wants it. */
export function CoverageField(props: {
  readonly scheme: Scheme
  readonly onChange: (coverage: Coverage) => void
}) {
  const common = useWords()
  const own = useSchemeWords()
  const coverage = coverageOf(props.scheme)
  const { when, channels } = coverage
  return (
    <section class={styles.part}>
      <h2>{own.coverage}</h2>
      <p class={styles.soft}>{own.coverageHint}</p>
      <details class={styles.card}>
        <summary class={styles.summary}>
          <CoverageLine scheme={props.scheme} />
        </summary>
        <div class={styles.form}>
          <ConditionField
            subject="resident"
            condition={'fact' in when ? { all: [when] } : when}
            onChange={(changed) => props.onChange({ ...coverage, when: changed })}
          />
          <h3>{own.channels}</h3>
          {visitChannels.map((channel) => (
            <SwitchField
              key={channel}
              label={common.facts.channel[channel]}
              checked={channels.includes(channel)}
              onInput={(isOn) =>
                props.onChange({
                  ...coverage,
                  channels: visitChannels.filter((one) =>
                    one === channel ? isOn : channels.includes(one),
                  ),
                })
              }
            />
          ))}
        </div>
      </details>
    </section>
  )
}
