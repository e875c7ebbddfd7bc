import { useState } from 'preact/hooks'
import { worksInOffice } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { ChoiceField } from '#app/ui/kit/Field.tsx'
import { Page } from '#app/ui/Page.tsx'
import { usePaper } from '#app/ui/pieces/paper.ts'
import { useHowToWords, type Guide } from './howto-words.ts'
import styles from './HowTo.module.css'
import { firstPages } from '#app/links/first.ts'

/** One sheet of A4 to hand out, for workers or for the office; it names nobody, so that it is no export. */
export function HowTo() {
  const own = useHowToWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const [kind, setKind] = useState<'walk' | 'office'>(
    role && worksInOffice(role) ? 'office' : 'walk',
  )
  const guide = own.guides[kind]
  usePaper(() => <GuideSheet guide={guide} />)
  return (
    <Page width="read" title={own.title} back={firstPages.me()}>
      <div class={styles.page}>
        <p class={styles.hint}>{own.hint}</p>
        <ChoiceField
          label={own.which}
          value={kind}
          options={(['walk', 'office'] as const).map((value) => ({
            value,
            label: own.kinds[value],
          }))}
          onInput={(value) => setKind(value === 'office' ? 'office' : 'walk')}
        />
        <Button look="primary" wide onClick={() => window.print()}>
          {own.print}
        </Button>
        <GuideSheet guide={guide} />
      </div>
    </Page>
  )
}

/** The same on the screen and on paper. */
function GuideSheet({ guide }: { readonly guide: Guide }) {
  return (
    <article class={styles.sheet}>
      <h2>{guide.title}</h2>
      <p class={styles.lead}>{guide.lead}</p>
      {guide.parts.map(({ title, steps }) => (
        <section key={title}>
          <h3>{title}</h3>
          <ol>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
      ))}
      <p class={styles.foot}>{guide.foot}</p>
    </article>
  )
}
