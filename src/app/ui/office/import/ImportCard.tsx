import { useState } from 'preact/hooks'
import type { Import } from '#domain/import.ts'
import type { Problem } from '#protocol/problem.ts'
import type { ImportActs } from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { findUnstorable, partsOf } from '#app/views/import-standing.ts'
import type { Rec } from '#app/views/records.ts'
import { useOriginWords } from '#app/ui/pieces/origin-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Import.module.css'
import { useImportWords } from './import-words.ts'
import { recordPage } from '#app/links/record.ts'

/** One import: what it held, how far it came, and taking it back. */
export function ImportCard(props: {
  readonly acts: Pick<ImportActs, 'undo'>
  readonly record: Rec<'import'>
}) {
  const { acts, record } = props
  const app = useParts('register', 'today')
  const words = useWords()
  const said = useImportWords()
  const origins = useOriginWords()
  const day = useStore(app.today, (store) => store.day)
  const { fields, by, at } = record
  const who = useRegister(app, (register) => (by ? register.get('account', by)?.fields.name : ''))
  return (
    <section class={styles.card}>
      <h2>{fields.title}</h2>
      <p class={styles.soft}>{said.of(who ?? '', at ? formatMoment(words, at, day) : '')}</p>
      <p>
        {fields.about === 'requests'
          ? said.requestCount(fields.rows)
          : said.counts(fields.added, fields.changed)}
      </p>
      {fields.source && (
        <p>
          {origins.from({
            source: fields.source,
            entry: fields.sourceEntry ?? null,
            on: fields.sourceOn ?? null,
          })}
        </p>
      )}
      <Standing record={record} />
      {fields.builtOn && fields.builtOn.length > 0 && <BuiltOn builtOn={fields.builtOn} />}
      {fields.undoAsked ? (
        fields.outcome !== 'undone' && <Progress label={said.undoing} value={null} />
      ) : (
        <Undo acts={acts} record={record} />
      )}
    </section>
  )
}

function Standing(props: { readonly record: Rec<'import'> }) {
  const app = useParts('sync', 'register')
  const words = useWords()
  const said = useImportWords()
  const { id, fields } = props.record
  const waiting = useStore(app.sync, ({ unsent }) => partsOf(unsent, id, 'waiting'))
  const refused = useStore(app.sync, ({ unsent }) => partsOf(unsent, id, 'refused'))
  const unstorable = useStore(app.sync, ({ unsent }) => findUnstorable(unsent, id))
  const isPending = useRegister(app, (register) => register.isPending(id))
  const { outcome, parts, reason } = fields
  if (outcome === 'written' || outcome === 'undone') return <p>{said.outcome[outcome]}</p>
  if (outcome) {
    return (
      <Notice tone="alarm">
        <p>{said.outcome[outcome]}</p>
        {reason && <p>{words.problems[reason as Problem]}</p>}
        <RefusedAt at={fields.refusedAt} />
      </Notice>
    )
  }
  if (refused > 0) {
    return (
      <Notice tone="alarm">
        <p>{said.refusedParts}</p>
        <RefusedAt at={unstorable} />
      </Notice>
    )
  }
  if (waiting > 0) {
    return <Progress label={said.sending(waiting, parts)} value={(parts - waiting) / parts} />
  }
  return isPending ? <Progress label={said.arriving} value={null} /> : <p>{said.incomplete}</p>
}

/** The row of the roster that an import broke on, as far as anybody knows it. */
function RefusedAt(props: { readonly at: Import['refusedAt'] }) {
  const words = useWords()
  const said = useImportWords()
  const { sheet, row, field } = props.at ?? {}
  if (!sheet || !row) return null
  return <p>{said.refusedAt(sheet, row, (field && words.facts.field[field]) ?? '')}</p>
}

function BuiltOn(props: { readonly builtOn: NonNullable<Import['builtOn']> }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = useImportWords()
  const day = useStore(app.today, (store) => store.day)
  return (
    <Notice>
      <p>{said.builtOn}</p>
      <ul class={styles.plan}>
        {props.builtOn.slice(0, 5).map(({ kind, record, by, at }) => {
          const who = by ? (app.register.get('account', by)?.fields.name ?? '') : ''
          const what = words.facts.kind[kind as keyof typeof words.facts.kind]
          return (
            <li key={record}>
              {said.builtOnRecord(what, who, at ? formatMoment(words, at, day) : '')}{' '}
              {(kind === 'resident' || kind === 'household') && (
                <a class={styles.link} href={recordPage(kind, record)}>
                  {said.open}
                </a>
              )}
            </li>
          )
        })}
      </ul>
    </Notice>
  )
}

/** What is written can be taken back, and what has not come whole can be let go; asked once more before. */
function Undo(props: { readonly acts: Pick<ImportActs, 'undo'>; readonly record: Rec<'import'> }) {
  const { id, fields } = props.record
  const app = useParts('sync')
  const said = useImportWords()
  const isSending = useStore(app.sync, ({ unsent }) => partsOf(unsent, id, 'waiting') > 0)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Awaited<ReturnType<ImportActs['undo']>>>(null)
  if (fields.outcome && fields.outcome !== 'written') return null
  const undo = async () => {
    setBusy(true)
    setProblem(await props.acts.undo(id))
    setBusy(false)
    setAsking(false)
  }
  const label = fields.outcome ? said.undo : isSending ? said.stopSending : said.letGo
  return (
    <>
      {problem && <Notice tone="alarm">{said.trouble[problem]}</Notice>}
      {asking ? (
        <div class={styles.stack}>
          <p>{fields.outcome ? said.undoAsk : said.letGoAsk}</p>
          <div class={styles.acts}>
            <Button onClick={() => setAsking(false)}>{said.cancel}</Button>
            <Button look="danger" busy={busy} onClick={() => void undo()}>
              {fields.outcome ? said.undoYes : said.letGoYes}
            </Button>
          </div>
        </div>
      ) : (
        <div>
          <Button look="quiet" onClick={() => setAsking(true)}>
            {label}
          </Button>
        </div>
      )}
    </>
  )
}
