import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Part, Soft } from '#app/ui/kit/Part.tsx'
import { useMeWords } from '#app/ui/words/me-words.ts'
import { useApprovalsWords } from './approvals-words.ts'
import { yearSheets } from './year-sheets.ts'

/** The report of a year for the yearly audit, which is due in January for the year before. With a connection. */
export function YearReportPart() {
  const app = useParts('officeActs', 'today')
  const words = useMeWords()
  const own = useApprovalsWords()
  const thisYear = Number(useStore(app.today, (store) => store.day).slice(0, 4))
  const [year, setYear] = useState(thisYear)
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ readonly ok: boolean; readonly text: string } | null>(null)
  const make = async () => {
    setBusy(true)
    setSaid(null)
    const acts = await app.officeActs.overview()
    const answer = acts.ok ? await acts.value.year(year) : acts
    const saved = answer.ok
      ? await app.officeActs
          .saveWorkbook(`${own.yearTitle(year)}.xlsx`, yearSheets(answer.value, own, words.me.role))
          .then(
            ({ ok }) => ok,
            () => false,
          )
      : false
    setBusy(false)
    if (!answer.ok) setSaid({ ok: false, text: words.problems[answer.problem] })
    else setSaid({ ok: saved, text: saved ? own.yearSaved : own.yearNotSaved })
  }
  return (
    <Part>
      <h2>{own.year}</h2>
      <Soft>{own.yearHint}</Soft>
      <ChoiceField
        label={own.whichYear}
        value={String(year)}
        options={[thisYear - 1, thisYear].map((one) => ({
          value: String(one),
          label: String(one),
        }))}
        onInput={(value) => setYear(Number(value))}
      />
      {said && <Notice tone={said.ok ? 'calm' : 'alarm'}>{said.text}</Notice>}
      <Button wide busy={busy} onClick={() => void make()}>
        {own.yearMake}
      </Button>
    </Part>
  )
}
