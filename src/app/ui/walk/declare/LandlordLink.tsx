import { useState } from 'preact/hooks'
import { isLet } from '#domain/declaration.ts'
import { followAddress, groupFollowCode } from '#domain/requests/follow-code.ts'
import { makeFollowCode } from '#app/acts/follow-codes.ts'
import { linkGiven, linksStopped } from '#app/acts/landlord-link-intents.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { firstPages } from '#app/links/first.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { formatDay } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { QrPicture } from '#app/ui/pieces/QrPicture.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { doorOf } from '#app/views/door.ts'
import { linksHeld } from '#app/views/landlord-links.ts'
import type { Rec } from '#app/views/records.ts'
import { pageAddressHere } from '#app/views/wall-codes.ts'
import styles from './LandlordLink.module.css'
import { useLinkState } from './use-link-state.ts'

/** The link of a dwelling's landlord: given at the door, shown once, made anew, stopped; all of it without a signal. */
export function LandlordLink(props: PageProps) {
  const app = useParts('register')
  const own = useDeclarationWords()
  const id = props.params['dwelling'] ?? ''
  const dwelling = useRegister(app, (register) => register.get('dwelling', id), [id])
  if (!dwelling) return <Gone title={own.linkTitle} back={firstPages.grid()} />
  return <Held key={id} dwelling={dwelling} />
}

function Held(props: { readonly dwelling: Rec<'dwelling'> }) {
  const app = useParts('register', 'today', 'work')
  const own = useDeclarationWords()
  const words = useWords()
  const { dwelling } = props
  const day = useStore(app.today, (store) => store.day)
  const door = useRegister(app, (register) => doorOf(register, dwelling.id), [dwelling])
  const held = useRegister(app, (register) => linksHeld(register, dwelling.id), [dwelling])
  const saving = useSave()
  const stateOf = useLinkState()
  const [code, setCode] = useState<string | null>(null)
  const give = async () => {
    const made = await makeFollowCode()
    const intents = linkGiven(app, dwelling, held, made.hash, day)
    saving.run(intents, () => setCode(made.code), { isFinal: true })
  }
  const stop = () => saving.run(linksStopped(held, day), () => setCode(null), { isFinal: true })
  return (
    <Page title={`${own.linkTitle} ${door}`} back={walkPages.dwelling(dwelling.id)} width="form">
      <div class={styles.page}>
        <Notice>{own.linkHint}</Notice>
        {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
        {code !== null && <Given code={code} stream={dwelling.stream} />}
        {held.length > 0 && (
          <Group label={own.linkTitle}>
            {held.map((link) => (
              <Row
                key={link.id}
                title={own.linkSince(formatDay(words, link.fields.made, day))}
                under={stateOf(link.fields).words}
                isLate={stateOf(link.fields).isMissing}
              />
            ))}
          </Group>
        )}
        {!isLet(dwelling.fields.use) && <Notice>{own.linkNotLet}</Notice>}
        {code === null && isLet(dwelling.fields.use) && (
          <Button look="primary" wide busy={saving.busy} onClick={() => void give()}>
            {held.length > 0 ? own.linkAgain : own.linkGive}
          </Button>
        )}
        {held.length > 0 && code === null && <p class={styles.soft}>{own.linkAgainHint}</p>}
        {held.length > 0 && (
          <Button look="danger" wide busy={saving.busy} onClick={stop}>
            {own.linkStop}
          </Button>
        )}
      </div>
    </Page>
  )
}

/** Shown once: neither this device nor the office keeps the code. */
function Given(props: { readonly code: string; readonly stream: string }) {
  const app = useParts('register')
  const own = useDeclarationWords()
  const { code, stream } = props
  const address = useRegister(app, (register) => pageAddressHere(register, stream), [stream])
  const page = address === null ? null : `${address}/let`
  return (
    <Group box head={own.linkCode}>
      <p>{own.linkOnce}</p>
      <div class={styles.picture}>
        <QrPicture text={followAddress(code, page)} label={own.linkPicture} />
      </div>
      <p class={styles.code}>
        {groupFollowCode(code)
          .split('-')
          .map((group, at) => (
            <span key={at}>{group}</span>
          ))}
      </p>
      <p>{page ?? own.linkNoPage}</p>
      <p>{own.linkSync}</p>
    </Group>
  )
}
