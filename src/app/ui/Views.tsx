import type { View } from './route.ts'
import type { Tab } from './route.ts'
import styles from './Views.module.css'
import { useViewsWords } from './views-words.ts'
import { useWords } from './words/use-words.ts'

/** The pages of a job, at the head of each. */
export function Views(props: { readonly views: readonly View[]; readonly at: Tab }) {
  const { language } = useWords()
  const own = useViewsWords()
  return (
    <nav class={styles.views} aria-label={own.pages}>
      {props.views.map(({ tab, href, label }) => (
        <a key={tab} href={href} aria-current={tab === props.at ? 'page' : undefined}>
          {label[language]}
        </a>
      ))}
    </nav>
  )
}
