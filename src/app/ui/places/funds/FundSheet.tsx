import { shownHash } from '#domain/funds/chain.ts'
import { formatCents } from '#domain/funds/money.ts'
import { sumKinds } from '#domain/funds/ledger.ts'
import { followAddress, groupFollowCode } from '#domain/requests/follow-code.ts'
import { QrPicture } from '#app/ui/pieces/QrPicture.tsx'
import type { FundView } from '#app/views/funds.ts'
import { paperLines } from './fund-table.ts'
import type { FundWords } from './fund-words.ts'
import styles from './FundSheet.module.css'

/** The account on paper, for the wall inside the entrance. Drawn outside of the app. */
export function FundSheet(props: {
  readonly view: FundView
  readonly words: FundWords
  readonly place: string
  /** Of the page for residents; null where the community has none. */
  readonly address: string | null
  /** 28 letters that open that page, where whoever prints has them in hand. */
  readonly code: string | null
  readonly day: string
}) {
  const { view, words, place, address, code, day } = props
  const { fund, ledger } = view
  const { paper } = words
  const { name, where, agreed, pageOn, closedOn } = fund.fields
  return (
    <article class={styles.sheet}>
      <header class={styles.head}>
        <div>
          <p class={styles.kind}>{paper.title}</p>
          <h1>{name}</h1>
          <p>{where}</p>
          <p>{place}</p>
          {agreed && <p>{agreed}</p>}
          {closedOn && <p>{words.closedOn(closedOn)}</p>}
        </div>
        {address !== null && code !== null && (
          <div class={styles.code}>
            <QrPicture text={followAddress(code, `${address}/fund`)} label={words.page} />
          </div>
        )}
      </header>
      <dl class={styles.sums}>
        {sumKinds.map((kind) => (
          <div key={kind}>
            <dt>{words.sum[kind]}</dt>
            <dd>{words.yuan(formatCents(ledger.sums[kind]))}</dd>
          </div>
        ))}
        <div class={styles.left}>
          <dt>{ledger.left < 0 ? words.over : words.left}</dt>
          <dd>{words.yuan(formatCents(Math.abs(ledger.left)))}</dd>
        </div>
      </dl>
      <section class={styles.check}>
        <p>
          {words.check}{' '}
          <strong data-hash>{ledger.hash === null ? '–' : shownHash(ledger.hash)}</strong>
        </p>
        <p>{words.checkHint}</p>
      </section>
      <table class={styles.table}>
        <thead>
          <tr>
            <th scope="col">{paper.no}</th>
            <th scope="col">{paper.on}</th>
            <th scope="col">{paper.kind}</th>
            <th scope="col">{paper.what}</th>
            <th scope="col">{paper.who}</th>
            <th scope="col">{paper.sum}</th>
          </tr>
        </thead>
        <tbody>
          {paperLines(view, words).map((line) => (
            <tr key={line.id}>
              <td>{line.no}</td>
              <td>{line.on}</td>
              <td>{line.kind}</td>
              <td>{line.what}</td>
              <td>{line.who}</td>
              <td>{line.sum}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <section class={styles.notes}>
        {code !== null && (
          <p>
            {paper.scan} {address === null ? '' : `${address}/fund`}{' '}
            <span class={styles.key}>{groupFollowCode(code)}</span>
          </p>
        )}
        {code === null && address !== null && pageOn && (
          <p>
            {paper.elsewhere(pageOn)} {address}/fund
          </p>
        )}
        <p>{paper.two}</p>
      </section>
      <footer class={styles.foot}>
        {paper.signs.map((sign) => (
          <p key={sign}>
            {sign} <span class={styles.line} />
          </p>
        ))}
        <p>{paper.printed(day)}</p>
      </footer>
    </article>
  )
}
