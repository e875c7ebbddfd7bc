import { useState } from 'preact/hooks'
import { instantToDay, instantToTime } from '#domain/day.ts'
import type { AuditAnswer, AuditLine, AuditRequest } from '#protocol/audit.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { useToasts } from '#app/ui/toasts.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useAuditLines } from './audit-lines.ts'
import { useAuditWords } from '#app/ui/words/audit-words.ts'

/** A file that a spreadsheet still opens at once. */
const mostLines = 5_000

/** All lines of the filters as a workbook. Each page is asked for as one to be taken away: the log says so. */
export function ExportLines(props: {
  readonly question: Omit<AuditRequest, 'protocol' | 'before' | 'taken'>
}) {
  const app = useParts('officeActs', 'today')
  const words = useWords()
  const own = useAuditWords()
  const say = useAuditLines()
  const toasts = useToasts()
  const today = useStore(app.today, (store) => store.day)
  const [count, setCount] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  const run = async () => {
    setProblem(null)
    setCount(0)
    const lines: AuditLine[] = []
    let before: AuditAnswer['next'] = null
    do {
      const answer = await app.officeActs.audit({
        ...props.question,
        taken: true,
        ...(before ? { before } : {}),
      })
      if (!answer.ok) {
        setCount(null)
        const { problem: why } = answer
        return setProblem(why === 'offline' ? own.needsNetwork : words.problems[why])
      }
      lines.push(...answer.value.entries)
      before = answer.value.next
      setCount(lines.length)
    } while (before && lines.length < mostLines)
    const { at, who, what, about, details } = own.columns
    const rows = lines.map((line) => {
      const said = say(line)
      return [
        `${instantToDay(line.at)} ${instantToTime(line.at)}`,
        said.who,
        said.device,
        [said.act, said.kind].filter(Boolean).join(' '),
        said.about?.where ?? '',
        said.details.join(' · '),
      ]
    })
    const widths = [26, 22, 24, 24, 34, 50]
    const sheets = [
      {
        name: own.file,
        above: [`${own.file} ${today} · ${own.inChina}`],
        columns: [at, who, own.device, what, about, details].map((header, index) => ({
          header,
          width: widths[index] ?? 20,
        })),
        rows,
        wide: true,
      },
    ]
    const isSaved = await app.officeActs.saveWorkbook(`${own.file}-${today}.xlsx`, sheets).then(
      ({ ok }) => ok,
      () => false,
    )
    setCount(null)
    if (!isSaved) return setProblem(own.notSaved)
    toasts.show(own.exported(rows.length))
    if (before) setProblem(own.tooMany(rows.length))
  }

  return (
    <>
      {count === null ? (
        <div>
          <Button onClick={() => void run()}>{own.export}</Button>
        </div>
      ) : (
        <Progress label={own.exporting(count)} value={null} />
      )}
      {problem && <Notice>{problem}</Notice>}
    </>
  )
}
