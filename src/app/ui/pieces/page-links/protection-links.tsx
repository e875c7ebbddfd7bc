import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { useProtectionWords } from '#app/ui/words/protection-words.ts'
import { privacyPages } from '#app/links/privacy.ts'
import { mePages } from '#app/links/me.ts'

/** The ways to these pages, from pages of other words. */
export function InquiryLink(props: { readonly resident: string }) {
  const own = useProtectionWords()
  return <ButtonLink href={privacyPages.newInquiry(props.resident)}>{own.inquiries}</ButtonLink>
}

export function ComplaintLink() {
  const own = useProtectionWords()
  return (
    <ButtonLink wide href={privacyPages.complaints()}>
      {own.complaint}
    </ButtonLink>
  )
}

export function ApprovalsLink() {
  const own = useProtectionWords()
  return (
    <ButtonLink wide href={privacyPages.approvals()}>
      {own.minors}
    </ButtonLink>
  )
}

export function NeverLink() {
  const own = useProtectionWords()
  return (
    <ButtonLink wide href={mePages.never()}>
      {own.never}
    </ButtonLink>
  )
}

export function ProtectionLink() {
  const own = useProtectionWords()
  const { filingNumber } = usePolicy()
  return (
    <>
      <ButtonLink wide href={privacyPages.protection()}>
        {own.title}
      </ButtonLink>
      <NeverLink />
      <p>
        {own.filing}: {filingNumber ?? own.noFiling}
      </p>
    </>
  )
}
