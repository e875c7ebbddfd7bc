import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { Role } from '#domain/account.ts'
import { leastRole } from '#domain/permission.ts'
import type { ListedAccount, OneTimeAnswer } from '#protocol/places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { SelectField, TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { Freshness } from './Freshness.tsx'
import { OneTime } from './OneTime.tsx'
import { usePeopleWords } from './people-words.ts'
import { Newer } from './Newer.tsx'
import {
  givenOf,
  isSameGiven,
  problemsOfPerson,
  rolesToBecome,
  rolesToGive,
  type GivenFields,
  type PersonFields,
} from '#app/views/person-fields.ts'
import { PlacesPicker } from './PlacesPicker.tsx'
import { placeNames, type Tree } from '#app/views/place-tree.ts'
import { useAct } from './use-act.ts'
import { usePlaces } from './use-places.ts'
import { placesPages } from '#app/links/places.ts'

/** A new account: its one-time password is shown when it is made. */
export function PersonAdd() {
  const own = usePeopleWords()
  const known = usePlaces()
  if (!known.told) return <Waiting title={own.makeTitle} known={known} />
  return <AddForm tree={known.tree} accounts={known.told.accounts} />
}

/** Name, role and places of an account; the same of one that is opened again. */
export function PersonEdit({ params }: PageProps) {
  const own = usePeopleWords()
  const known = usePlaces()
  const { path } = useLocation()
  const account = known.told?.accounts.find(({ id }) => id === params['account'])
  if (!known.told) return <Waiting title={own.editTitle} known={known} />
  if (!account?.kept) return <Gone title={own.editTitle} back={placesPages.people()} />
  const isReopening = path === placesPages.reopenPerson(account.id)
  return <EditForm key={path} account={account} tree={known.tree} isReopening={isReopening} />
}

function Waiting(props: { readonly title: string; readonly known: ReturnType<typeof usePlaces> }) {
  return (
    <Page title={props.title} back={placesPages.people()}>
      <Freshness known={props.known} />
    </Page>
  )
}

function AddForm(props: { readonly tree: Tree; readonly accounts: readonly ListedAccount[] }) {
  const app = useParts('session', 'work')
  const own = usePeopleWords()
  const words = useWords()
  const location = useLocation()
  const acting = useAct()
  const by = useStore(app.session, (session) => session.account?.role)
  const given = rolesToGive(by, usePolicy().gates === true)
  const draft = useDraft<PersonFields & { readonly account: string }>('person/new', () => ({
    ...{ login: '', name: '', places: [] },
    account: app.work.newId(),
    role: given[0] ?? leastRole,
  }))
  const [asked, setAsked] = useState(false)
  const [made, setMade] = useState<{ login: string; answer: OneTimeAnswer } | null>(null)
  const fields = draft.value
  const problems = problemsOfPerson(fields, props.tree, true)
  const toPerson = placesPages.person(fields.account)
  const make = async () => {
    setAsked(true)
    if (problems.length > 0) return
    const login = fields.login.trim()
    const content = { account: fields.account, login, ...givenOf(fields, props.tree) }
    const answer = await acting.run('make', content, (acts, request) => acts.make(request))
    if (!answer?.ok) return
    draft.done()
    setMade({ login, answer: answer.value })
  }
  if (made) {
    return (
      <Page title={own.made} back={placesPages.people()}>
        <OneTime
          title={fields.name}
          login={made.login}
          answer={made.answer}
          onSeen={() => location.route(toPerson, true)}
        />
      </Page>
    )
  }
  // The answer was lost, and then something else was typed: it is there all the same.
  const isThere = acting.problem !== null && props.accounts.some(({ id }) => id === fields.account)
  return (
    <FormPage
      title={own.makeTitle}
      back={placesPages.people()}
      saveLabel={own.makeYes}
      saving={acting}
      errors={asked ? problems.length : 0}
      draft={draft}
      onSave={() => void make()}
    >
      {isThere && (
        <Notice>
          <p>{own.madeBefore}</p>
          <Button
            onClick={() => {
              draft.done()
              location.route(toPerson, true)
            }}
          >
            {own.toPerson}
          </Button>
        </Notice>
      )}
      <TextField
        label={own.login}
        hint={own.loginHint}
        required={words.shell.required}
        maxLength={32}
        value={fields.login}
        error={asked && problems.includes('login') ? own.loginWrong : undefined}
        onInput={(login) => draft.set((before) => ({ ...before, login }))}
      />
      <Given
        fields={fields}
        tree={props.tree}
        options={given}
        problems={asked ? problems : []}
        onInput={(next) => draft.set((before) => ({ ...before, ...next }))}
      />
    </FormPage>
  )
}

function EditForm(props: {
  readonly account: ListedAccount
  readonly tree: Tree
  readonly isReopening: boolean
}) {
  const own = usePeopleWords()
  const location = useLocation()
  const toasts = useToasts()
  const acting = useAct()
  const by = useStore(useParts('session').session, (session) => session.account?.role)
  const hasGates = usePolicy().gates === true
  const { account, tree, isReopening } = props
  const back = placesPages.person(account.id)
  const act = isReopening ? 'reopen' : 'change'
  const key = `person/${act}/${account.id}`
  const draft = useDraft<PersonFields & { readonly before: GivenFields }>(key, () => {
    const { login, name, role, places } = account
    return { login, name, role, places, before: { name, role, places } }
  })
  const [asked, setAsked] = useState(false)
  const problems = problemsOfPerson(draft.value, tree, false)
  const save = async () => {
    setAsked(true)
    if (problems.length > 0) return
    const { before } = draft.value
    const content = {
      account: account.id,
      ...givenOf(draft.value, tree),
      ...(isReopening ? {} : { before }),
    }
    const answer = await acting.run(`${act}/${account.id}`, content, (acts, request) =>
      acts.act(act, request),
    )
    if (!answer?.ok) return
    draft.done()
    toasts.show(own.saved)
    location.route(back, true)
  }
  return (
    <FormPage
      title={isReopening ? own.reopenTitle : own.editTitle}
      back={back}
      saveLabel={isReopening ? own.reopenYes : own.save}
      saving={acting}
      errors={asked ? problems.length : 0}
      draft={draft}
      onSave={() => void save()}
    >
      {isReopening && <Notice>{own.reopenHint}</Notice>}
      {!isReopening && !isSameGiven(draft.value.before, account) && (
        <Newer
          now={[account.name, own.roles[account.role], placeNames(account.places, tree)]}
          onTake={draft.clear}
        />
      )}
      <Given
        fields={draft.value}
        tree={tree}
        options={rolesToBecome(by, account.role, hasGates)}
        problems={asked ? problems : []}
        onInput={(next) => draft.set((before) => ({ ...before, ...next }))}
      />
    </FormPage>
  )
}

/** What an office gives an account. */
function Given(props: {
  readonly fields: PersonFields
  readonly tree: Tree
  readonly options: readonly Role[]
  readonly problems: readonly string[]
  readonly onInput: (next: Partial<PersonFields>) => void
}) {
  const own = usePeopleWords()
  const words = useWords()
  const { fields, tree, options, problems, onInput } = props
  return (
    <>
      <TextField
        label={own.name}
        required={words.shell.required}
        maxLength={40}
        value={fields.name}
        error={problems.includes('name') ? own.nameMissing : undefined}
        onInput={(name) => onInput({ name })}
      />
      {options.length > 1 && (
        <SelectField
          label={own.role}
          value={fields.role}
          options={options.map((value) => ({ value, label: own.roles[value] }))}
          onInput={(next) => {
            const role = options.find((one) => one === next)
            if (role) onInput({ role })
          }}
        />
      )}
      <PlacesPicker
        key={fields.role}
        tree={tree}
        role={fields.role}
        chosen={fields.places}
        error={problems.includes('places') ? own.placesMissing : undefined}
        onInput={(places) => onInput({ places })}
      />
    </>
  )
}
