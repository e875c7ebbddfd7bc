import { useState } from 'preact/hooks'
import type { Calendar } from '#domain/calendar.ts'
import { calendarHere } from '#app/views/request-rules.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { DaysField } from '#app/ui/forms/DaysField.tsx'
import { RulesPreview } from './RulesPreview.tsx'
import { useRulesWords } from './rules-words.ts'
import { rulesBack, useRulesEditor, useRulesPlace } from './use-rules-editor.ts'
import { Part, Soft } from '#app/ui/kit/Part.tsx'
import { beginCalendar, calendarShown, type CalendarDraft } from '#app/views/rules-draft.ts'

/** 工作日历: days off, days worked in exchange, hours, and until when all this is known. Saved as a version of its own. */
export function CalendarEdit() {
  const own = useRulesWords()
  const app = useParts('register')
  const place = useRulesPlace()
  const calendar = useRegister(app, calendarHere)
  if (!place) {
    return (
      <Page title={own.calendar} back={rulesBack}>
        <Notice>{own.onlyAdmin}</Notice>
      </Page>
    )
  }
  return <Editor key={calendar.calendarVersion} place={place} newest={calendar} />
}

function Editor(props: { readonly place: string; readonly newest: Calendar }) {
  const own = useRulesWords()
  const { place, newest } = props
  const [showErrors, setShowErrors] = useState(false)
  const editor = useRulesEditor<CalendarDraft>('calendar', place, newest.calendarVersion, () =>
    beginCalendar(newest),
  )
  const { values } = editor
  const { problems, errors, fields } = calendarShown(newest, values)
  const save = () => {
    setShowErrors(true)
    if (errors === 0 && !editor.isBehind) editor.save(fields)
  }
  return (
    <FormPage
      title={own.calendar}
      back={rulesBack}
      saveLabel={own.save}
      saving={editor.saving}
      errors={showErrors ? errors : 0}
      draft={editor}
      onSave={save}
    >
      <Soft>
        {own.version(newest.calendarVersion)}
        {own.calendarHint}
      </Soft>
      {editor.isBehind && <Notice tone="alarm">{own.moved}</Notice>}
      <TextField
        label={own.name}
        maxLength={40}
        value={values.name}
        onInput={(name) => editor.set({ name })}
        error={showErrors && problems.name ? own.missing : undefined}
      />
      <TextField
        label={own.hours}
        hint={own.hoursHint}
        maxLength={80}
        value={values.hours}
        onInput={(text) => editor.set({ hours: text })}
        error={problems.hours ? own.hoursWrong : undefined}
      />
      <DateTyped
        label={own.knownUntil}
        value={values.knownUntil}
        onInput={(knownUntil) => editor.set({ knownUntil })}
        error={showErrors && problems.knownUntil ? own.missing : undefined}
      />
      <Part head={own.days}>
        <DaysField
          calendar={{ holidays: [...values.off], workedWeekends: [...values.worked] }}
          onChange={({ holidays, workedWeekends }) =>
            editor.set({ off: holidays, worked: workedWeekends })
          }
        />
      </Part>
      <RulesPreview place={place} draft={{ calendar: fields }} disabled={errors > 0} />
    </FormPage>
  )
}
