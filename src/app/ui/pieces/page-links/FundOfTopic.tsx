import { mayKeepFunds } from '#domain/permission-of-funds.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { fundPages } from '#app/links/funds.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { fundsOfTopic, topicBehind } from '#app/views/fund-of-topic.ts'
import { useFundsLinkWords } from './funds-link-words.ts'

/** From a topic that became a project to its account: one tap opens it, or the form with all that the topic says. */
export function FundOfTopic(props: { readonly topic: string }) {
  const app = useParts('register', 'session')
  const own = useFundsLinkWords()
  const { topic } = props
  const role = useStore(app.session, (session) => session.account?.role)
  const funds = useRegister(app, (register) => fundsOfTopic(register, topic), [topic])
  const isProject = useRegister(app, (register) => topicBehind(register, topic) !== null, [topic])
  if (funds.length > 0) {
    return (
      <>
        {funds.map(({ id, fields }) => (
          <ButtonLink key={id} wide href={fundPages.fund(id)}>
            {own.ofTopic(fields.name)}
          </ButtonLink>
        ))}
      </>
    )
  }
  if (!isProject || role === undefined || !mayKeepFunds(role)) return null
  return (
    <ButtonLink look="primary" icon="plus" wide href={`${fundPages.newFund()}?topic=${topic}`}>
      {own.make}
    </ButtonLink>
  )
}
