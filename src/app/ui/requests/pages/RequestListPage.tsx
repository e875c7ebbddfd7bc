import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { RequestList } from '#protocol/requests.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useFigureWords } from './figure-words.ts'
import { ListedRow } from './ListedRow.tsx'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { requestsPages } from '#app/links/requests.ts'

/** What stands behind a number of the overview: a list from the office, page by page, without persons. */
export function RequestListPage({ params }: PageProps) {
  const app = useParts('officeActs')
  const own = useFigureWords()
  const words = useWords()
  const place = params['place'] ?? ''
  const { query } = useLocation()
  // As it was opened: the address goes on to a request, and this list stays under it.
  const [asked] = useState(() => new URLSearchParams(query).toString())
  const [rows, setRows] = useState<RequestList['requests']>([])
  const [told, setTold] = useState<{ readonly total: number; readonly next: string | null } | null>(
    null,
  )
  const [problem, setProblem] = useState<
    Extract<OfficeAnswer<never>, { ok: false }>['problem'] | null
  >(null)
  const [after, setAfter] = useState<string | null>(null)
  useEffect(() => {
    let isMine = true
    const fetchPage = async () => {
      const acts = await app.officeActs.overview()
      const more = new URLSearchParams(asked)
      if (after) more.set('after', after)
      const answer = acts.ok ? await acts.value.requestList(place, more.toString()) : acts
      if (!isMine) return
      setProblem(answer.ok ? null : answer.problem)
      if (!answer.ok) return
      setRows((before) => (after ? [...before, ...answer.value.requests] : answer.value.requests))
      setTold(answer.value)
    }
    fetchPage().catch(() => {
      if (isMine) setProblem('offline')
    })
    return () => {
      isMine = false
    }
  }, [app, place, asked, after])
  return (
    <Page width="read" title={own.listTitle} back={requestsPages.requestFiguresOf(place)}>
      <div class={styles.page}>
        {problem !== null && (
          <Notice>{problem === 'offline' ? own.offlineNothing : words.problems[problem]}</Notice>
        )}
        {!told && problem === null && <Progress label={own.loading} value={null} />}
        {told && <span class={styles.soft}>{own.found(told.total)}</span>}
        {told?.total === 0 && <Empty title={own.none} />}
        {rows.length > 0 && (
          <Group label={own.listTitle}>
            {rows.map((row) => (
              <ListedRow key={row.request} row={row} />
            ))}
          </Group>
        )}
        {told?.next && <Button onClick={() => setAfter(told.next)}>{own.more}</Button>}
      </div>
    </Page>
  )
}
