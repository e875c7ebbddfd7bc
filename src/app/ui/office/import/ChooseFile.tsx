import type { ImportActs } from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { mePages } from '#app/links/me.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { FileButton } from '#app/ui/pieces/FileButton.tsx'
import { useHeldWords } from '#app/ui/pieces/held/held-words.ts'
import { countGridsHeld } from '#app/views/held-here.ts'
import { Page } from '#app/ui/Page.tsx'
import { useDetailWords } from './detail-words.ts'
import styles from './Import.module.css'
import { useImportWords } from './import-words.ts'
import { PastImports } from './PastImports.tsx'

/** Where an import begins, with those that were. */
export function ChooseFile(props: { readonly acts: ImportActs }) {
  const { acts } = props
  const said = useImportWords()
  const more = useDetailWords()
  const held = useHeldWords()
  const { grids, allGrids } = useRegister(useParts('register'), countGridsHeld, [])
  const problem = useStore(acts.store, (state) => state.problem)
  return (
    <Page title={said.title} width="form">
      <div class={styles.stack}>
        <section class={styles.card}>
          <p>{said.chooseHint}</p>
          {grids < allGrids ? (
            <Notice>
              {held.importPart(grids, allGrids)} <a href={mePages.held()}>{held.choose}</a>
            </Notice>
          ) : (
            <FileButton
              label={said.choose}
              wide
              accept=".xlsx,.xlsm,.xlsb,.xls,.et,.ods,.csv,.txt,.xml,.htm,.html,.mht,.mhtml"
              onFile={(file) => void acts.choose(file)}
            />
          )}
          <div>
            <Button
              look="quiet"
              icon="down"
              onClick={() =>
                void acts.template({
                  file: more.templateFile,
                  sheet: more.templateSheet,
                  example: more.templateExample,
                  above: more.templateAbove,
                })
              }
            >
              {more.template}
            </Button>
            <p class={styles.soft}>{more.templateHint}</p>
          </div>
        </section>
        {problem && (
          <Notice tone="alarm">
            <p>{said.trouble[problem]}</p>
            <p>{said.nothingWritten}</p>
          </Notice>
        )}
        <PastImports acts={acts} />
      </div>
    </Page>
  )
}
