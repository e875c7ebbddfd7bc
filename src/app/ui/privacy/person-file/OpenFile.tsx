import { useEffect, useMemo, useState } from 'preact/hooks'
import { maskName } from '#domain/mask.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { MissingGlyphs } from '#app/ui/pieces/MissingGlyphs.tsx'
import { usePaper } from '#app/ui/pieces/paper.ts'
import { policyOf } from '#app/views/policy-in-force.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { useRecipientWords } from '#app/ui/pieces/recipient-words.ts'
import { goesToInWords } from '#app/ui/pieces/RecipientFields.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { momentInFull, recordsOf, type Older } from './file-source.ts'
import { useFileWords } from '#app/ui/words/file-words.ts'
import { FileSheet, type PersonFileSheet } from './FileSheet.tsx'
import { partsOf } from './person-file.ts'
import styles from './PersonFile.module.css'
import type { Made } from './put-on-record.ts'
import { useOriginals } from './use-originals.ts'

/** The open file, with its ways onto paper and into a workbook; gone with the page, and when the app is locked. */
export function OpenFile(props: {
  readonly resident: Rec<'resident'>
  readonly made: Made
  readonly onAway: () => void
}) {
  const { resident, made } = props
  const app = useParts('officeActs')
  const own = useFileWords()
  const toasts = useToasts()
  const [failed, setFailed] = useState(false)
  const older = useOlder(resident)
  const sheet = useSheet(resident, made, older)
  const originals = useOriginals(sheet.parts.flatMap(({ photos = [] }) => photos))
  usePaper(() => <FileSheet sheet={sheet} originals={originals} />)
  const save = async () => {
    setFailed(false)
    // Without the name: file names are seen by more people than files.
    const name = `${own.heading}-${made.at.slice(0, 10)}.xlsx`
    const { heading, lines } = sheet
    const sheets = sheet.parts.map(({ title, note, columns, rows }) => ({
      name: title,
      above: [`${heading} · ${title}`, ...lines, ...(note ? [note] : [])],
      columns,
      rows,
    }))
    const saved = await app.officeActs.saveWorkbook(name, sheets).catch(() => null)
    if (saved?.ok) toasts.show(own.workbookSaved)
    else setFailed(true)
  }
  return (
    <div class={styles.open}>
      <div class={styles.acts}>
        <Button look="primary" onClick={() => window.print()}>
          {own.print}
        </Button>
        <Button onClick={() => void save()}>{own.workbook}</Button>
        <Button onClick={props.onAway}>{own.away}</Button>
      </div>
      {older === 'asking' && <Progress label={own.asking} value={null} />}
      <MissingGlyphs text={made.open ? resident.fields.name : maskName(resident.fields.name)} />
      {failed && <Notice tone="alarm">{own.workbookFailed}</Notice>}
      <FileSheet sheet={sheet} originals={originals} />
    </div>
  )
}

/** Changes that are too old for this device, of the record and those merged into it; null without a connection. */
function useOlder(resident: Rec<'resident'>): Older {
  const app = useParts('officeActs', 'register')
  const { id, stream } = resident
  const [older, setOlder] = useState<Older>('asking')
  useEffect(() => {
    let wanted = true
    const records = recordsOf(app.register, id)
    const ids = [id, ...(records?.merged ?? []).map((one) => one.id)]
    void Promise.all(ids.map((one) => app.officeActs.history(stream, one))).then((answers) => {
      if (!wanted) return
      const changes = answers.flatMap((answer) => (answer.ok ? answer.value : []))
      setOlder(answers.every(({ ok }) => ok) ? changes : null)
    })
    return () => {
      wanted = false
    }
  }, [app, id, stream])
  return older
}

/** As the register is when it is opened, not as it changes meanwhile: on screen, paper and in the workbook the same. */
function useSheet(resident: Rec<'resident'>, made: Made, older: Older): PersonFileSheet {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useFileWords()
  const said = useRequestsWords()
  const who = useRecipientWords()
  return useMemo(() => {
    const { register } = app
    const { fields, stream } = resident
    const records = recordsOf(register, resident.id) ?? { resident, merged: [] }
    const parts = partsOf({
      ...records,
      register,
      words,
      own,
      said,
      today: app.today.getState().day,
      open: made.open,
      older,
      off: policyOf(register).off,
    })
    const office = register.pathOf(stream).map((place) => place.fields.name)
    return {
      heading: own.heading,
      lines: [
        own.pair(own.madeFor, made.open ? fields.name : maskName(fields.name)),
        own.pair(own.office, office.join(' ')),
        own.pair(own.madeOn, momentInFull(words, made.at)),
        own.pair(own.purpose, own.purposes[made.purpose]),
        goesToInWords(who, made.handed),
        ...(made.open ? [] : [own.maskedNote]),
        own.lookedNote,
      ],
      parts,
    }
    // The register of this moment: what comes later belongs to the next file.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [app, resident.id, made, older, words, own, said, who])
}
