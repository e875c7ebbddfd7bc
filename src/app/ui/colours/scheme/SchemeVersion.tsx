import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { maySaveScheme } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { Changes } from './Changes.tsx'
import { SchemeRead, useAuthor } from './Scheme.tsx'
import styles from './Scheme.module.css'
import {
  schemeDraftKey,
  versionsOf,
  type SchemeDraft,
  type Version,
} from '#app/views/scheme-draft.ts'
import { useSchemeWords } from '#app/ui/words/scheme-words.ts'
import { coloursPages } from '#app/links/colours.ts'

/** One version: what it says, how it differs from the one in force, and the way back to it. */
export function SchemeVersion(props: PageProps) {
  const app = useParts('register')
  const own = useSchemeWords()
  const id = props.params['version'] ?? ''
  const versions = useRegister(app, (register) => versionsOf(register))
  const found = versions.find((version) => version.id === id)
  const newest = versions[0]
  if (!found || !newest) return <Gone title={own.versions} back={coloursPages.scheme()} />
  return <Found key={id} version={found} newest={newest} />
}

function Found(props: { readonly version: Version; readonly newest: Version }) {
  const app = useParts('session', 'drafts')
  const words = useWords()
  const own = useSchemeWords()
  const { route } = useLocation()
  const role = useStore(app.session, (session) => session.account?.role)
  const author = useAuthor(props.version)
  const [asking, setAsking] = useState(false)
  const { version, newest } = props
  const isInForce = version.id === newest.id
  const restore = () => {
    const draft: SchemeDraft = { base: newest.scheme.schemeVersion, scheme: version.scheme }
    app.drafts.set(schemeDraftKey, draft)
    route(coloursPages.editScheme())
  }
  return (
    <Page
      width="read"
      title={own.version(version.scheme.schemeVersion)}
      back={coloursPages.scheme()}
      foot={
        role &&
        maySaveScheme(role) &&
        !isInForce &&
        (asking ? (
          <>
            <Notice tone="alarm">{own.replaceDraft}</Notice>
            <Button look="danger" wide onClick={restore}>
              {own.restore}
            </Button>
            <Button wide onClick={() => setAsking(false)}>
              {words.shell.cancel}
            </Button>
          </>
        ) : (
          <>
            <p class={styles.soft}>{own.restoreHint}</p>
            <Button
              look="primary"
              wide
              onClick={() =>
                app.drafts.get(schemeDraftKey) === undefined ? restore() : setAsking(true)
              }
            >
              {own.restore}
            </Button>
          </>
        ))
      }
    >
      <div class={styles.page}>
        <p>
          <strong>{version.scheme.name}</strong> <span class={styles.soft}>{author}</span>
        </p>
        {isInForce ? (
          <Notice>{own.inForce}</Notice>
        ) : (
          <section class={styles.part}>
            <h2>{own.compare}</h2>
            <Changes before={newest.scheme} after={version.scheme} />
          </section>
        )}
        <SchemeRead scheme={version.scheme} />
      </div>
    </Page>
  )
}
