import { useEffect, useState } from 'preact/hooks'
import { mayImport } from '#domain/permission.ts'
import type { LedgerActs } from '#app/acts/ledger-import.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { NotFetched } from '#app/ui/NotFetched.tsx'
import { RangeNote } from '#app/ui/pieces/held/RangeNote.tsx'
import { FileButton } from '#app/ui/pieces/FileButton.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { ImportCard } from '#app/ui/office/import/ImportCard.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { LedgerRows } from './LedgerRows.tsx'
import { useLedgerWords } from './ledger-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'
import { firstPages } from '#app/links/first.ts'

/** Open requests of an office's ledger, brought in by a workbook: choose, look at each row, write, take back. */
export function LedgerImport() {
  const app = useParts('imports')
  const own = useRequestsWords()
  const viewer = useViewer()
  const said = useLedgerWords()
  const [acts, setActs] = useState<LedgerActs | null>(null)
  const [hasFailed, setFailed] = useState(false)
  const may = mayImport(viewer.role)
  useEffect(() => {
    if (acts || hasFailed || !may) return
    app
      .imports()
      .then((loaded) => loaded.ledger(viewer))
      .then(setActs, () => setFailed(true))
  }, [app, acts, hasFailed, may, viewer])
  if (!may) return <Gone title={own.gone} back={firstPages.requests()} />
  if (hasFailed) return <NotFetched again={() => setFailed(false)} />
  if (acts) return <Steps acts={acts} />
  return (
    <Page title={said.title}>
      <Progress label={said.busy} value={null} />
    </Page>
  )
}

function Steps({ acts }: { readonly acts: LedgerActs }) {
  const said = useLedgerWords()
  const { table, written, isBusy } = useStore(acts.store, (state) => state)
  if (isBusy) {
    return (
      <Page title={said.title}>
        <Progress label={said.busy} value={null} />
      </Page>
    )
  }
  if (written !== null) return <Written acts={acts} id={written} />
  return table ? <LedgerRows acts={acts} /> : <Choose acts={acts} />
}

function Choose({ acts }: { readonly acts: LedgerActs }) {
  const words = useWords()
  const said = useLedgerWords()
  const problem = useStore(acts.store, (state) => state.problem)
  return (
    <Page title={said.title} back={firstPages.requests()}>
      <div class={styles.narrow}>
        <RangeNote />
        <section class={styles.part}>
          <p>{said.hint}</p>
          <FileButton
            label={said.choose}
            wide
            accept=".xlsx,.xlsm,.xls,.et,.ods,.csv,.txt"
            onFile={(file) => void acts.choose(file)}
          />
          <Button
            look="quiet"
            wide
            icon="down"
            onClick={() =>
              void acts.template({
                file: said.templateFile,
                sheet: said.templateSheet,
                example: said.templateExample,
                above: said.templateAbove,
              })
            }
          >
            {said.template}
          </Button>
        </section>
        {problem && (
          <Notice tone="alarm">
            {problem in said.trouble
              ? said.trouble[problem as keyof typeof said.trouble]
              : problem === 'disk-full' || problem === 'storage' || problem === 'locked'
                ? words.problems[problem]
                : said.unreadable}
          </Notice>
        )}
        <Past acts={acts} />
      </div>
    </Page>
  )
}

const most = 20

/** The ledgers that were brought in before, newest first. */
function Past({ acts }: { readonly acts: LedgerActs }) {
  const app = useParts('register')
  const said = useLedgerWords()
  const records = useRegister(app, (register) =>
    [...register.all('import')]
      .filter(({ fields }) => fields.about === 'requests')
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, most),
  )
  if (records.length === 0) return <Empty title={said.none} />
  return (
    <section class={styles.page}>
      <h2>{said.past}</h2>
      {records.map((record) => (
        <ImportCard key={record.id} acts={acts} record={record} />
      ))}
    </section>
  )
}

function Written({ acts, id }: { readonly acts: LedgerActs; readonly id: string }) {
  const app = useParts('register')
  const said = useLedgerWords()
  const record = useRegister(app, (register) => register.get('import', id), [id])
  return (
    <Page
      title={said.title}
      back={firstPages.requests()}
      foot={
        <Button wide onClick={() => acts.close()}>
          {said.another}
        </Button>
      }
    >
      <div class={styles.narrow}>
        <Notice>{said.written}</Notice>
        {record && <ImportCard acts={acts} record={record} />}
        <ButtonLink wide href={firstPages.requests()}>
          {said.toList}
        </ButtonLink>
      </div>
    </Page>
  )
}
