import { maskName } from '#domain/mask.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Parts } from '#app/ui/kit/Part.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { usePaper } from '#app/ui/pieces/paper.ts'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { PageProps } from '#app/ui/route.ts'
import { FileSheet, type PersonFileSheet } from '#app/ui/privacy/person-file/FileSheet.tsx'
import { isNegative, useAnswerWords } from './answer-words.ts'
import { useProtectionWords } from '#app/ui/words/protection-words.ts'
import { privacyPages } from '#app/links/privacy.ts'

/** A refused or partly granted request on paper: reason, article, how to complain, contact, day (articles 50 and 65). */
export function AnswerPaper(props: PageProps) {
  const app = useParts('register')
  const own = useProtectionWords()
  const id = props.params['inquiry'] ?? ''
  const inquiry = useRegister(app, (register) => register.get('inquiry', id))
  if (!inquiry) return <Gone title={own.gone} back={privacyPages.protection()} />
  return <Paper inquiry={inquiry} />
}

function Paper(props: { readonly inquiry: Rec<'inquiry'> }) {
  const said = useAnswerWords()
  const { inquiry } = props
  const sheet = useSheet(inquiry)
  usePaper(sheet && (() => <FileSheet sheet={sheet} />))
  return (
    <Page width="read" title={said.title} back={privacyPages.inquiry(inquiry.id)}>
      <Parts>
        {!sheet ? (
          <Notice>{said.nothing}</Notice>
        ) : (
          <>
            <Button look="primary" wide onClick={() => window.print()}>
              {said.print}
            </Button>
            <FileSheet sheet={sheet} />
          </>
        )}
      </Parts>
    </Page>
  )
}

/** Null of a request that was not answered, or granted. */
function useSheet({ fields }: Rec<'inquiry'>): PersonFileSheet | null {
  const app = useParts('register', 'today')
  const own = useProtectionWords()
  const said = useAnswerWords()
  const policy = usePolicy()
  const today = useStore(app.today, (store) => store.day)
  const name = useRegister(
    app,
    (register) => register.get('resident', fields.resident)?.fields.name ?? '',
    [fields.resident],
  )
  const { outcome, answer, answeredOn } = fields
  if (!isNegative(outcome)) return null
  const part = (title: string, note: string) => ({ title, note, columns: [], rows: [] })
  const contact = [policy.office ?? said.unnamed, policy.officeContact].filter(Boolean).join(' · ')
  return {
    heading: said.heading,
    lines: [
      said.to(maskName(name)),
      ...(fields.askedBy ? [said.by(maskName(fields.askedBy), fields.authority ?? '')] : []),
    ],
    parts: [
      part(said.asked, said.wanted(own.wants[fields.wants], fields.receivedOn)),
      part(said.outcome, said.said[outcome] + said.reason(answer ?? '')),
      part(said.ground, said.law(said.article[fields.wants])),
      part(said.complain, said.ways(policy.owner ?? said.ownerUnnamed)),
      part(said.contact, contact),
      part(said.day, answeredOn ?? today),
    ],
  }
}

/** Where an answer says no, the way to its paper. */
export function AnswerPaperLink(props: { readonly inquiry: Rec<'inquiry'> }) {
  const said = useAnswerWords()
  const { id, fields } = props.inquiry
  if (!isNegative(fields.outcome)) return null
  return (
    <ButtonLink wide href={privacyPages.inquiryPaper(id)}>
      {said.open}
    </ButtonLink>
  )
}
