import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Icon, type IconName } from '#app/ui/kit/Icon.tsx'
import { jobsBehindOffice } from '#app/ui/jobs.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Office.module.css'

/** Of pages that share a job; the first of it keeps the job's own. */
const icons: Readonly<Record<string, IconName>> = {
  overview: 'overview',
  people: 'me',
  devices: 'device',
  protection: 'lock',
  approvals: 'check',
  purge: 'erase',
  hotline: 'phone',
  audit: 'eye',
  import: 'import',
  'ask-codes': 'code',
}

/** The way to the office's jobs for which a screen too narrow for a rail has no room, with every page of each. */
export function Office() {
  const { shell, language } = useWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  return (
    <Page title={shell.tabs.office}>
      {jobsBehindOffice(role).map(({ job, icon, label, badge, views }) => (
        <section key={job} class={styles.job}>
          {views.length > 1 && <h2>{label[language]}</h2>}
          <ul class={styles.pages}>
            {views.map((view) => (
              <li key={view.tab}>
                <a class={styles.page} href={view.href}>
                  <Icon name={icons[view.tab] ?? icon} />
                  <span>
                    {view.label[language]}
                    {badge}
                  </span>
                  <Icon name="next" />
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Page>
  )
}
