import { useState } from 'preact/hooks'
import { instantToDay } from '#domain/day.ts'
import { mayApprove, mayReadYear, worksInOffice } from '#domain/permission.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { formatDay, formatFacts } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Acts, Line, Lines, Part, Parts, Soft, SoftText } from '#app/ui/kit/Part.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useMeWords } from '#app/ui/words/me-words.ts'
import { officePlace } from '#app/views/office-place.ts'
import { NewApproval } from './NewApproval.tsx'
import { useApprovalsWords } from './approvals-words.ts'
import { YearReportPart } from './YearReportPart.tsx'
import { privacyPages } from '#app/links/privacy.ts'
import { firstPages } from '#app/links/first.ts'

/** 未成年人资料: the approvals under which the data of minors is looked at and exported; the office makes and ends them. */
export function Approvals() {
  const app = useParts('session', 'register')
  const own = useApprovalsWords()
  const account = useStore(app.session, (session) => session.account)
  const place = useRegister(app, (register) => officePlace(register, account), [account])
  const approvals = useRegister(app, (register) =>
    [...register.all('approval')].sort((a, b) => (a.fields.until < b.fields.until ? 1 : -1)),
  )
  const role = account?.role
  const isApprover = role !== undefined && mayApprove(role)
  return (
    <Page
      width="read"
      title={own.title}
      back={role && worksInOffice(role) ? privacyPages.protection() : firstPages.me()}
    >
      <Parts>
        <Soft>{own.hint}</Soft>
        <Part>
          <h2>{own.standing}</h2>
          {approvals.length === 0 && <Empty title={own.none} />}
          <Lines>
            {approvals.map((approval) => (
              <Line key={approval.id}>
                <One approval={approval} mayEnd={isApprover} />
              </Line>
            ))}
          </Lines>
        </Part>
        {isApprover && place && <NewApproval place={place} />}
        {role !== undefined && mayReadYear(role) && <YearReportPart />}
      </Parts>
    </Page>
  )
}

function One(props: { readonly approval: Rec<'approval'>; readonly mayEnd: boolean }) {
  const app = useParts('register', 'today')
  const words = useMeWords()
  const own = useApprovalsWords()
  const today = useStore(app.today, (store) => store.day)
  const { id, fields, by, at, stream } = props.approval
  const name = useRegister(
    app,
    (register) => (by ? register.get('account', by)?.fields.name : undefined) ?? own.unknown,
    [by, own],
  )
  const place = useRegister(app, (register) => register.get('place', stream)?.fields.name, [stream])
  const [isEnding, setEnding] = useState(false)
  const saving = useSave()
  const last = fields.endedOn && fields.endedOn < fields.until ? fields.endedOn : fields.until
  const isOver = last < today
  const say = (day: string) => formatDay(words, day, today)
  const end = () =>
    saving.run(
      [{ op: 'patch', kind: 'approval', record: id, fields: { endedOn: today } }],
      () => setEnding(false),
      { isFinal: true },
    )
  const facts = [
    own.period(say(fields.from), say(fields.until)),
    place && own.where(place),
    own.byWhom(name, at ? say(instantToDay(at)) : ''),
  ]
  return (
    <>
      <strong>
        {fields.roles.map((role) => words.me.role[role]).join('、')}：
        {fields.acts.map((act) => own.act[act]).join('、')}
      </strong>
      <span>{fields.reason}</span>
      <SoftText>{formatFacts(words, facts)}</SoftText>
      {fields.endedOn ? (
        <SoftText>{own.ended(say(fields.endedOn))}</SoftText>
      ) : (
        isOver && <SoftText>{own.over}</SoftText>
      )}
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      {props.mayEnd && !isOver && !fields.endedOn && !isEnding && (
        <div>
          <Button look="quiet" onClick={() => setEnding(true)}>
            {own.end}
          </Button>
        </div>
      )}
      {isEnding && (
        <>
          <Notice>{own.endAsk}</Notice>
          <Acts>
            <Button look="danger" busy={saving.busy} onClick={end}>
              {own.endYes}
            </Button>
            <Button onClick={() => setEnding(false)}>{words.shell.close}</Button>
          </Acts>
        </>
      )}
    </>
  )
}
