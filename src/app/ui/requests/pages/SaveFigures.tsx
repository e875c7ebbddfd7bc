import { useState } from 'preact/hooks'
import type { RequestFigures, RequestOverview } from '#protocol/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useFigureWords } from './figure-words.ts'
import { useProposalWords } from '#app/ui/pieces/requests/proposal-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'

export interface NamedFigures {
  readonly title: string
  readonly rows: readonly { readonly name: string; readonly figures: RequestFigures }[]
}

/** The numbers of the screen as tables: no request and no person stands in them, and small counts make no rate. */
export function figureTables(
  told: RequestOverview,
  tables: readonly NamedFigures[],
  own: ReturnType<typeof useFigureWords>,
  asOf: string,
) {
  const rate = (value: number | null) => value ?? own.rate(null)
  const columns = [own.open, own.late, own.fresh, own.inTime, own.solved, own.content]
  const named = tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => ({
      name: title,
      above: [title, asOf, own.hidden(told.least)],
      columns: [title, ...columns].map((header, index) => ({
        header,
        width: index === 0 ? 30 : 10,
      })),
      rows: rows.map(({ name, figures: { open, late, fresh, inTime, solved, content } }) => [
        name,
        ...[open, late, fresh, rate(inTime), rate(solved), rate(content)],
      ]),
    }))
  const weeks = {
    name: own.weeks,
    above: [own.weeks, asOf],
    columns: [own.week, own.came, own.closed].map((header) => ({ header, width: 14 })),
    rows: told.weeks.map(({ week, came, closed }) => [week, came, closed]),
  }
  const past = [own.came, own.closed, own.inTime, own.solved, own.content]
  const months = {
    name: own.months,
    above: [own.months, asOf, own.monthsHint],
    columns: [own.month, ...past].map((header) => ({ header, width: 14 })),
    rows: told.months.map((row) => [
      row.month,
      ...[row.came, row.closed, rate(row.inTime), rate(row.solved), rate(row.content)],
    ]),
  }
  return [...named, weeks, ...(months.rows.length > 0 ? [months] : [])]
}

/** 存为表格: the figures of this page, as a workbook in the downloads. */
export function SaveFigures(props: {
  readonly told: RequestOverview
  readonly tables: readonly NamedFigures[]
  readonly asOf: string
}) {
  const app = useParts('officeActs')
  const own = useFigureWords()
  const said = useProposalWords()
  const [state, setState] = useState<'busy' | 'saved' | 'failed' | null>(null)
  const { told, tables, asOf } = props
  const save = async () => {
    setState('busy')
    const sheets = figureTables(told, tables, own, asOf)
    const saved = await app.officeActs
      .saveWorkbook(`${own.title}-${told.day}.xlsx`, sheets)
      .catch(() => null)
    setState(saved?.ok ? 'saved' : 'failed')
  }
  return (
    <div class={styles.part}>
      <Button wide busy={state === 'busy'} onClick={() => void save()}>
        {said.save}
      </Button>
      {state === 'saved' && <Notice>{said.saved}</Notice>}
      {state === 'failed' && <Notice tone="alarm">{said.failed}</Notice>}
    </div>
  )
}
