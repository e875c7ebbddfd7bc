import { useState } from 'preact/hooks'
import { fieldsTaken } from '#domain/merge-residents.ts'
import { residentProblems } from '#domain/resident-check.ts'
import { isPresent } from '#domain/resident.ts'
import { likelihoodOf } from '#domain/same-person.ts'
import { livingOneOf } from '#domain/separate-residence.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { differentPeople, merged, separateResidence } from '#app/acts/same-person-intents.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { doorOfHousehold } from '#app/views/door.ts'
import type { Rec } from '#app/views/records.ts'
import { livelierOf, type Pair, type Side } from '#app/views/same-person.ts'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import { PurposeSheet } from '#app/ui/pieces/PurposeSheet.tsx'
import { useReveals } from '#app/ui/pieces/reveals.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { Compare } from './Compare.tsx'
import { PairHeads } from './PairHeads.tsx'
import styles from './Pair.module.css'
import { useReviewWords } from './review-words.ts'
import { officePages } from '#app/links/office.ts'

/** Two records side by side: one person, two people, or one person with two doors. */
export function PairPage(props: { readonly pair: Pair; readonly onSettled: () => void }) {
  const app = useParts('register')
  const said = useReviewWords()
  const { first, second } = props.pair
  const [a, b] = useRegister(
    app,
    (register) => [register.get('resident', first), register.get('resident', second)],
    [first, second],
  )
  if (!a || !b) return <Gone title={said.pairTitle} back={officePages.review()} />
  return <PairForm key={`${first}/${second}`} {...props} a={a} b={b} />
}

function PairForm(props: {
  readonly pair: Pair
  readonly a: Rec<'resident'>
  readonly b: Rec<'resident'>
  readonly onSettled: () => void
}) {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = useReviewWords()
  const day = useStore(app.today, (store) => store.day)
  const { pair, a, b, onSettled } = props
  const doors = useRegister(
    app,
    (register) => [a, b].map(({ fields }) => doorOfHousehold(register, fields.household, true)),
    [a, b],
  )
  const [doorA = '', doorB = ''] = doors
  const living = livingOneOf({ fields: a.fields, door: doorA }, { fields: b.fields, door: doorB })
  const guess = living ?? livelierOf(app.register, a, b)
  const [chosen, setChosen] = useState<Side | null>(null)
  const side: Side = chosen ?? (guess === 'a' ? 'first' : 'second')
  const [counts, other] = side === 'first' ? [a, b] : [b, a]
  /** By field: the side whose value counts, where somebody chose the one that would not. */
  const [taken, setTaken] = useState<ReadonlyMap<string, Side>>(new Map())
  const fromOther = new Set([...taken].filter(([, from]) => from !== side).map(([field]) => field))
  const after = { ...counts.fields, ...fieldsTaken(counts.fields, other.fields, fromOther) }
  const problems = residentProblems(after, day)
  const saving = useSave()
  const reveals = [useReveals(a.id), useReveals(b.id)] as const
  const mayBeApart = isPresent(a.fields) && isPresent(b.fields) && doorA !== doorB
  const act = (look: 'primary' | 'plain', label: string, hint: string, onClick: () => void) => (
    <div class={styles.act}>
      <Button look={look} wide busy={saving.busy} onClick={onClick}>
        {label}
      </Button>
      <p class={styles.soft}>{hint}</p>
    </div>
  )
  const separate = act(living ? 'primary' : 'plain', said.separate, said.separateHint, () =>
    saving.run(separateResidence(counts, other), onSettled),
  )
  return (
    <Page title={said.pairTitle} back={officePages.review()}>
      <div class={styles.page}>
        <p>
          <strong>{said.likelihood[likelihoodOf(pair)]}</strong> · {said.score(pair.score)}：
          {pair.reasons.map((reason) => said.reason[reason]).join('、')}
        </p>
        {living && (
          <Notice>{living === 'a' ? said.apart(doorA, doorB) : said.apart(doorB, doorA)}</Notice>
        )}
        <PairHeads a={a} b={b} doors={[doorA, doorB]} side={side} onChoose={setChosen} />
        <Compare
          a={a}
          b={b}
          side={side}
          taken={taken}
          onTake={(field, from) => setTaken(new Map(taken).set(field, from))}
          reveals={reveals}
        />
        {reveals.some(({ failed }) => failed) && (
          <Notice tone="alarm">{words.household.lookFailed}</Notice>
        )}
        {problems.map((problem) => (
          <Notice key={problem.field} tone="alarm">
            {words.facts.field[problem.field] ?? problem.field}：{words.fieldProblem(problem)}
          </Notice>
        ))}
        {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
        {living && separate}
        {problems.length === 0 &&
          act(living ? 'plain' : 'primary', said.merge, said.mergeHint, () =>
            saving.run(merged(app.register, counts, other, fromOther, day), onSettled),
          )}
        {act('plain', said.different, said.differentHint, () =>
          saving.run(differentPeople(a, b), onSettled),
        )}
        {!living && mayBeApart && separate}
        {reveals.map((one, index) => (
          <PurposeSheet key={index} reveals={one} />
        ))}
      </div>
    </Page>
  )
}
