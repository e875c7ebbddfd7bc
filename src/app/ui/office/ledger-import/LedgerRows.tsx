import { useState } from 'preact/hooks'
import type { LedgerField } from '#domain/requests/ledger-columns.ts'
import { maskName, maskPhone } from '#domain/mask.ts'
import type { HeldRow, LedgerActs } from '#app/acts/ledger-import.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import {
  ledgerAnswersOffered,
  ledgerQuestions,
  ledgerShows,
  maskSample,
  requestsLike,
  showOf,
  unitNameOf,
  type LedgerShow,
} from '#app/views/ledger-rows.ts'
import { siteOf } from '#app/ui/pieces/requests/RequestRow.tsx'
import { useGrowing } from '#app/ui/use-growing.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { ColumnsTable } from '#app/ui/office/import/ColumnsTable.tsx'
import { useLedgerWords } from './ledger-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { requestsPages } from '#app/links/requests.ts'
import { firstPages } from '#app/links/first.ts'

const step = 40

/** Columns, questions and rows of a ledger before anything of it is written. */
export function LedgerRows({ acts }: { readonly acts: LedgerActs }) {
  const words = useWords()
  const said = useLedgerWords()
  const { title, rows, problem } = useStore(acts.store, (state) => state)
  const [show, setShow] = useState<LedgerShow>('taken')
  const placed = rows.map((held, at) => ({ held, at, show: showOf(held) }))
  const shown = placed.filter((one) => one.show === show)
  const taken = rows.filter(({ isTaken }) => isTaken).length
  const { count, mark, isWhole } = useGrowing(shown.length, step, show)
  const asked = placed.filter((one) => one.show === 'asked').length
  return (
    <Page
      title={said.title}
      back={firstPages.requests()}
      foot={
        <>
          {problem && (
            <Notice tone="alarm">
              {problem === 'nothing-taken'
                ? said.trouble['nothing-taken']
                : problem === 'disk-full' || problem === 'storage' || problem === 'locked'
                  ? words.problems[problem]
                  : said.unreadable}
            </Notice>
          )}
          <Button look="primary" wide disabled={taken === 0} onClick={() => void acts.write()}>
            {said.write(taken)}
          </Button>
          <OtherFile onLeave={() => acts.close()} />
        </>
      }
    >
      <div class={styles.narrow}>
        <p class={styles.soft}>{said.of(title, rows.length)}</p>
        <Columns acts={acts} />
        {asked > 0 && <Notice>{said.askedHint(asked)}</Notice>}
        <Questions acts={acts} />
        <div class={styles.chips} role="group" aria-label={said.rows}>
          {ledgerShows.map((one) => (
            <Button key={one} pressed={one === show} onClick={() => setShow(one)}>
              {`${said.show[one]} ${placed.filter((row) => row.show === one).length}`}
            </Button>
          ))}
        </div>
        <ul class={styles.list}>
          {shown.slice(0, count).map(({ held, at }) => (
            <li key={at} class={styles.part}>
              <Row acts={acts} held={held} at={at} />
            </li>
          ))}
        </ul>
        {!isWhole && <div ref={mark} />}
      </div>
    </Page>
  )
}

/** Says what is lost before it asks for the second tap. */
function OtherFile(props: { readonly onLeave: () => void }) {
  const words = useWords()
  const said = useLedgerWords()
  const [isAsking, setAsking] = useState(false)
  if (!isAsking) {
    return (
      <Button look="quiet" wide onClick={() => setAsking(true)}>
        {said.otherFile}
      </Button>
    )
  }
  return (
    <>
      <Notice tone="alarm">{said.otherFileAsk}</Notice>
      <Button look="danger" wide onClick={props.onLeave}>
        {said.otherFileYes}
      </Button>
      <Button wide onClick={() => setAsking(false)}>
        {words.shell.cancel}
      </Button>
    </>
  )
}

function Columns({ acts }: { readonly acts: LedgerActs }) {
  const said = useLedgerWords()
  const table = useStore(acts.store, (state) => state.table)
  if (!table) return null
  const unsure = table.columns.filter(({ confidence }) => confidence === 'likely').length
  return (
    <details class={styles.part} open={unsure > 0}>
      <summary class={styles.head}>{said.columns(table.columns.length, unsure)}</summary>
      <ColumnsTable
        label={said.columns(table.columns.length, unsure)}
        notTaken={said.notTaken}
        options={Object.entries(said.field).map(([value, label]) => ({ value, label }))}
        onChoose={(at, field) => acts.setColumn(at, field as LedgerField | null)}
        columns={table.columns.map(({ at, header, field, samples }) => {
          const name = header || said.noHeader(at + 1)
          return {
            ...{ at, name, field: field ?? '', label: name },
            samples: samples.map((sample) => maskSample(field, sample)),
          }
        })}
      />
    </details>
  )
}

/** What the ledger calls otherwise than the catalogue, asked once for all its rows. */
function Questions({ acts }: { readonly acts: LedgerActs }) {
  const app = useParts('register')
  const words = useWords()
  const said = useLedgerWords()
  const { role } = useViewer()
  const { rows, answers } = useStore(acts.store, (state) => state)
  const offered = useRegister(
    app,
    (register) => ledgerAnswersOffered(register, role, words.language === 'en'),
    [role, words.language],
  )
  const asked = ledgerQuestions(rows, answers)
  const answer = (of: 'items' | 'holders', key: string, value: string) =>
    acts.answer({
      [of]: { ...answers[of], [key]: value === none ? '' : value },
    })
  const shown = (value: string | undefined) => (value === '' ? none : (value ?? ''))
  return (
    <>
      {(['items', 'holders'] as const).flatMap((of) =>
        asked[of].map(({ text, count }) => (
          <SelectField
            key={`${of} ${text}`}
            label={of === 'items' ? said.whichItem(text, count) : said.whichUnit(text, count)}
            value={shown(answers[of][text])}
            emptyLabel={said.chooseOne}
            options={[
              { value: none, label: of === 'items' ? said.noItem : said.noUnit },
              ...offered[of],
            ]}
            onInput={(value) => answer(of, text, value)}
          />
        )),
      )}
      {asked.placeless > 0 && offered.grids.length > 1 && (
        <SelectField
          label={said.whichGrid(asked.placeless)}
          hint={said.whichGridHint}
          value={answers.grid}
          options={offered.grids}
          onInput={(grid) => acts.answer({ grid })}
        />
      )}
    </>
  )
}

/** An answer of its own: none of the list. */
const none = '-'

function Row(props: { readonly acts: LedgerActs; readonly held: HeldRow; readonly at: number }) {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = useLedgerWords()
  const day = useStore(app.today, (store) => store.day)
  const { acts, held, at } = props
  const { row, item, site, unit, before, problems, isTaken, isMasked } = held
  const answers = useStore(acts.store, (state) => state.answers)
  const there = useRegister(app, (register) => requestsLike(register, held), [held])
  const where = useRegister(
    app,
    (register) =>
      site ? siteOf(register, { site: site.id, siteKind: site.kind } as never, words) : row.where,
    [site?.id, row.where],
  )
  const unitName = useRegister(app, (register) => unitNameOf(register, unit), [unit])
  const person = [
    row.name ? maskName(row.name) : null,
    row.telephone ? maskPhone(row.telephone) : null,
  ]
  const canChoose = problems.length === 0
  return (
    <>
      <strong>
        {said.row(row.number)} {item?.name ?? row.itemText}
      </strong>
      {row.words && <span class={styles.words}>{row.words}</span>}
      <span class={styles.soft}>{[where, ...person].filter(Boolean).join('，')}</span>
      <span class={styles.soft}>
        {[
          row.reported ? said.reported(formatDay(words, row.reported, day)) : null,
          row.promised ? said.promised(formatDay(words, row.promised, day)) : said.byLimit,
          unitName ?? null,
        ]
          .filter(Boolean)
          .join('，')}
      </span>
      {problems.map((problem) => (
        <span key={problem} class={styles.late}>
          {said.problem[problem]}
        </span>
      ))}
      {row.unclearPhone && <span class={styles.late}>{said.unclearPhone}</span>}
      {!site && !item?.isStaffOnly && row.where && (
        <span class={styles.soft}>{said.placeInWords}</span>
      )}
      {isMasked && <span class={styles.soft}>{said.masked}</span>}
      {there.length > 0 && (
        <span>
          {before === null ? said.maybeSame : said.before}{' '}
          {there.map(({ id, number }) => (
            <a key={id} class={styles.inline} href={requestsPages.request(id)}>
              {number}
            </a>
          ))}
        </span>
      )}
      {canChoose && (
        <Button
          look="quiet"
          onClick={() => acts.answer({ taken: { ...answers.taken, [at]: !isTaken } })}
        >
          {isTaken ? said.leaveOut : said.takeAll}
        </Button>
      )}
    </>
  )
}
