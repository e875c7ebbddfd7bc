import { defaultScheme } from '#domain/default-scheme.ts'
import { levelKeys, urgency, type LevelKey } from '#domain/level.ts'
import type { Level } from '#domain/scheme.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { levelWords } from './levels.ts'
import styles from './Scheme.module.css'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'

/** The levels of the draft: word, mark, and how soon somebody should call. */
export function LevelsField(props: {
  readonly levels: readonly Level[]
  readonly onChange: (levels: readonly Level[]) => void
}) {
  const common = useWords()
  const own = useSchemeWords()
  const { levels } = props
  const set = (key: LevelKey, part: Partial<Level>) =>
    props.onChange(levels.map((level) => (level.key === key ? { ...level, ...part } : level)))
  const missing = levelKeys.filter((key) => !levels.some((level) => level.key === key))
  const add = (key: LevelKey) => {
    const fresh = defaultScheme.levels.find((level) => level.key === key)
    if (!fresh) return
    props.onChange([...levels, fresh].sort((a, b) => urgency(a.key) - urgency(b.key)))
  }
  return (
    <>
      <div class={styles.levels}>
        {levels.map((level) => (
          <details key={level.key}>
            <summary class={styles.summary}>
              <LevelMark level={levelWords({ levels: [level] }, level.key, common)} look="chip" />
              <span>{own.within(level.visitWithin)}</span>
            </summary>
            <div class={styles.form}>
              <div class={styles.pair}>
                <TextField
                  label={own.wordLabel}
                  maxLength={12}
                  value={level.word}
                  onInput={(word) => set(level.key, { word })}
                />
                <TextField
                  label={own.mark}
                  hint={own.markHint}
                  maxLength={2}
                  value={level.mark}
                  onInput={(mark) => set(level.key, { mark })}
                />
              </div>
              <TextField
                label={own.wordEnLabel}
                maxLength={40}
                value={level.wordEn}
                onInput={(wordEn) => set(level.key, { wordEn })}
              />
              <div class={styles.pair}>
                <TextField
                  label={own.visitWithin}
                  inputMode="numeric"
                  maxLength={3}
                  value={level.visitWithin > 0 ? String(level.visitWithin) : ''}
                  onInput={(text) => set(level.key, { visitWithin: daysIn(text) ?? 0 })}
                />
                <TextField
                  label={own.visitWithinAfterEvent}
                  inputMode="numeric"
                  maxLength={3}
                  value={level.visitWithinAfterEvent ? String(level.visitWithinAfterEvent) : ''}
                  onInput={(text) => set(level.key, { visitWithinAfterEvent: daysIn(text) })}
                />
              </div>
              <Button
                look="quiet"
                icon="close"
                onClick={() => props.onChange(levels.filter(({ key }) => key !== level.key))}
              >
                {own.removeLevel}
              </Button>
            </div>
          </details>
        ))}
      </div>
      {missing.length > 0 && (
        <div class={styles.acts}>
          {missing.map((key) => (
            <Button key={key} look="quiet" icon="plus" onClick={() => add(key)}>
              {own.addLevel} {own.key[key]}
            </Button>
          ))}
        </div>
      )}
    </>
  )
}

/** Null where the field is empty; 0, which no level takes, where it is no number. */
export function daysIn(text: string): number | null {
  if (text.trim() === '') return null
  return /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0
}
