import { useEffect, useMemo, useState } from 'preact/hooks'
import type { SheetColumn } from '#domain/sheet-columns.ts'
import type { Sheet } from '#domain/sheet.ts'
import type { SheetAnswer } from '#app/views/sheet-rows.ts'
import { handOut } from '#app/acts/hand-out.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { ChoiceField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Sheet as Panel } from '#app/ui/kit/Sheet.tsx'
import { usePaper } from '#app/ui/pieces/paper.ts'
import { useRecipientWords } from '#app/ui/pieces/recipient-words.ts'
import { goesToInWords } from '#app/ui/pieces/RecipientFields.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { mostTitle } from './ExportSheet.tsx'
import { LeavingFields } from './LeavingFields.tsx'
import { fitPaper, mostPrinted, orientations, type Orientation } from '#app/views/paper-fit.ts'
import { usePaperWords } from './paper-words.ts'
import styles from './Table.module.css'
import { TablePaper, type PaperPart, type PaperTable } from './TablePaper.tsx'
import type { SheetState } from '#app/views/table-state.ts'
import { useTableWords } from './table-words.ts'
import { useGroupLabel } from './use-groups.ts'
import { useLeaving } from './use-leaving.ts'
import { useSheetWords } from './sheet-words.ts'
import { viewsOf } from '#app/views/table-views.ts'

/** The table on paper. It leaves the register as an export does: asked the same, on record before the first page. */
export function PrintSheet(props: {
  readonly sheet: Sheet
  readonly state: SheetState
  readonly columns: readonly SheetColumn[]
  readonly answer: SheetAnswer
  readonly group: SheetColumn | null
  readonly heading: (column: SheetColumn) => string
  /** In words. */
  readonly filter: readonly string[]
  readonly onClose: () => void
}) {
  const app = useParts('register', 'work', 'today', 'now')
  const words = useWords()
  const own = useTableWords()
  const said = usePaperWords()
  const who = useRecipientWords()
  const cellWords = useSheetWords()
  const { sheet, state, answer, group, heading, onClose } = props
  const leaving = useLeaving(sheet, answer.ids)
  const { day, account, mask, minors, isApproved, ids } = leaving
  const { usual, title, setTitle } = useTitle(sheet, state.view)
  const [orientation, setOrientation] = useState<Orientation>('landscape')
  const [rows, setRows] = useState<'people' | 'counts'>('people')
  const fit = useMemo(() => fitPaper(props.columns, orientation), [props.columns, orientation])
  const isCounts = group !== null && rows === 'counts'
  const parts = usePaperParts(sheet, answer, group, ids, isCounts)
  const lines = parts.reduce((sum, part) => sum + part.ids.length + (part.head ? 1 : 0), 0)
  const setPaper = usePrinted(onClose)

  const run = async () => {
    const begun = leaving.begin()
    if (!begun) return
    const { purpose, handed, place, signal } = begun
    const told: PaperTable = {
      title: title.trim() || usual,
      lines: [
        [
          said.by(account?.name ?? '', day),
          own.groupCount(isCounts ? answer.ids.length : ids.length, own.units[sheet]),
          ...(isCounts ? [] : [mask === 'masked' ? said.masked : said.open]),
        ].join(' · '),
        [said.purpose(own.purposes[purpose]), goesToInWords(who, handed)].join(' · '),
        ...(props.filter.length > 0 ? [said.filter(props.filter.join(' · '))] : []),
      ],
      columns: isCounts && group ? [group] : fit.columns,
      heading,
      parts,
      rows: new Map(),
      orientation,
      size: fit.size,
    }
    const done = await handOut(
      app,
      {
        sheet,
        columns: told.columns,
        ids: isCounts ? [] : ids,
        open: mask === 'open',
        stream: place,
        words: cellWords,
        head: { name: '', above: [] },
        paper: (cells) => setPaper({ ...told, rows: cells }),
        fileName: '',
        log: {
          purpose,
          ...handed,
          filter: props.filter.join(' · ').slice(0, 500) || null,
          view: state.view,
          ...(minors.size > 0 && isApproved && !isCounts ? { minors: minors.size } : {}),
        },
      },
      { onProgress: (value) => leaving.setDone({ value }), signal },
    )
    leaving.setDone(null)
    if (!done.ok) leaving.setProblem(done.problem)
  }

  return (
    <Panel title={said.title} closeLabel={words.shell.close} onClose={onClose}>
      <div class={styles.form}>
        <p>{own.exportWhat(ids.length, own.units[sheet], fit.columns.length)}</p>
        <TextField label={own.heading} maxLength={mostTitle} value={title} onInput={setTitle} />
        {group && (
          <ChoiceField
            label={said.rows}
            value={rows}
            options={(['people', 'counts'] as const).map((value) => ({
              value,
              label: said.rowKinds[value],
            }))}
            onInput={(value) => setRows(value === 'counts' ? 'counts' : 'people')}
          />
        )}
        <ChoiceField
          label={said.orientation}
          value={orientation}
          hint={isCounts || fit.left.length > 0 ? undefined : said.fits(fit.columns.length)}
          options={orientations.map((value) => ({ value, label: said.orientations[value] }))}
          onInput={(value) => setOrientation(value === 'portrait' ? 'portrait' : 'landscape')}
        />
        {!isCounts && fit.left.length > 0 && <Notice>{said.left(fit.left.map(heading))}</Notice>}
        {lines > mostPrinted && <Notice>{said.tooMany(mostPrinted)}</Notice>}
        <LeavingFields
          leaving={leaving}
          count={isCounts ? answer.ids.length : ids.length}
          logged={said.logged}
          act={said.do}
          disabled={lines > mostPrinted}
          onRun={() => void run()}
        />
      </div>
    </Panel>
  )
}

/** The heading on the paper: of the view that is shown, and what a table of its kind is called else. */
function useTitle(sheet: Sheet, shown: string | null) {
  const app = useParts('register')
  const own = useTableWords()
  const said = usePaperWords()
  const view = useRegister(
    app,
    (register) => viewsOf(register, sheet).find(({ id }) => id === shown)?.fields,
    [sheet, shown],
  )
  const usual = said.heading(own.sheets[sheet], own.title)
  const [title, setTitle] = useState(view?.title ?? view?.name ?? usual)
  return { usual, title, setTitle }
}

/** The groups of the table with those who leave it, or the rows as they stand. */
function usePaperParts(
  sheet: Sheet,
  answer: SheetAnswer,
  group: SheetColumn | null,
  ids: readonly string[],
  isCounts: boolean,
): readonly PaperPart[] {
  const own = useTableWords()
  const labelOf = useGroupLabel()
  return useMemo(() => {
    const leavingIds = new Set(ids)
    if (!group || !answer.groups) return [{ head: null, ids }]
    return answer.groups.map(({ key, ids: members }) => ({
      head: {
        label: labelOf(group, key),
        // Of everybody in the group: a count names nobody.
        count: own.groupCount(members.length, own.units[sheet]),
      },
      ids: isCounts ? [] : members.filter((id) => leavingIds.has(id)),
    }))
  }, [ids, group, answer.groups, labelOf, own, sheet, isCounts])
}

/** Prints what it is given, and says when that is over. */
function usePrinted(onPrinted: () => void): (paper: PaperTable) => void {
  const [paper, setPaper] = useState<PaperTable | null>(null)
  usePaper(paper ? () => <TablePaper {...paper} /> : null)
  useEffect(() => {
    if (!paper) return
    addEventListener('afterprint', onPrinted)
    window.print()
    return () => removeEventListener('afterprint', onPrinted)
  }, [paper, onPrinted])
  return setPaper
}
