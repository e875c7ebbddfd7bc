import { useState } from 'preact/hooks'
import type { Calendar } from '#domain/calendar.ts'
import { calendarHere } from '#app/views/request-rules.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { DaysField } from '#app/ui/forms/DaysField.tsx'
import { RulesPreview } from './RulesPreview.tsx'
import { useRulesWords } from './rules-words.ts'
import { OnlyAdministrators, RulesForm } from './RulesForm.tsx'
import { useRulesEditor, useRulesPlace } from './use-rules-editor.ts'
import { Part } from '#app/ui/kit/Part.tsx'
import { beginCalendar, calendarShown, type CalendarDraft } from '#app/views/rules-draft.ts'

/** 工作日历: days off, days worked in exchange, hours, and until when all this is known. Saved as a version of its own. */
export function CalendarEdit() {
  const own = useRulesWords()
  const app = useParts('register')
  const place = useRulesPlace()
  const calendar = useRegister(app, calendarHere)
  if (!place) return <OnlyAdministrators title={own.calendar} />
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
    <RulesForm
      title={own.calendar}
      hint={own.calendarHint}
      version={newest.calendarVersion}
      editor={editor}
      showErrors={showErrors}
      errors={errors}
      isNameless={problems.name}
      onSave={save}
    >
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
    </RulesForm>
  )
}
