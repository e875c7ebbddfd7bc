import { useState } from 'preact/hooks'
import type { RequestOverview } from '#protocol/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useProposalWords } from '#app/ui/pieces/requests/proposal-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { figureTables, type NamedFigures } from './figure-sheets.ts'
import { useFigureWords } from './figure-words.ts'

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
    <div class={styles.after}>
      <Button busy={state === 'busy'} onClick={() => void save()}>
        {said.save}
      </Button>
      {state === 'saved' && <Notice>{said.saved}</Notice>}
      {state === 'failed' && <Notice tone="alarm">{said.failed}</Notice>}
    </div>
  )
}
