import { purposes, requestPurposes, type Purpose } from '#domain/purpose.ts'
import { mayAnswer, maySavePolicy, worksInOffice } from '#domain/permission.ts'
import { daysKept } from '#domain/retention.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Line, Lines, Part, Parts, Soft, SoftText } from '#app/ui/kit/Part.tsx'
import { Page } from '#app/ui/Page.tsx'
import { placeOfRecord } from '#app/views/record-place.ts'
import { useNotice, usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { PurgeLink } from '#app/ui/privacy/purge/Purge.tsx'
import { AnswerPaperLink } from './AnswerPaper.tsx'
import { Assessments } from './Assessments.tsx'
import { ApprovalsLink, NeverLink } from '#app/ui/pieces/page-links/protection-links.tsx'
import { useProtectionWords } from '#app/ui/words/protection-words.ts'
import styles from './Protection.module.css'
import { privacyPages } from '#app/links/privacy.ts'
import { firstPages } from '#app/links/first.ts'

/** What the office holds to, for everybody to read; what people asked about their own data, for the office to answer. */
export function Protection() {
  const words = useWords()
  const own = useProtectionWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const policy = usePolicy()
  const notice = useNotice()
  const isOffice = role !== undefined && mayAnswer(role)
  return (
    <Page
      width="read"
      title={own.title}
      {...(role && !worksInOffice(role) ? { back: firstPages.me() } : {})}
      foot={
        role &&
        maySavePolicy(role) && (
          <ButtonLink look="primary" icon="edit" wide href={privacyPages.editPolicy()}>
            {own.edit}
          </ButtonLink>
        )
      }
    >
      <Parts>
        <Soft>{own.hint}</Soft>
        {isOffice && <PurgeLink />}
        <ApprovalsLink />
        {isOffice && <Inquiries />}
        {role && worksInOffice(role) && <Assessments />}
        <Part>
          <h2>
            {own.notice} · {own.noticeVersion(policy.noticeVersion)}
          </h2>
          {notice.map((line) => (
            <p key={line}>{line}</p>
          ))}
          <NeverLink />
        </Part>
        <Part>
          <h2>{own.keep}</h2>
          <p>{own.keepGone(policy.keepGoneDays)}</p>
          <p>{own.keepVisits(policy.keepVisitsDays)}</p>
          <p>{own.keepAskers(daysKept(policy, 'asker'))}</p>
          <p>{own.keepRequests(daysKept(policy, 'request'))}</p>
          <p>{own.keepDeclarations(daysKept(policy, 'declaration'))}</p>
          <p>{own.keepVoices(daysKept(policy, 'voice'))}</p>
          <p>{own.keepTopics(daysKept(policy, 'topic'))}</p>
          <p>{own.keepFunds(daysKept(policy, 'fund'))}</p>
          {policy.gates && <p>{own.keepVehicles(daysKept(policy, 'vehicle'))}</p>}
          {policy.guardianRequired && <p>{own.guardian}</p>}
          {policy.secondFactorRequired && <p>{own.secondFactor}</p>}
          <p>
            {own.owner}: {policy.owner ?? own.notNamed}
          </p>
          <p>
            {own.office}: {policy.office ?? own.notNamed}
            {policy.officeContact && ` (${policy.officeContact})`}
          </p>
          <p>
            {own.filing}: {policy.filingNumber ?? own.noFiling}
          </p>
        </Part>
        <Part>
          <h2>
            {own.catalogue} · {own.version(policy.policyVersion)}
          </h2>
          <Lines>
            {Object.entries(purposes).map(([field, purpose]) => (
              <PurposeItem
                key={field}
                label={words.facts.field[field] ?? field}
                purpose={purpose}
                isOff={policy.off.includes(field)}
              />
            ))}
          </Lines>
        </Part>
        <Part>
          <h2>{own.ofRequests}</h2>
          <Lines>
            {Object.entries(requestPurposes).map(([field, purpose]) => (
              <PurposeItem
                key={field}
                label={own.requestField[field] ?? field}
                purpose={purpose}
                isOff={false}
              />
            ))}
          </Lines>
        </Part>
      </Parts>
    </Page>
  )
}

function PurposeItem(props: {
  readonly label: string
  readonly purpose: Purpose
  readonly isOff: boolean
}) {
  const words = useWords()
  const own = useProtectionWords()
  const { label, purpose, isOff } = props
  return (
    <Line>
      <strong>
        {label}
        {isOff && ` · ${own.off}`}
      </strong>
      <span>{words.language === 'en' ? purpose.en : purpose.zh}</span>
      <SoftText>
        {[own.ground[purpose.ground], purpose.sensitive && own.sensitive]
          .filter(Boolean)
          .join(' · ')}
      </SoftText>
    </Line>
  )
}

/** Open ones first, by the day on which they have to be answered. */
function Inquiries() {
  const app = useParts('register', 'today')
  const words = useWords()
  const own = useProtectionWords()
  const today = useStore(app.today, (store) => store.day)
  const inquiries = useRegister(app, (register) =>
    [...register.all('inquiry')]
      .sort(
        (a, b) =>
          Number(!!a.fields.outcome) - Number(!!b.fields.outcome) ||
          (a.fields.due < b.fields.due ? -1 : 1),
      )
      .slice(0, 100)
      .map((inquiry) => ({
        inquiry,
        where: placeOfRecord(register, 'resident', inquiry.fields.resident).where,
      })),
  )
  return (
    <Part>
      <h2>{own.inquiries}</h2>
      <Soft>{own.inquiriesHint}</Soft>
      {inquiries.length === 0 && <p>{own.noInquiries}</p>}
      <Lines>
        {inquiries.map(({ inquiry, inquiry: { id, fields }, where }) => (
          <Line key={id}>
            <a class={styles.open} href={privacyPages.inquiry(id)}>
              {own.wants[fields.wants]} · {where}
            </a>
            <span>
              {fields.outcome && fields.answeredOn
                ? `${own.outcome[fields.outcome]} · ${own.answered(formatDay(words, fields.answeredOn, today))}`
                : fields.due < today
                  ? own.overdue(formatDay(words, fields.due, today))
                  : own.due(formatDay(words, fields.due, today))}
            </span>
            <AnswerPaperLink inquiry={inquiry} />
          </Line>
        ))}
      </Lines>
    </Part>
  )
}
