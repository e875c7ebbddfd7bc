import { useEffect, useRef, useState } from 'preact/hooks'
import { reasonWords } from '#domain/colour-of.ts'
import { exportPurposes, type ExportFormat, type ExportPurpose } from '#domain/export.ts'
import { rosterWords, type SheetColumn } from '#domain/sheet-columns.ts'
import type { Sheet } from '#domain/sheet.ts'
import { approvalOn } from '#app/register/approvals.ts'
import { minorsAmong } from '#app/register/minors.ts'
import { handOut, type HandedOut } from '#app/stores/hand-out.ts'
import { useApp, useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Sheet as Panel } from '#app/ui/kit/Sheet.tsx'
import { recipientWords } from '#app/ui/pieces/recipient-words.ts'
import { goesToInWords, RecipientFields, useRecipient } from '#app/ui/pieces/RecipientFields.tsx'
import { HandOutFields, type Mask } from '#app/ui/pieces/HandOutFields.tsx'
import { useToasts } from '#app/ui/toasts.ts'
import { useScreenWords, useWords } from '#app/ui/words/use-words.ts'
import { officePlace } from './office-place.ts'
import styles from './Table.module.css'
import type { SheetState } from './table-state.ts'
import { tableWords } from './table-words.ts'
import { viewsOf } from './views.ts'

const mostTitle = 80

/** The table as a workbook: masked unless somebody wants it in full, always with a purpose, always on record. */
export function ExportSheet(props: {
  readonly sheet: Sheet
  readonly state: SheetState
  readonly columns: readonly SheetColumn[]
  readonly ids: readonly string[]
  /** In words. */
  readonly filter: readonly string[]
  readonly onClose: () => void
}) {
  const app = useApp()
  const words = useWords()
  const own = useScreenWords(tableWords)
  const toasts = useToasts()
  const { sheet, state, columns } = props
  const account = useStore(app.session, (session) => session.account)
  const day = useStore(app.today, (store) => store.day)
  const place = useRegister(app, (register) => officePlace(register, account), [account])
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
  const [format, setFormat] = useState<ExportFormat>('workbook')
  const [mask, setMask] = useState<Mask>('masked')
  const [purpose, setPurpose] = useState<ExportPurpose | null>(null)
  const { draft, setDraft, handed } = useRecipient('own')
  const [tried, setTried] = useState(false)
  const [done, setDone] = useState<{ readonly value: number | null } | null>(null)
  const [problem, setProblem] = useState<(HandedOut & { ok: false })['problem'] | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const { minors, isApproved } = useRegister(
    app,
    (register) => ({
      minors: minorsAmong(register, sheet, props.ids, day),
      isApproved:
        !!place && !!account && approvalOn(register, place, account, 'export', day) !== null,
    }),
    [sheet, props.ids, place, account, day],
  )
  // Without an approval nobody under 18 leaves the register.
  const isLeavingOut = minors.size > 0 && !isApproved
  const ids = isLeavingOut ? props.ids.filter((id) => !minors.has(id)) : props.ids
  const heading = title.trim() || `${chinese.sheets[sheet]}${chinese.title}`

  const run = async () => {
    setTried(true)
    if (!purpose || !handed || !place || done) return
    const stop = new AbortController()
    running.current = stop
    setProblem(null)
    setDone({ value: 0 })
    const scheme = app.register.scheme()
    const goesTo = goesToInWords(recipientWords['zh-CN'], handed)
    const levelOf = (key: string) => scheme.levels.find((level) => level.key === key)
    const answer = await handOut(
      app,
      {
        sheet,
        columns,
        ids,
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
            chinese.under(day, ids.length, chinese.units[sheet], mask === 'masked'),
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
      { onProgress: (value) => setDone({ value }), signal: stop.signal },
    )
    setDone(null)
    if (!answer.ok) return setProblem(answer.problem)
    toasts.show(own.exported(answer.count, own.units[sheet]))
    props.onClose()
  }

  return (
    <Panel title={own.exportTitle} closeLabel={words.shell.close} onClose={props.onClose}>
      <div class={styles.form}>
        <p>{own.exportWhat(ids.length, own.units[sheet], columns.length)}</p>
        <TextField label={own.heading} maxLength={mostTitle} value={title} onInput={setTitle} />
        <FormatFields format={format} onChange={setFormat} />
        <HandOutFields
          words={own}
          purposes={exportPurposes}
          mask={mask}
          purpose={purpose}
          tried={tried}
          softStyle={styles.soft}
          onMask={setMask}
          onPurpose={setPurpose}
        >
          <RecipientFields
            recipients={['own', 'office']}
            draft={draft}
            tried={tried}
            onChange={setDraft}
          />
        </HandOutFields>
        {isLeavingOut && (
          <Notice>
            {own.withoutMinors(minors.size)} <a href="/approvals">{own.approvals}</a>
          </Notice>
        )}
        {minors.size > 0 && isApproved && <p class={styles.soft}>{own.withMinors(minors.size)}</p>}
        {place === null && <Notice>{own.noPlace}</Notice>}
        {ids.length === 0 && <Notice>{own.nothing}</Notice>}
        {problem === 'stopped' && <Notice>{own.stopped}</Notice>}
        {problem === 'not-written' && <Notice tone="alarm">{own.notWritten}</Notice>}
        {problem && problem !== 'stopped' && problem !== 'not-written' && (
          <Notice tone="alarm">{words.problems[problem]}</Notice>
        )}
        {done ? (
          <>
            <Progress
              label={
                done.value === null ? own.writing : own.exporting(Math.round(done.value * 100))
              }
              value={done.value}
            />
            <Button wide onClick={() => running.current?.abort()}>
              {own.stop}
            </Button>
          </>
        ) : (
          <Button
            wide
            look="primary"
            disabled={place === null || ids.length === 0}
            onClick={() => void run()}
          >
            {own.doExport}
          </Button>
        )}
      </div>
    </Panel>
  )
}

const csvFormats = ['csv', 'csv-gb18030'] as const

/** A workbook for people, the standard's form for systems; the two ways of writing CSV are asked where it is one. */
function FormatFields(props: {
  readonly format: ExportFormat
  onChange(format: ExportFormat): void
}) {
  const own = useScreenWords(tableWords)
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
