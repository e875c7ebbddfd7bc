import type { View } from './route.ts'
import type { Tab } from './route.ts'
import styles from './Views.module.css'
import { useWords } from './words/use-words.ts'

/** The pages of a job, at the head of each. */
export function Views(props: { readonly views: readonly View[]; readonly at: Tab }) {
  const { language } = useWords()
  return (
    <nav class={styles.views} aria-label={language === 'en' ? 'Pages' : '同类页面'}>
      {props.views.map(({ tab, href, label }) => (
        <a key={tab} href={href} aria-current={tab === props.at ? 'page' : undefined}>
          {label[language]}
        </a>
      ))}
    </nav>
  )
}
