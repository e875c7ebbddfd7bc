import { useState } from 'preact/hooks'
import type { Role } from '#domain/account.ts'
import { approvalActs, longestApprovalDays, type ApprovalAct } from '#domain/approval.ts'
import { addDays } from '#domain/day.ts'
import { approvable } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { formatDay } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { DateField, SwitchField, TextAreaField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Part, Soft } from '#app/ui/kit/Part.tsx'
import { useMeWords } from '#app/ui/words/me-words.ts'
import { useApprovalsWords } from './approvals-words.ts'
import styles from './Approvals.module.css'

/** Who, for whom, what, what for, until when: saved once, ended at most. */
export function NewApproval(props: { readonly place: string }) {
  const app = useParts('work', 'today')
  const words = useMeWords()
  const own = useApprovalsWords()
  const today = useStore(app.today, (store) => store.day)
  const longest = addDays(today, longestApprovalDays - 1)
  const [acts, setActs] = useState<readonly ApprovalAct[]>(['reveal'])
  const [roles, setRoles] = useState<readonly Role[]>([])
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState(longest)
  const [tried, setTried] = useState(false)
  const saving = useSave()
  const isDayWrong = until < today || until > longest
  const missing = [
    acts.length === 0 && own.chooseActs,
    roles.length === 0 && own.chooseRoles,
  ].filter((one) => one !== false)
  const save = () => {
    setTried(true)
    if (missing.length > 0 || reason.trim() === '' || isDayWrong) return
    const fields = { acts: [...acts], roles: [...roles], reason: reason.trim(), from: today, until }
    const record = app.work.newId(props.place)
    saving.run(
      [{ op: 'create', kind: 'approval', record, stream: props.place, fields }],
      () => {
        setTried(false)
        setReason('')
        setRoles([])
      },
      { isFinal: true },
    )
  }
  return (
    <Part>
      <h2>{own.add}</h2>
      <fieldset class={styles.group}>
        <legend>{own.acts}</legend>
        {approvalActs.map((act) => (
          <SwitchField
            key={act}
            label={own.act[act]}
            checked={acts.includes(act)}
            onInput={(on) => setActs(toggled(approvalActs, acts, act, on))}
          />
        ))}
      </fieldset>
      <fieldset class={styles.group}>
        <legend>{own.roles}</legend>
        {approvable.map((role) => (
          <SwitchField
            key={role}
            label={words.me.role[role]}
            checked={roles.includes(role)}
            onInput={(on) => setRoles(toggled(approvable, roles, role, on))}
          />
        ))}
      </fieldset>
      <TextAreaField
        label={own.reason}
        maxLength={300}
        value={reason}
        onInput={setReason}
        error={tried && reason.trim() === '' ? own.reasonMissing : undefined}
      />
      <DateField
        label={own.until}
        hint={own.longest}
        min={today}
        max={longest}
        value={until}
        onInput={setUntil}
        error={tried && isDayWrong ? own.untilWrong(formatDay(words, longest, today)) : undefined}
      />
      <Soft>{own.notSelf}</Soft>
      {tried && missing.length > 0 && <Notice tone="alarm">{missing.join(' ')}</Notice>}
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      <Button look="primary" wide busy={saving.busy} onClick={save}>
        {own.save}
      </Button>
    </Part>
  )
}

/** In the order of all of them, however they were tapped. */
function toggled<T>(all: readonly T[], chosen: readonly T[], one: T, on: boolean): T[] {
  return all.filter((other) => (other === one ? on : chosen.includes(other)))
}
