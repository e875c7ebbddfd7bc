import type { LevelKey } from '#domain/level.ts'
import type { Rule, Scheme } from '#domain/scheme.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField, TextField } from '#app/ui/kit/Field.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { ConditionField, firstLeaf } from './ConditionField.tsx'
import { conditionText, factLabel, sampleReason, slotsOf } from './condition-words.ts'
import { daysIn } from './LevelsField.tsx'
import { LimitNote } from './LimitNote.tsx'
import styles from './Scheme.module.css'
import { levelWords } from './levels.ts'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'

/** One rule as it is read: its reason, and in small words when it holds. */
export function RuleLine(props: { readonly rule: Rule }) {
  const common = useWords()
  const own = useSchemeWords()
  const { rule } = props
  return (
    <p class={styles.ruleLine}>
      <strong>{sampleReason(rule, common.language)}</strong>
      <span class={styles.soft}>
        {own.subject[rule.subject]}：{conditionText(rule.when, rule.subject, { common, own })}
      </span>
      {rule.visitWithin ? (
        <span>
          {own.within(rule.visitWithin)} <LimitNote earlier={rule.earlier} />
        </span>
      ) : null}
    </p>
  )
}

/** One rule of the draft: folded as it is read, open as a form. */
export function RuleCard(props: {
  readonly rule: Rule
  readonly scheme: Scheme
  readonly problems: readonly string[]
  readonly hints: readonly string[]
  readonly isOpen: boolean
  readonly onOpen: () => void
  readonly onChange: (rule: Rule) => void
  readonly onRemove: () => void
}) {
  const common = useWords()
  const own = useSchemeWords()
  const { rule, scheme, onChange } = props
  const set = (part: Partial<Rule>) => onChange({ ...rule, ...part })
  const slots = slotsOf(rule)
  const limitOfLevel = scheme.levels.find(({ key }) => key === rule.level)?.visitWithin
  const words = { common, own }
  return (
    <li class={styles.card}>
      <button type="button" class={styles.fold} aria-expanded={props.isOpen} onClick={props.onOpen}>
        <LevelMark level={levelWords(scheme, rule.level, common)} />
        <RuleLine rule={rule} />
      </button>
      {props.problems.map((problem) => (
        <Notice key={problem} tone="alarm">
          {problem}
        </Notice>
      ))}
      {props.hints.map((hint) => (
        <Notice key={hint}>{hint}</Notice>
      ))}
      {props.isOpen && (
        <div class={styles.form}>
          <ChoiceField
            label={own.ruleLevel}
            value={rule.level}
            options={scheme.levels.map(({ key }) => {
              const { mark, word } = levelWords(scheme, key, common)
              return { value: key, label: `${mark} ${word}` }
            })}
            onInput={(level) => set({ level: level as LevelKey })}
          />
          <ChoiceField
            label={own.ruleSubject}
            value={rule.subject}
            options={[
              { value: 'resident', label: own.subject.resident },
              { value: 'dwelling', label: own.subject.dwelling },
            ]}
            onInput={(subject) => {
              const kind = subject as Rule['subject']
              // Facts of a person mean nothing for a room.
              if (kind !== rule.subject) set({ subject: kind, when: { all: [firstLeaf(kind)] } })
            }}
          />
          <ConditionField
            subject={rule.subject}
            condition={'fact' in rule.when ? { all: [rule.when] } : rule.when}
            onChange={(when) => set({ when })}
          />
          <TextField
            label={own.limitOfRule}
            hint={limitOfLevel === undefined ? undefined : own.limitOfRuleHint(limitOfLevel)}
            inputMode="numeric"
            maxLength={3}
            value={rule.visitWithin ? String(rule.visitWithin) : ''}
            onInput={(text) => set({ visitWithin: daysIn(text) })}
          />
          <TextField
            label={own.reason}
            hint={own.reasonHint}
            maxLength={80}
            value={rule.words}
            onInput={(text) => set({ words: text })}
          />
          <TextField
            label={own.reasonEn}
            maxLength={160}
            value={rule.wordsEn}
            onInput={(text) => set({ wordsEn: text })}
          />
          {slots.length > 0 && (
            <div class={styles.acts}>
              {slots.map((slot) => (
                <Button
                  key={slot}
                  look="quiet"
                  icon="plus"
                  onClick={() =>
                    set({ words: `${rule.words}{${slot}}`, wordsEn: `${rule.wordsEn}{${slot}}` })
                  }
                >
                  {own.insert} {factLabel(rule.subject, slot, words)}
                </Button>
              ))}
            </div>
          )}
          <p class={styles.soft}>{own.sample(sampleReason(rule, common.language))}</p>
          <Button look="danger" onClick={props.onRemove}>
            {own.removeRule}
          </Button>
        </div>
      )}
    </li>
  )
}
