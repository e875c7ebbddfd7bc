import { useApp, useStore } from '#app/stores/use-store.ts'
import { Icon } from '#app/ui/kit/Icon.tsx'
import { officePagesFor } from '#app/ui/more-routes.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Office.module.css'

/** The way to the office's pages where the screen is too narrow for a rail. */
export function Office() {
  const words = useWords()
  const role = useStore(useApp().session, (session) => session.account?.role)
  return (
    <Page title={words.shell.tabs.office}>
      <ul class={styles.pages}>
        {officePagesFor(role).map(({ tab, href, icon, label }) => (
          <li key={tab}>
            <a class={styles.page} href={href}>
              <Icon name={icon} />
              <span>{label[words.language]}</span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </Page>
  )
}
