import { useLocation } from 'preact-iso'
import { mayKeepFunds } from '#domain/permission-of-funds.ts'
import { formatCents } from '#domain/funds/money.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { firstPages } from '#app/links/first.ts'
import { fundPages } from '#app/links/funds.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { formatFacts } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { fundsHere, waitsForMe, type FundView } from '#app/views/funds.ts'
import { useFundWords } from './fund-words.ts'
import { useFundViewer } from './use-fund.ts'

/** The accounts of stairwells, those that are open first; the office opens them. */
export function Funds() {
  const app = useParts('register')
  const own = useFundWords()
  const { id, role } = useFundViewer()
  const all = useRegister(app, (register) => fundsHere(register, id), [id])
  const isKeeper = mayKeepFunds(role)
  const open = all.filter(({ fund }) => !fund.fields.closedOn)
  const closed = all.filter(({ fund }) => fund.fields.closedOn)
  return (
    <Page
      title={own.title}
      back={firstPages.me()}
      foot={
        isKeeper && (
          <ButtonLink look="primary" icon="plus" wide href={fundPages.newFund()}>
            {own.add}
          </ButtonLink>
        )
      }
    >
      {all.length === 0 && (
        <Empty title={own.none} icon="home">
          <p>{own.noneHint}</p>
          {!isKeeper && <p>{own.noneWorker}</p>}
        </Empty>
      )}
      {open.length > 0 && (
        <Group head={own.open}>
          {open.map((view) => (
            <FundRow key={view.fund.id} view={view} account={id} />
          ))}
        </Group>
      )}
      {closed.length > 0 && (
        <Group head={own.closedHead}>
          {closed.map((view) => (
            <FundRow key={view.fund.id} view={view} account={id} />
          ))}
        </Group>
      )}
      {all.length > 0 && <Notice>{own.noMoney}</Notice>}
    </Page>
  )
}

function FundRow(props: { readonly view: FundView; readonly account: string }) {
  const own = useFundWords()
  const words = useWords()
  const { path } = useLocation()
  const { fund, ledger } = props.view
  const waits = waitsForMe(props.view, props.account).length
  const href = fundPages.fund(fund.id)
  const left = ledger.left < 0 ? own.over : own.left
  return (
    <Row
      title={fund.fields.name}
      aside={waits > 0 ? own.waitingYou(waits) : undefined}
      isLate={waits > 0}
      under={formatFacts(words, [
        `${left}${words.language === 'en' ? ' ' : ''}${own.yuan(formatCents(Math.abs(ledger.left)))}`,
        fund.fields.where,
      ])}
      href={href}
      chosen={path === href}
    />
  )
}
