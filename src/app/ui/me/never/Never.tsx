import { worksInOffice } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Page } from '#app/ui/Page.tsx'
import { bannedFunctions, leftOutFunctions, useNeverWords, type NeverKey } from './never-words.ts'
import styles from './Never.module.css'
import { privacyPages } from '#app/links/privacy.ts'
import { firstPages } from '#app/links/first.ts'

/** 这个应用没有的功能: what nobody can be asked to do with it, for everybody to read. */
export function Never() {
  const said = useNeverWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  return (
    <Page
      width="read"
      title={said.title}
      back={role && worksInOffice(role) ? privacyPages.protection() : firstPages.me()}
    >
      <div class={styles.page}>
        <p class={styles.soft}>{said.hint}</p>
        <Lines title={said.banned} keys={bannedFunctions} />
        <Lines title={said.own} keys={leftOutFunctions} />
        <p class={styles.soft}>{said.proof}</p>
      </div>
    </Page>
  )
}

function Lines(props: { readonly title: string; readonly keys: readonly NeverKey[] }) {
  const { lines } = useNeverWords()
  return (
    <section class={styles.part}>
      <h2>{props.title}</h2>
      <ul class={styles.list}>
        {props.keys.map((key) => {
          const [what, how] = lines[key]
          return (
            <li key={key} class={styles.item}>
              <strong>{what}</strong>
              <span class={styles.soft}>{how}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
