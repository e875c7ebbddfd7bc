import { keptUntil, unassessed, type AssessedCase } from '#domain/assessment.ts'
import { mayAssess } from '#domain/permission.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatDay } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Line, Lines, Part, Soft, SoftText } from '#app/ui/kit/Part.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useAssessmentWords } from './assessment-words.ts'
import { privacyPages } from '#app/links/privacy.ts'

/** The impact assessments that are on record, and in words what none of them covers. */
export function Assessments() {
  const app = useParts('session', 'register', 'today')
  const words = useWords()
  const own = useAssessmentWords()
  const today = useStore(app.today, (store) => store.day)
  const role = useStore(app.session, (session) => session.account?.role)
  const version = useRegister(app, (register) => register.scheme().schemeVersion)
  const assessments = useRegister(app, (register) =>
    [...register.all('assessment')].sort((a, b) => (a.fields.on < b.fields.on ? 1 : -1)),
  )
  const gaps = unassessed(
    assessments.map(({ fields }) => fields),
    version,
  )
  const others = gaps.filter((one) => one !== 'automated')
  const day = (of: string) => formatDay(words, of, today)
  const named = (cases: readonly AssessedCase[], of: number | null | undefined) =>
    cases
      .map((one) =>
        one === 'automated' && of ? `${own.case[one]} · ${own.ofScheme(of)}` : own.case[one],
      )
      .join(words.language === 'en' ? ', ' : '、')
  return (
    <Part>
      <h2>{own.title}</h2>
      <Soft>{own.hint}</Soft>
      {assessments.length === 0 && <p>{own.none}</p>}
      {gaps.includes('automated') && <Notice tone="alarm">{own.schemeMissing(version)}</Notice>}
      {others.length > 0 && <Notice tone="alarm">{own.missing(named(others, null))}</Notice>}
      {gaps.length === 0 && <p>{own.all(version)}</p>}
      <Lines>
        {assessments.map(({ id, fields }) => (
          <Line key={id}>
            <strong>{fields.version}</strong>
            <span>{named(fields.cases, fields.schemeVersion)}</span>
            <SoftText>
              {[
                own.signed(fields.signedBy, day(fields.on)),
                own.keptUntil(day(keptUntil(fields))),
              ].join(' · ')}
            </SoftText>
            <SoftText>{own.file(fields.fileName)}</SoftText>
            <SoftText>
              {own.hash} {fields.fileHash}
            </SoftText>
          </Line>
        ))}
      </Lines>
      {role && mayAssess(role) && (
        <ButtonLink wide href={privacyPages.assessment()}>
          {own.add}
        </ButtonLink>
      )}
    </Part>
  )
}
