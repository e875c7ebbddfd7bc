import type { ComponentChildren } from 'preact'
import { exportPurposes } from '#domain/export.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { HandOutFields } from '#app/ui/pieces/HandOutFields.tsx'
import { RecipientFields } from '#app/ui/pieces/RecipientFields.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Table.module.css'
import { useTableWords } from './table-words.ts'
import type { Leaving } from './use-leaving.ts'
import { privacyPages } from '#app/links/privacy.ts'

/** Masked or in full, what for and to whom; who is left out; and the button that does it, or how far it is. */
export function LeavingFields(props: {
  readonly leaving: Leaving
  /** How many leave: in an export everybody of the table who may. */
  readonly count: number
  readonly logged: string
  readonly act: string
  /** Who of them is a minor is known to the server alone. */
  readonly minors?: ComponentChildren
  /** More than may leave at once, or another reason of the dialog's own. */
  readonly disabled?: boolean
  readonly onRun: () => void
}) {
  const words = useWords()
  const own = useTableWords()
  const { leaving, count } = props
  const { minors, place, problem, done } = leaving
  return (
    <>
      <HandOutFields
        words={{ ...own, logged: props.logged }}
        purposes={exportPurposes}
        mask={leaving.mask}
        purpose={leaving.purpose}
        tried={leaving.tried}
        softStyle={styles.soft}
        onMask={leaving.setMask}
        onPurpose={leaving.setPurpose}
      >
        <RecipientFields
          recipients={['own', 'office']}
          draft={leaving.draft}
          tried={leaving.tried}
          onChange={leaving.setDraft}
        />
      </HandOutFields>
      {leaving.isLeavingOut && (
        <Notice>
          {own.withoutMinors(minors.size)} <a href={privacyPages.approvals()}>{own.approvals}</a>
        </Notice>
      )}
      {minors.size > 0 && leaving.isApproved && (
        <p class={styles.soft}>{own.withMinors(minors.size)}</p>
      )}
      {props.minors}
      {place === null && <Notice>{own.noPlace}</Notice>}
      {count === 0 && <Notice>{own.nothing}</Notice>}
      {problem === 'stopped' && <Notice>{own.stopped}</Notice>}
      {problem === 'not-written' && <Notice tone="alarm">{own.notWritten}</Notice>}
      {problem && problem !== 'stopped' && problem !== 'not-written' && (
        <Notice tone="alarm">{words.problems[problem]}</Notice>
      )}
      {done ? (
        <>
          <Progress
            label={done.value === null ? own.writing : own.exporting(Math.round(done.value * 100))}
            value={done.value}
          />
          <Button wide onClick={() => leaving.running.current?.abort()}>
            {own.stop}
          </Button>
        </>
      ) : (
        <Button
          wide
          look="primary"
          disabled={place === null || count === 0 || props.disabled === true}
          onClick={props.onRun}
        >
          {props.act}
        </Button>
      )}
    </>
  )
}
