import { colourByRules, reasonWords } from '#domain/colour-of.ts'
import type { Override } from '#domain/override.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { patchOf } from '#app/acts/household-intents.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { LevelMark } from '#app/ui/kit/LevelMark.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { placeOfRecord } from '#app/views/record-place.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from '#app/ui/pieces/by-hand/ByHand.module.css'
import { HandDates } from '#app/ui/pieces/by-hand/HandColours.tsx'
import type { OpenOverride } from '#app/views/open-overrides.ts'
import { useByHandWords } from '#app/ui/pieces/by-hand/by-hand-words.ts'
import { colourPage } from '#app/links/record.ts'

/** The office's second look at a colour by hand: the facts, the proposal, yes or no. */
export function ColourCard(props: { readonly open: OpenOverride; readonly onSettled: () => void }) {
  const app = useParts('session', 'register', 'today')
  const words = useWords()
  const own = useByHandWords()
  const levels = useLevels()
  const day = useStore(app.today, (store) => store.day)
  const account = useStore(app.session, (session) => session.account)
  const saving = useSave()
  const { record, override, waits } = props.open
  const scheme = useRegister(app, (register) => register.scheme())
  const rules = useRegister(
    app,
    (register) => {
      const subject = register.subject(record.id)
      return subject ? colourByRules(subject, register.scheme(), day) : null
    },
    [record.id, day],
  )
  const { where } = useRegister(app, (register) => placeOfRecord(register, record.kind, record.id))
  const say = (verdict: 'agreed' | 'refused') => {
    if (!account) return
    const review: Override['review'] = { verdict, by: account.id, on: day }
    const overrides = (record.fields.overrides ?? []).map((one) =>
      one.id === override.id ? { ...one, review } : one,
    )
    saving.run([patchOf(record, { overrides })], props.onSettled)
  }
  return (
    <section class={styles.part}>
      <h2>{where || own.notHere}</h2>
      {rules && (
        <div>
          <span class={styles.soft}>{own.rulesSay}</span>
          <p class={styles.marked}>
            <LevelMark level={levels[rules.colour]} look="chip" />
            <span>
              {rules.reasons
                .map((reason) => reasonWords(reason, scheme, words.language))
                .join('；')}
            </span>
          </p>
        </div>
      )}
      <div>
        <span class={styles.soft}>{own.proposed}</span>
        <p class={styles.marked}>
          <LevelMark level={levels[override.colour]} look="chip" />
          <span>{override.words}</span>
        </p>
      </div>
      <HandDates override={override} />
      {!waits && <Notice>{own.openAtOnce}</Notice>}
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      <div class={styles.acts}>
        <ButtonLink href={colourPage(record.kind, record.id)}>{own.look}</ButtonLink>
        {override.by !== account?.id && (
          <>
            <Button look="primary" busy={saving.busy} onClick={() => say('agreed')}>
              {own.agree}
            </Button>
            <Button busy={saving.busy} onClick={() => say('refused')}>
              {own.refuse}
            </Button>
          </>
        )}
      </div>
      {override.by === account?.id && <p class={styles.soft}>{own.mine}</p>}
    </section>
  )
}
