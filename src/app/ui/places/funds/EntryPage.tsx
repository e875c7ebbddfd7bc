import { useState } from 'preact/hooks'
import { formatCents } from '#domain/funds/money.ts'
import { noOf, type Line } from '#domain/funds/ledger.ts'
import type { CheckWord } from '#domain/funds/fund.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { fundPages } from '#app/links/funds.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Hero } from '#app/ui/kit/Hero.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Acts, Part, Soft } from '#app/ui/kit/Part.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { Photos } from '#app/ui/pieces/photos/photos-later.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { doorOfEntry, idleChecks, type EntryHere, type FundView } from '#app/views/funds.ts'
import styles from './Funds.module.css'
import { useFundWords } from './fund-words.ts'
import { useFund, type OpenFund } from './use-fund.ts'

/** One entry with its vouchers, for whoever looks before it counts. */
export function EntryPage(props: PageProps) {
  const own = useFundWords()
  const open = useFund(props.params['fund'])
  const { view } = open
  const all = view ? [...view.ledger.counted, ...view.ledger.waiting, ...view.ledger.dropped] : []
  const line = all.find(({ entry }) => entry.id === props.params['entry'])
  if (!view || !line) return <Gone title={own.gone} back={fundPages.funds()} />
  return <Entry key={line.entry.id} {...{ open, view, line }} />
}

interface Shown {
  readonly open: OpenFund
  readonly view: FundView
  readonly line: Line<EntryHere>
}

function Entry({ open, view, line }: Shown) {
  const app = useParts('register', 'today')
  const own = useFundWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const { entry, state, check, moves } = line
  const { entryKind, cents, on, what, payee, giver, reverses, vouchers } = entry.fields
  const door = useRegister(app, (register) => doorOfEntry(register, entry.fields), [entry.id])
  const idle = useRegister(app, (register) => idleChecks(register, entry.id), [entry.id])
  const nameOf = (account: string | null | undefined) =>
    account === open.viewer.id
      ? own.you
      : ((account && app.register.get('account', account)?.fields.name) ?? own.unknownPerson)
  const numberOf = (id: string | null | undefined) => {
    const found = view.ledger.counted.find((one) => one.entry.id === id)
    return found ? own.no(noOf(found)) : null
  }
  const back = numberOf(reverses)
  const by = numberOf(line.reversedBy)
  return (
    <Page
      title={`${own.kinds[entryKind]} ${own.yuan(formatCents(moves?.cents ?? cents))}`}
      back={fundPages.fund(view.fund.id)}
    >
      <Hero title={entry.unheard ? own.unheard[entry.unheard] : own.states[state]}>
        {formatFacts(words, [
          state === 'counted' && own.no(noOf(line)),
          back && own.reverses(back),
          by && own.reversedBy(by),
          check?.fields.words,
        ])}
      </Hero>
      <Group box head={view.fund.fields.name}>
        <FactGrid>
          {payee && (
            <Fact wide label={own.payee}>
              {payee}
            </Fact>
          )}
          {giver && (
            <Fact wide label={own.giver}>
              {formatFacts(words, [giver, door, entry.name])}
            </Fact>
          )}
          {what && (
            <Fact wide label={own.entryWhat}>
              {what}
            </Fact>
          )}
          <Fact label={own.on}>{formatDay(words, on, day)}</Fact>
          <Fact label={own.enteredBy}>{nameOf(entry.by)}</Fact>
          {state === 'counted' && <Fact label={own.agreedBy}>{nameOf(check?.by)}</Fact>}
          {state === 'objected' && <Fact label={own.objectedBy}>{nameOf(check?.by)}</Fact>}
        </FactGrid>
        <Photos host={entry.id} />
        {!open.mayEnter && (vouchers?.length ?? 0) > 0 && (
          <Soft>{own.vouchersElsewhere(vouchers?.length ?? 0)}</Soft>
        )}
      </Group>
      <div class={styles.after}>
        {entry.giver && open.mayEnter && <Unname giver={entry.giver} />}
        {idle.length > 0 && (
          <Part head={own.idleHead}>
            {idle.map(({ id, by: who, says, why }) => (
              <Soft key={id}>
                {nameOf(who)}：{own.says[says]}，{own.idle[why]}
              </Soft>
            ))}
          </Part>
        )}
        {state === 'waiting' && open.mayEnter && entry.unheard === null && (
          <Decide {...{ open, view, line }} />
        )}
        {state === 'counted' &&
          open.mayEnter &&
          !view.fund.fields.closedOn &&
          line.reversedBy === null &&
          entryKind !== 'corrected' && (
            <Acts>
              <ButtonLink href={fundPages.reverse(view.fund.id, entry.id)}>
                {own.reverse}
              </ButtonLink>
            </Acts>
          )}
      </div>
    </Page>
  )
}

/** Whoever entered it can only take it back; anybody else of the place says whether it counts. */
function Decide({ open, view, line }: Shown) {
  const app = useParts('work')
  const own = useFundWords()
  const words = useWords()
  const saving = useSave()
  const [why, setWhy] = useState('')
  const [isObjecting, setObjecting] = useState(false)
  const { entry } = line
  const { stream } = view.fund
  const say = (says: CheckWord) => {
    const record = app.work.newId(stream)
    const said = says === 'object' && why.trim() !== '' ? { words: why.trim() } : {}
    saving.run(
      [
        {
          op: 'create',
          kind: 'fund-check',
          record,
          stream,
          fields: { entry: entry.id, says, ...said },
        },
      ],
      () => setObjecting(false),
      { isFinal: true },
    )
  }
  if (entry.by === open.viewer.id) {
    return (
      <Part>
        <Soft>{own.ownWaits}</Soft>
        <Button busy={saving.busy} onClick={() => say('withdraw')}>
          {own.withdraw}
        </Button>
      </Part>
    )
  }
  return (
    <Part>
      <Soft>{own.agreeHint}</Soft>
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      {!view.fund.fields.closedOn && (
        <Button look="primary" wide icon="check" busy={saving.busy} onClick={() => say('agree')}>
          {own.agree}
        </Button>
      )}
      {isObjecting && (
        <TextField label={own.objectWhy} maxLength={200} value={why} onInput={setWhy} />
      )}
      <Button
        wide
        busy={saving.busy}
        onClick={() => (isObjecting ? say('object') : setObjecting(true))}
      >
        {own.object}
      </Button>
    </Part>
  )
}

/** Whoever agreed to be named may change their mind; the account itself holds no name. */
function Unname(props: { readonly giver: string }) {
  const own = useFundWords()
  const saving = useSave()
  const take = () =>
    saving.run(
      [{ op: 'patch', kind: 'fund-giver', record: props.giver, fields: { name: null } }],
      () => {},
    )
  return (
    <Acts>
      <Button busy={saving.busy} onClick={take}>
        {own.unname}
      </Button>
    </Acts>
  )
}
