import { useState } from 'preact/hooks'
import type { LedgerField } from '#domain/requests/ledger-columns.ts'
import { maskName, maskPhone } from '#domain/mask.ts'
import { itemsOffered } from '#domain/requests/catalogue.ts'
import { catalogueHere, unitsHere } from '#app/views/request-rules.ts'
import type { HeldRow, LedgerActs } from '#app/acts/ledger-import.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { gridName } from '#app/views/door.ts'
import { siteOf } from '#app/ui/pieces/requests/RequestRow.tsx'
import { useGrowing } from '#app/ui/use-growing.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useLedgerWords } from './ledger-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { requestsPages } from '#app/links/requests.ts'
import { firstPages } from '#app/links/first.ts'

type Show = 'taken' | 'asked' | 'doubled' | 'wrong'
const shows: readonly Show[] = ['taken', 'asked', 'doubled', 'wrong']

/** Each row of a ledger falls under one: what is written, what waits for an answer, what may be there, what is wrong. */
export function showOf({ problems, isTaken, before, similar }: HeldRow): Show {
  if (problems.some((one) => one === 'item-open' || one === 'holder-open')) return 'asked'
  if (problems.length > 0) return 'wrong'
  if (isTaken) return 'taken'
  return before !== null || similar.length > 0 ? 'doubled' : 'taken'
}

const step = 40

/** Columns, questions and rows of a ledger before anything of it is written. */
export function LedgerRows({ acts }: { readonly acts: LedgerActs }) {
  const words = useWords()
  const said = useLedgerWords()
  const { title, rows, problem } = useStore(acts.store, (state) => state)
  const [show, setShow] = useState<Show>('taken')
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
          {shows.map((one) => (
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
      {table.columns.map(({ at, header, field, samples }) => (
        <SelectField
          key={at}
          label={header || said.noHeader(at + 1)}
          hint={samples.map((sample) => maskSample(field, sample)).join(' · ')}
          value={field ?? ''}
          emptyLabel={said.notTaken}
          options={Object.entries(said.field).map(([value, label]) => ({ value, label }))}
          onInput={(value) => acts.setColumn(at, value === '' ? null : (value as LedgerField))}
        />
      ))}
    </details>
  )
}

/** Persons in the samples stay masked; so does a column that nobody has named yet and that holds long numbers. */
function maskSample(field: LedgerField | null, sample: string): string {
  if (field === 'name') return maskName(sample)
  return field === 'telephone' || (field === null && /\d{7}/.test(sample))
    ? maskPhone(sample)
    : sample.slice(0, 30)
}

/** What the ledger calls otherwise than the catalogue, asked once for all its rows. */
function Questions({ acts }: { readonly acts: LedgerActs }) {
  const app = useParts('register')
  const words = useWords()
  const said = useLedgerWords()
  const { role } = useViewer()
  const { rows, answers } = useStore(acts.store, (state) => state)
  const items = useRegister(app, (register) => {
    const catalogue = catalogueHere(register)
    return catalogue ? itemsOffered(catalogue, role) : []
  })
  const units = useRegister(app, unitsHere)
  const grids = useRegister(app, (register) =>
    register.grids().map(({ id }) => ({ value: id, label: gridName(register, id) })),
  )
  const openOf = (text: (held: HeldRow) => string, isAsked: (held: HeldRow) => boolean) => {
    const counts = new Map<string, number>()
    for (const held of rows.filter(isAsked))
      counts.set(text(held), (counts.get(text(held)) ?? 0) + 1)
    return [...counts].map(([key, count]) => ({ key, count }))
  }
  const asksItem = ({ row, item, problems }: HeldRow) =>
    problems.includes('item-open') ||
    (answers.items[row.itemText] !== undefined && (item === null || row.itemText !== item.name))
  const asksHolder = ({ row, problems }: HeldRow) =>
    problems.includes('holder-open') || answers.holders[row.holderText] !== undefined
  const itemTexts = openOf(({ row }) => row.itemText, asksItem)
  const holderTexts = openOf(({ row }) => row.holderText, asksHolder)
  const placeless = rows.filter(
    ({ site, item }) => !site && !item?.isStaffOnly && !item?.isAboutStaff,
  ).length
  const answer = (of: 'items' | 'holders', key: string, value: string) =>
    acts.answer({
      [of]: { ...answers[of], [key]: value === none ? '' : value },
    })
  const shown = (value: string | undefined) => (value === '' ? none : (value ?? ''))
  return (
    <>
      {itemTexts.map(({ key, count }) => (
        <SelectField
          key={`item ${key}`}
          label={said.whichItem(key, count)}
          value={shown(answers.items[key])}
          emptyLabel={said.chooseOne}
          options={[
            { value: none, label: said.noItem },
            ...items.map(({ id, name, nameEn }) => ({
              value: id,
              label: words.language === 'en' ? nameEn : name,
            })),
          ]}
          onInput={(value) => answer('items', key, value)}
        />
      ))}
      {holderTexts.map(({ key, count }) => (
        <SelectField
          key={`unit ${key}`}
          label={said.whichUnit(key, count)}
          value={shown(answers.holders[key])}
          emptyLabel={said.chooseOne}
          options={[
            { value: none, label: said.noUnit },
            ...units.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onInput={(value) => answer('holders', key, value)}
        />
      ))}
      {placeless > 0 && grids.length > 1 && (
        <SelectField
          label={said.whichGrid(placeless)}
          hint={said.whichGridHint}
          value={answers.grid}
          options={grids}
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
  const { row, item, site, unit, before, similar, problems, isTaken, isMasked } = held
  const answers = useStore(acts.store, (state) => state.answers)
  const there = useRegister(
    app,
    (register) =>
      [...(before === null ? [] : [before]), ...similar].flatMap((id) => {
        const request = register.get('request', id)
        return request ? [{ id, number: request.fields.number }] : []
      }),
    [before, similar.join()],
  )
  const where = useRegister(
    app,
    (register) =>
      site ? siteOf(register, { site: site.id, siteKind: site.kind } as never, words) : row.where,
    [site?.id, row.where],
  )
  const unitName = useRegister(app, (register) =>
    unit ? unitsHere(register).find(({ id }) => id === unit)?.name : undefined,
  )
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
