import { useState } from 'preact/hooks'
import { filePurposes, recipients, type FilePurpose } from '#domain/export.ts'
import { maskName } from '#domain/mask.ts'
import { mayHandOut } from '#domain/permission.ts'
import { isFileWithheld } from '#app/views/file-withheld.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { HandOutFields, type Mask } from '#app/ui/pieces/HandOutFields.tsx'
import { draftFor, RecipientFields, useRecipient } from '#app/ui/pieces/RecipientFields.tsx'
import { Withheld } from '#app/ui/pieces/Withheld.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { useFileWords } from '#app/ui/words/file-words.ts'
import { OpenFile } from './OpenFile.tsx'
import styles from './PersonFile.module.css'
import { usePutOnRecord } from './put-on-record.ts'
import { walkPages } from '#app/links/walk.ts'
import { privacyPages } from '#app/links/privacy.ts'
import { firstPages } from '#app/links/first.ts'

/** All that is stored about one person, for that person: from their own page. */
export function PersonFile(props: PageProps) {
  const app = useParts('register')
  const own = useFileWords()
  const id = props.params['resident'] ?? ''
  const resident = useRegister(app, (register) => register.get('resident', id))
  if (!resident) return <Gone title={own.gone} back={firstPages.today()} />
  return <Ask key={id} resident={resident} inquiry={null} />
}

/** The same as an answer to what the person asked for. */
export function InquiryFile(props: PageProps) {
  const app = useParts('register')
  const own = useFileWords()
  const id = props.params['inquiry'] ?? ''
  const inquiry = useRegister(app, (register) => register.get('inquiry', id))
  const resident = useRegister(app, (register) =>
    inquiry ? register.get('resident', inquiry.fields.resident) : undefined,
  )
  if (!inquiry) return <Gone title={own.inquiryGone} back={privacyPages.protection()} />
  if (!resident) return <Gone title={own.gone} back={privacyPages.inquiry(id)} />
  return <Ask key={id} resident={resident} inquiry={inquiry} />
}

/** Masked or in full, what for and to whom: that is on record before anything shows. */
function Ask(props: {
  readonly resident: Rec<'resident'>
  readonly inquiry: Rec<'inquiry'> | null
}) {
  const app = useParts('session', 'register', 'today')
  const words = useWords()
  const own = useFileWords()
  const { resident, inquiry } = props
  const role = useStore(app.session, (session) => session.account?.role)
  const today = useStore(app.today, (store) => store.day)
  // Whoever asked for their own data is not helped by a masked copy.
  const [mask, setMask] = useState<Mask>(inquiry ? 'open' : 'masked')
  const [purpose, setPurpose] = useState<FilePurpose | null>(inquiry ? 'request' : null)
  const { draft, setDraft, handed } = useRecipient(inquiry ? 'subject' : 'own')
  const [tried, setTried] = useState(false)
  const { made, busy, problem, make, putAway } = usePutOnRecord(resident, inquiry)
  const mayMake = role !== undefined && mayHandOut(role)
  const account = useStore(app.session, (session) => session.account)
  // What a guardian asked for is theirs by right; all else about a minor needs an approval.
  const isWithheld = useRegister(
    app,
    (register) => isFileWithheld(register, resident, inquiry, account, today),
    [inquiry, resident, account, today],
  )
  return (
    <Page
      title={own.title(maskName(resident.fields.name))}
      back={inquiry ? privacyPages.inquiry(inquiry.id) : walkPages.resident(resident.id)}
    >
      {!mayMake ? (
        <Notice>{own.notYours}</Notice>
      ) : isWithheld ? (
        <Withheld />
      ) : made ? (
        <OpenFile resident={resident} made={made} onAway={putAway} />
      ) : (
        <div class={styles.form}>
          <p>{own.hint}</p>
          {inquiry && (
            <Notice>
              {own.forInquiry(
                own.wants[inquiry.fields.wants],
                formatDay(words, inquiry.fields.receivedOn, today),
              )}
            </Notice>
          )}
          <HandOutFields
            words={own}
            purposes={filePurposes}
            mask={mask}
            purpose={purpose}
            tried={tried}
            softStyle={styles.soft}
            onMask={setMask}
            onPurpose={(next) => {
              setPurpose(next)
              // What they asked for is handed to them.
              if (next === 'request') setDraft(draftFor('subject'))
            }}
          >
            <RecipientFields
              recipients={recipients}
              draft={draft}
              tried={tried}
              onChange={setDraft}
            />
          </HandOutFields>
          {problem && (
            <Notice tone="alarm">
              {own.notMade} {words.problems[problem]}
            </Notice>
          )}
          <Button
            wide
            look="primary"
            busy={busy}
            onClick={() => {
              setTried(true)
              if (purpose && handed) make({ open: mask === 'open', purpose, handed })
            }}
          >
            {busy ? own.making : own.make}
          </Button>
        </div>
      )}
    </Page>
  )
}
