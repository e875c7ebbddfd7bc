import type { ImportActs } from '#app/acts/imports.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { ImportCard } from './ImportCard.tsx'
import styles from './Import.module.css'
import { useImportWords } from './import-words.ts'

const most = 30

/** The last imports of the office, newest first. */
export function PastImports(props: { readonly acts: ImportActs }) {
  const app = useParts('register')
  const said = useImportWords()
  const records = useRegister(app, (register) =>
    [...register.all('import')].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, most),
  )
  return (
    <section class={styles.stack}>
      <h2>{said.past}</h2>
      {records.length === 0 && (
        <Empty title={said.pastNone}>
          <p>{said.pastNoneHint}</p>
        </Empty>
      )}
      {records.map((record) => (
        <ImportCard key={record.id} acts={props.acts} record={record} />
      ))}
    </section>
  )
}
