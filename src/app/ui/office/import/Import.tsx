import { useEffect, useState } from 'preact/hooks'
import type { ImportActs } from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Progress } from '#app/ui/kit/Notice.tsx'
import { NotFetched } from '#app/ui/NotFetched.tsx'
import { Page } from '#app/ui/Page.tsx'
import { ChooseFile } from './ChooseFile.tsx'
import { Columns } from './Columns.tsx'
import styles from './Import.module.css'
import { useImportWords } from './import-words.ts'
import { RowsStep } from './RowsStep.tsx'
import { Written } from './Written.tsx'

/** A roster on its way into the register: choose, look at the columns, look at the rows, write. */
export function Import() {
  const app = useParts('imports')
  const said = useImportWords()
  const [acts, setActs] = useState<ImportActs | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (acts || failed) return
    app.imports().then(
      (loaded) => setActs(loaded),
      () => setFailed(true),
    )
  }, [app, acts, failed])
  if (failed) return <NotFetched again={() => setFailed(false)} />
  if (acts) return <Steps acts={acts} />
  return (
    <Page title={said.title}>
      <Progress label={said.loading} value={null} />
    </Page>
  )
}

function Steps(props: { readonly acts: ImportActs }) {
  const { acts } = props
  const said = useImportWords()
  const busy = useStore(acts.store, (state) => state.busy)
  const step = useStore(acts.store, (state) => state.step)
  if (busy) {
    const { doing, done, total } = busy
    const label = {
      opening: said.opening(done),
      comparing:
        total === null ? said.comparingFirst : said.comparing(Math.floor(done / 2), total / 2),
      answering: said.answering(done, total ?? done),
      writing: said.writing(done, total ?? done),
      saving: said.saving,
      returning: said.returning,
    }[doing]
    return (
      <Page title={said.title}>
        <div class={styles.busy}>
          <Progress label={label} value={total ? done / total : null} />
          <p class={styles.soft}>{said.stops[doing]}</p>
          {doing !== 'saving' && <Button onClick={() => acts.stop()}>{said.stop}</Button>}
        </div>
      </Page>
    )
  }
  if (step === 'columns') return <Columns acts={acts} />
  if (step === 'rows') return <RowsStep acts={acts} />
  return step === 'written' ? <Written acts={acts} /> : <ChooseFile acts={acts} />
}
