import { useState } from 'preact/hooks'
import { formatCents } from '#domain/funds/money.ts'
import { shownHash } from '#domain/funds/chain.ts'
import { noOf, sumKinds, type Line } from '#domain/funds/ledger.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { fundPages } from '#app/links/funds.ts'
import { topicsPages } from '#app/links/topics.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Hero } from '#app/ui/kit/Hero.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Acts, Part, Soft } from '#app/ui/kit/Part.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { usePaper } from '#app/ui/pieces/paper.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { waitsForMe, type EntryHere, type FundView } from '#app/views/funds.ts'
import { gridName } from '#app/views/door.ts'
import { pageAddressHere } from '#app/views/wall-codes.ts'
import { DoorsPage } from './DoorsPage.tsx'
import { FundSheet } from './FundSheet.tsx'
import { fundTable } from './fund-table.ts'
import styles from './Funds.module.css'
import { Twice } from './Twice.tsx'
import { useFundWords } from './fund-words.ts'
import { useBroken, useFund, type OpenFund } from './use-fund.ts'

/** The account of one fund: what counts, what waits, and the ways to its doors. */
export function FundPage(props: PageProps) {
  const own = useFundWords()
  const open = useFund(props.params['fund'])
  if (!open.view) return <Gone title={own.gone} back={fundPages.funds()} />
  return <Account key={open.view.fund.id} open={open} view={open.view} />
}

function Account(props: { readonly open: OpenFund; readonly view: FundView }) {
  const app = useParts('register', 'today')
  const own = useFundWords()
  const words = useWords()
  const { open, view } = props
  const { fund, ledger } = view
  const { fields } = fund
  const day = useStore(app.today, (store) => store.day)
  const broken = useBroken(view)
  const address = useRegister(app, (register) => pageAddressHere(register, fund.stream), [
    fund.stream,
  ])
  const place = useRegister(app, (register) => gridName(register, fund.stream), [fund.stream])
  const isSound = typeof broken !== 'number'
  const [code, setCode] = useState<string | null>(null)
  usePaper(
    isSound ? () => <FundSheet view={view} words={own} {...{ place, address, code, day }} /> : null,
  )
  const waits = waitsForMe(view, open.viewer.id).length
  const left = own.yuan(formatCents(Math.abs(ledger.left)))
  return (
    <Page
      title={fields.name}
      back={fundPages.funds()}
      foot={
        open.mayEnter &&
        !fields.closedOn && (
          <ButtonLink look="primary" icon="plus" wide href={fundPages.newEntry(fund.id)}>
            {own.enter}
          </ButtonLink>
        )
      }
    >
      <Hero title={`${ledger.left < 0 ? own.over : own.left} ${left}`}>
        {formatFacts(words, [
          fields.where,
          fields.closedOn && own.closedOn(formatDay(words, fields.closedOn, day)),
          waits > 0 && own.waitingYou(waits),
        ])}
      </Hero>
      {!isSound && <Notice tone="alarm">{own.broken(broken)}</Notice>}
      <Group box head={own.sums}>
        <FactGrid>
          {sumKinds.map((kind) => (
            <Fact key={kind} label={own.sum[kind]}>
              {own.yuan(formatCents(ledger.sums[kind]))}
            </Fact>
          ))}
          {fields.agreed && (
            <Fact wide label={own.agreedLabel}>
              {fields.agreed}
            </Fact>
          )}
        </FactGrid>
        {fields.what && <p>{fields.what}</p>}
      </Group>
      {fields.topic && <OfTopic topic={fields.topic} />}
      <Lines head={own.waitingHead} lines={ledger.waiting} {...{ open, view }} />
      <Lines head={own.entries} lines={[...ledger.counted].reverse()} {...{ open, view }} />
      {ledger.counted.length + ledger.waiting.length === 0 && (
        <Empty title={own.noEntries}>
          <p>{own.noEntriesHint}</p>
        </Empty>
      )}
      <Lines head={own.droppedHead} lines={ledger.dropped} {...{ open, view }} />
      <div class={styles.after}>
        <Part head={own.check}>
          {ledger.hash === null ? (
            <Soft>{own.noCheck}</Soft>
          ) : (
            <>
              <p>
                <strong>{shownHash(ledger.hash)}</strong>
              </p>
              <Soft>{own.checkHint}</Soft>
              {broken === null && <Soft>{own.isWhole}</Soft>}
            </>
          )}
          <Acts>
            <Button disabled={!isSound} onClick={() => window.print()}>
              {own.print}
            </Button>
            <SaveTable view={view} />
          </Acts>
        </Part>
        <DoorsPage
          {...{ fund, address, code, mayKeep: open.mayKeep }}
          onCode={(inHand) => setCode(inHand)}
        />
        {open.mayKeep && <Keep view={view} />}
      </div>
    </Page>
  )
}

/** The topic that neighbours decided on, where this device has it. */
function OfTopic(props: { readonly topic: string }) {
  const app = useParts('register')
  const own = useFundWords()
  const topic = useRegister(app, (register) => register.get('topic', props.topic), [props.topic])
  if (!topic) return null
  return (
    <Group head={own.topic}>
      <Row title={topic.fields.title} href={topicsPages.topic(topic.id)} />
    </Group>
  )
}

function Lines(props: {
  readonly head: string
  readonly lines: readonly Line<EntryHere>[]
  readonly open: OpenFund
  readonly view: FundView
}) {
  const { head, lines, open, view } = props
  if (lines.length === 0) return null
  return (
    <Group head={head} aside={String(lines.length)}>
      {lines.map((line) => (
        <EntryRow key={line.entry.id} line={line} view={view} account={open.viewer.id} />
      ))}
    </Group>
  )
}

function EntryRow(props: {
  readonly line: Line<EntryHere>
  readonly view: FundView
  readonly account: string
}) {
  const app = useParts('today')
  const own = useFundWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const { line, view, account } = props
  const { entry, state, moves } = line
  const { entryKind, cents, on, payee, giver, what } = entry.fields
  const byNo = (id: string | null | undefined) => {
    const found = view.ledger.counted.find((one) => one.entry.id === id)
    return found ? own.no(noOf(found)) : null
  }
  const back = byNo(entry.fields.reverses)
  const by = byNo(line.reversedBy)
  const isMine = entry.by === account
  return (
    <Row
      title={`${own.kinds[entryKind]} ${own.yuan(formatCents(moves?.cents ?? cents))}`}
      name={state === 'counted' ? own.no(noOf(line)) : undefined}
      aside={formatDay(words, on, day)}
      under={formatFacts(words, [
        state === 'waiting' && (entry.unheard ? own.unheard[entry.unheard] : isMine && own.you),
        state !== 'waiting' && state !== 'counted' && own.states[state],
        payee ?? giver,
        back && own.reverses(back),
        by && own.reversedBy(by),
        what,
      ])}
      pending={entry.isPending ? words.household.pending : undefined}
      href={fundPages.entry(view.fund.id, entry.id)}
    />
  )
}

function Keep(props: { readonly view: FundView }) {
  const app = useParts('today')
  const own = useFundWords()
  const day = useStore(app.today, (store) => store.day)
  const { fund } = props.view
  const saving = useSave()
  const patch = (closedOn: string | null) =>
    saving.run([{ op: 'patch', kind: 'fund', record: fund.id, fields: { closedOn } }], () => {})
  return (
    <Acts>
      <ButtonLink href={fundPages.editFund(fund.id)}>{own.edit}</ButtonLink>
      {fund.fields.closedOn ? (
        <Button onClick={() => patch(null)}>{own.reopen}</Button>
      ) : (
        <Twice label={own.close} ask={own.closeAsk} onGo={() => patch(day)} />
      )}
    </Acts>
  )
}

function SaveTable(props: { readonly view: FundView }) {
  const app = useParts('officeActs', 'today')
  const own = useFundWords()
  const day = useStore(app.today, (store) => store.day)
  const [state, setState] = useState<'busy' | 'saved' | 'failed' | null>(null)
  const save = async () => {
    setState('busy')
    const name = `${props.view.fund.fields.name}-${day}.xlsx`
    const saved = await app.officeActs
      .saveWorkbook(name, [fundTable(props.view, own, day)])
      .catch(() => null)
    setState(saved?.ok ? 'saved' : 'failed')
  }
  return (
    <>
      <Button busy={state === 'busy'} onClick={() => void save()}>
        {own.export}
      </Button>
      {state === 'saved' && <Notice>{own.exported}</Notice>}
      {state === 'failed' && <Notice tone="alarm">{own.exportFailed}</Notice>}
    </>
  )
}
