import { useState } from 'preact/hooks'
import { privacyPages } from '#app/links/privacy.ts'
import { reasonWords } from '#domain/colour-of.ts'
import type { ExportFormat } from '#domain/export.ts'
import { rosterWords, type SheetColumn } from '#domain/sheet-columns.ts'
import { columnsBeyond } from '#domain/sheet-beyond.ts'
import type { Sheet } from '#domain/sheet.ts'
import { handOut } from '#app/acts/hand-out.ts'
import type { BeyondAsked } from '#app/acts/table-beyond.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { ChoiceField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet as Panel } from '#app/ui/kit/Sheet.tsx'
import { recipientWords } from '#app/ui/pieces/recipient-words.ts'
import { goesToInWords } from '#app/ui/pieces/RecipientFields.tsx'
import { useToasts } from '#app/ui/toasts.ts'
import { RangeNote } from '#app/ui/pieces/held/RangeNote.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { beyondWords, useBeyondTableWords } from './beyond-table-words.ts'
import { LeavingFields } from './LeavingFields.tsx'
import styles from './Table.module.css'
import type { SheetState } from '#app/views/table-state.ts'
import { tableWords, useTableWords } from './table-words.ts'
import { useLeaving } from './use-leaving.ts'
import { viewsOf } from '#app/views/table-views.ts'

export const mostTitle = 80

/** Paper has a dialog of its own. */
type FileFormat = Exclude<ExportFormat, 'paper'>

/**
 * The table as a workbook: masked unless somebody wants it in full, always with a purpose, always on record. Long: all that is
 * asked goes into the one act at its end.
 */
export function ExportSheet(props: {
  readonly sheet: Sheet
  readonly state: SheetState
  readonly columns: readonly SheetColumn[]
  readonly ids: readonly string[]
  /** People that the server gives slice by slice, in place of rows of this device. */
  readonly beyond?: {
    readonly asked: Omit<BeyondAsked, 'purpose' | 'columns'>
    readonly name: string
  }
  /** In words. */
  readonly filter: readonly string[]
  readonly onClose: () => void
}) {
  const app = useParts('register', 'work', 'today', 'now', 'officeActs')
  const words = useWords()
  const own = useTableWords()
  const said = useBeyondTableWords()
  const toasts = useToasts()
  const { sheet, state, columns, beyond } = props
  const leaving = useLeaving(sheet, props.ids)
  const { day, mask, minors, isApproved, ids } = leaving
  const view = useRegister(
    app,
    (register) => viewsOf(register, sheet).find(({ id }) => id === state.view)?.fields,
    [sheet, state.view],
  )
  // A workbook speaks Chinese, whatever the screen does: see docs/decisions/0025-tables.md.
  const chinese = tableWords['zh-CN']
  const [title, setTitle] = useState(
    view?.title ?? view?.name ?? `${chinese.sheets[sheet]}${chinese.title}`,
  )
  const [format, setFormat] = useState<FileFormat>('workbook')
  const heading = title.trim() || `${chinese.sheets[sheet]}${chinese.title}`

  const run = async () => {
    const begun = leaving.begin()
    if (!begun) return
    const { purpose, handed, place, signal } = begun
    const acts = beyond ? await app.officeActs.table() : null
    if (acts?.ok === false) {
      leaving.setDone(null)
      return leaving.setProblem(acts.problem)
    }
    const scheme = app.register.scheme()
    const goesTo = goesToInWords(recipientWords['zh-CN'], handed)
    const levelOf = (key: string) => scheme.levels.find((level) => level.key === key)
    const answer = await handOut(
      app,
      {
        sheet,
        columns: beyond ? columnsBeyond(columns) : columns,
        ids,
        ...(acts && beyond
          ? {
              beyond: (stopped) =>
                acts.value.slices(
                  {
                    ...{ ...beyond.asked, columns, stream: place, open: mask === 'open', format },
                    ...{ today: day, log: { purpose, ...handed } },
                  },
                  stopped,
                ),
            }
          : {}),
        open: mask === 'open',
        stream: place,
        words: rosterWords({
          level: (colour) => levelOf(colour)?.word ?? words.shell.grey,
          reason: (reason) => reasonWords(reason, scheme, 'zh-CN'),
        }),
        head: {
          name: chinese.sheets[sheet],
          above: [
            heading,
            beyond
              ? beyondWords['zh-CN'].under(day, beyond.name, mask === 'masked')
              : chinese.under(day, ids.length, chinese.units[sheet], mask === 'masked'),
            goesTo,
          ],
        },
        ...(format === 'workbook' ? {} : { standard: { format, title: heading, goesTo } }),
        fileName: `${heading.replace(/[^\p{L}\p{N}-]+/gu, '')}-${day}`,
        log: {
          purpose,
          ...handed,
          filter: props.filter.join(' · ').slice(0, 500) || null,
          view: state.view,
          ...(minors.size > 0 && isApproved ? { minors: minors.size } : {}),
        },
      },
      { onProgress: (value) => leaving.setDone({ value }), signal },
    )
    leaving.setDone(null)
    if (!answer.ok) return leaving.setProblem(answer.problem)
    toasts.show(own.exported(answer.count, own.units[sheet]))
    props.onClose()
  }

  return (
    <Panel title={own.exportTitle} closeLabel={words.shell.close} onClose={props.onClose}>
      <div class={styles.form}>
        {beyond ? (
          <p>{said.exportWhat(beyond.name, columns.length)}</p>
        ) : (
          <>
            <RangeNote />
            <p>{own.exportWhat(ids.length, own.units[sheet], columns.length)}</p>
          </>
        )}
        <TextField label={own.heading} maxLength={mostTitle} value={title} onInput={setTitle} />
        <FormatFields format={format} onChange={setFormat} />
        <LeavingFields
          leaving={leaving}
          count={beyond ? 1 : ids.length}
          minors={
            beyond && (
              <Notice>
                <p>{isApproved ? said.withMinors : said.withoutMinors}</p>
                <ButtonLink href={privacyPages.approvals()}>{own.approvals}</ButtonLink>
              </Notice>
            )
          }
          logged={own.logged}
          act={own.doExport}
          onRun={() => void run()}
        />
      </div>
    </Panel>
  )
}

const csvFormats = ['csv', 'csv-gb18030'] as const

/** A workbook for people, the standard's form for systems; the two ways of writing CSV are asked where it is one. */
function FormatFields(props: { readonly format: FileFormat; onChange(format: FileFormat): void }) {
  const own = useTableWords()
  const { format, onChange } = props
  const isCsv = format === 'csv' || format === 'csv-gb18030'
  return (
    <>
      <ChoiceField
        label={own.format}
        value={isCsv ? 'csv' : format}
        hint={own.formatHints[format === 'workbook' ? 'workbook' : 'standard']}
        options={(['workbook', 'csv', 'json'] as const).map((value) => ({
          value,
          label: own.formats[value],
        }))}
        onInput={(value) => onChange(value === 'csv' || value === 'json' ? value : 'workbook')}
      />
      {isCsv && (
        <ChoiceField
          label={own.encoding}
          value={format}
          options={csvFormats.map((value) => ({ value, label: own.encodings[value] }))}
          onInput={(value) => onChange(csvFormats.find((one) => one === value) ?? 'csv')}
        />
      )}
    </>
  )
}
