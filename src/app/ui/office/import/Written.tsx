import type { ImportActs } from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { ImportCard } from './ImportCard.tsx'
import { useDetailWords } from './detail-words.ts'
import styles from './Import.module.css'
import { useImportWords } from './import-words.ts'

/** After the tap: saved here, and how far it is on its way. */
export function Written(props: { readonly acts: ImportActs }) {
  const { acts } = props
  const app = useParts('register')
  const said = useImportWords()
  const more = useDetailWords()
  const { title, written } = useStore(acts.store, (state) => state)
  const id = written?.id ?? ''
  const record = useRegister(app, (register) => register.get('import', id), [id])
  return (
    <Page title={said.title} width="form">
      <div class={styles.stack}>
        <Notice>
          <p>{said.written}</p>
          <p>{said.writtenHint}</p>
        </Notice>
        {written?.report && (
          <section class={styles.card}>
            <div>
              <Button
                onClick={() =>
                  acts.keepReport(`${title.replace(/\.[^.]*$/, '')}-${more.reportFile}`)
                }
              >
                {more.report}
              </Button>
            </div>
            <p class={styles.soft}>{more.reportHint}</p>
          </section>
        )}
        {record && <ImportCard acts={acts} record={record} />}
        <Button wide onClick={() => acts.close()}>
          {said.another}
        </Button>
      </div>
    </Page>
  )
}
