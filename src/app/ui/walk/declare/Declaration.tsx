import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { maskName, maskPhone } from '#domain/mask.ts'
import { arrivalConfirmed, departureConfirmed, type Found } from '#app/acts/declaration-intents.ts'
import { goToKnown } from '#app/acts/same-as-known.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { firstPages } from '#app/links/first.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { useSave, type Saving } from '#app/ui/forms/use-save.ts'
import { formatDay } from '#app/ui/format.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { ChoiceField, SwitchField } from '#app/ui/kit/Field.tsx'
import { Foot } from '#app/ui/kit/Foot.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page, useBack } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import {
  answerTo,
  declarationOf,
  knownBehind,
  leavingAtFirst,
  openDeclarations,
  peopleBehind,
  saidOn,
  type Answer,
  type Declaration as Claim,
} from '#app/views/declarations.ts'
import { doorOf } from '#app/views/door.ts'
import type { Rec } from '#app/views/records.ts'
import styles from './Declaration.module.css'

/** One claim: what was said, and one tap that makes it so, or ends it. */
export function Declaration(props: PageProps) {
  const app = useParts('register')
  const own = useDeclarationWords()
  const id = props.params['declaration'] ?? ''
  const claim = useRegister(app, (register) => declarationOf(register, id), [id])
  const answer = useRegister(app, (register) => answerTo(register, id), [id])
  if (!claim) return <Gone title={own.gone} back={walkPages.declarations()} />
  if (answer) return <Answered claim={claim} answer={answer} />
  if (claim.kind === 'arrival') return <Arrival key={id} claim={claim} />
  return <Departure key={id} claim={claim} />
}

function useDoor(claim: Claim): string {
  const { dwelling } = claim.fields
  const app = useParts('register')
  const own = useDeclarationWords()
  const door = useRegister(app, (register) => doorOf(register, dwelling), [dwelling])
  return door || own.unknownDoor
}

/** What was said, masked as everything about persons is. */
function Said(props: { readonly claim: Claim }) {
  const app = useParts('register', 'today')
  const own = useDeclarationWords()
  const words = useWords()
  const { claim } = props
  const { fields } = claim
  const day = useStore(app.today, (store) => store.day)
  const due = useRegister(
    app,
    (register) => openDeclarations(register).find((one) => one.claim.id === claim.id)?.due,
    [claim.id],
  )
  const until = claim.kind === 'arrival' ? claim.fields.until : null
  const telephone = claim.kind === 'arrival' ? claim.fields.telephone : null
  return (
    <Group box head={own.what[claim.kind]} aside={own.says(own.speakers[fields.speaker])}>
      <FactGrid>
        {fields.name && <Fact label={own.name}>{maskName(fields.name)}</Fact>}
        <Fact label={own.count}>{own.people(fields.count)}</Fact>
        <Fact label={own.from[claim.kind]}>{formatDay(words, fields.from, day)}</Fact>
        {until && <Fact label={own.until}>{formatDay(words, until, day)}</Fact>}
        {telephone && <Fact label={own.telephoneSaid}>{maskPhone(telephone)}</Fact>}
        <Fact label={own.saidOn}>{formatDay(words, saidOn(claim), day)}</Fact>
        {due && (
          <Fact label={own.lookBy}>
            {formatDay(words, due, day)} {due < day && <b>{own.overdue}</b>}
          </Fact>
        )}
        {fields.note && (
          <Fact label={own.note} wide>
            {fields.note}
          </Fact>
        )}
      </FactGrid>
      <ButtonLink look="quiet" href={walkPages.dwelling(fields.dwelling)}>
        {own.toDoor}
      </ButtonLink>
    </Group>
  )
}

function Answered(props: { readonly claim: Claim; readonly answer: Answer }) {
  const app = useParts('register', 'today')
  const own = useDeclarationWords()
  const words = useWords()
  const { claim, answer } = props
  const { outcome, reason, words: said, residents, on } = answer.fields
  const day = useStore(app.today, (store) => store.day)
  const door = useDoor(claim)
  const people = useRegister(
    app,
    (register) =>
      (residents ?? []).flatMap((id) => {
        const one = register.get('resident', id)
        return one ? [one] : []
      }),
    [residents],
  )
  return (
    <Page title={door} back={walkPages.declarations()}>
      <Said claim={claim} />
      <Notice>
        {own.answered(own.outcome[outcome], formatDay(words, on, day))}
        {reason && <p>{own.reasons[reason]}</p>}
        {said && <p>{said}</p>}
      </Notice>
      {people.length > 0 && (
        <Group label={own.title}>
          {people.map(({ id, fields }) => (
            <Row key={id} title={maskName(fields.name)} href={walkPages.resident(id)} />
          ))}
        </Group>
      )}
    </Page>
  )
}

function Arrival(props: { readonly claim: Rec<'arrival'> }) {
  const app = useParts('register', 'today', 'work', 'now', 'sync', 'syncActs')
  const own = useDeclarationWords()
  const { claim } = props
  const day = useStore(app.today, (store) => store.day)
  const door = useDoor(claim)
  const policy = usePolicy()
  const saving = useSave()
  const { route } = useLocation()
  const [join, setJoin] = useState('')
  const { dwelling: id, count } = claim.fields
  const dwelling = useRegister(app, (register) => register.get('dwelling', id), [id])
  const known = useRegister(app, (register) => knownBehind(register, claim), [claim])
  const homes = useRegister(
    app,
    (register) =>
      register.households(id).map((home) => ({ home, first: register.residents(home.id)[0] })),
    [id],
  )
  const save = (found: Found) => {
    const { household, intents } = arrivalConfirmed(app, claim, found, policy, day)
    saving.run(intents, () => {
      // A confirmation of before that was refused since this person is there has nothing left to say.
      if ('known' in found) void goToKnown(app, claim, found.known)
      route(firstPages.household(household), true)
    })
  }
  const confirm = () => {
    const joined = homes.find(({ home }) => home.id === join)?.home
    if (joined) save({ joins: joined, besides: known })
    else if (dwelling) save({ dwelling, besides: known })
  }
  return (
    <Page
      title={door}
      back={walkPages.declarations()}
      foot={
        <Acts claim={claim} saving={saving}>
          <Button
            look={known.length > 0 ? 'plain' : 'primary'}
            busy={saving.busy}
            disabled={!dwelling}
            onClick={confirm}
          >
            {known.length > 0 ? own.confirmOther : own.confirm}
          </Button>
        </Acts>
      }
    >
      <Said claim={claim} />
      {known.length > 0 && (
        <Group box head={own.knownTitle}>
          <p>{own.knownHint}</p>
          {known.map((one) => (
            <Button
              key={one.id}
              look="primary"
              wide
              busy={saving.busy}
              onClick={() => save({ known: one })}
            >
              {own.confirmKnown(maskName(one.fields.name))}
            </Button>
          ))}
        </Group>
      )}
      <div class={styles.rest}>
        {homes.length > 0 && (
          <ChoiceField
            label={own.how}
            value={join}
            options={[
              { value: '', label: own.ownHousehold },
              ...homes.map(({ home, first }) => ({
                value: home.id,
                label: own.joins(first ? maskName(first.fields.name) : '–'),
              })),
            ]}
            onInput={setJoin}
          />
        )}
        <Notice>
          {own.confirmHint}
          {count > 1 && <p>{own.othersLeft(count)}</p>}
        </Notice>
      </div>
    </Page>
  )
}

function Departure(props: { readonly claim: Rec<'departure'> }) {
  const app = useParts('register', 'today', 'work', 'now')
  const own = useDeclarationWords()
  const words = useWords()
  const { claim } = props
  const { dwelling } = claim.fields
  const day = useStore(app.today, (store) => store.day)
  const door = useDoor(claim)
  const saving = useSave()
  const goBack = useBack(walkPages.declarations())
  const people = useRegister(app, (register) => peopleBehind(register, dwelling), [dwelling])
  const [ticked, setTicked] = useState<readonly string[]>(() => leavingAtFirst(app.register, claim))
  const leaving = people.filter(({ id }) => ticked.includes(id))
  const confirm = () =>
    saving.run(departureConfirmed(app, app.register, claim, leaving, day), goBack)
  const label =
    people.length === 0
      ? own.confirmEmpty
      : leaving.length === 0
        ? own.confirmNone
        : own.confirmLeft(leaving.length)
  return (
    <Page
      title={door}
      back={walkPages.declarations()}
      foot={
        <Acts claim={claim} saving={saving}>
          <Button
            look="primary"
            busy={saving.busy}
            disabled={people.length > 0 && leaving.length === 0}
            onClick={confirm}
          >
            {label}
          </Button>
        </Acts>
      }
    >
      <Said claim={claim} />
      {claim.fields.from > day && (
        <Notice>{own.notYetLeft(formatDay(words, claim.fields.from, day))}</Notice>
      )}
      <Group box head={own.leavingTitle}>
        {people.length === 0 && <p>{own.nobodyThere}</p>}
        {people.map(({ id, fields }) => (
          <SwitchField
            key={id}
            label={maskName(fields.name)}
            checked={ticked.includes(id)}
            onInput={(on) =>
              setTicked((before) => (on ? [...before, id] : before.filter((one) => one !== id)))
            }
          />
        ))}
      </Group>
    </Page>
  )
}

/** The two ways in which it ends; the first is one tap. */
function Acts(props: {
  readonly claim: Claim
  readonly saving: Saving
  readonly children: ComponentChildren
}) {
  const own = useDeclarationWords()
  const words = useWords()
  const { problem } = props.saving
  return (
    <Foot problem={problem && <Notice tone="alarm">{words.problems[problem]}</Notice>}>
      {props.children}
      <ButtonLink href={walkPages.declarationNotSo(props.claim.id)}>{own.notSo}</ButtonLink>
    </Foot>
  )
}
