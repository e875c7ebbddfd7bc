import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { isDay } from '#domain/day.ts'
import { dwellingUses, type DwellingUse } from '#domain/dwelling.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { isDoubled, problemsOfFamily } from '#app/views/form-problems.ts'
import { familyMovesIn } from '#app/acts/household-intents.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import styles from '#app/ui/forms/FormPage.module.css'
import type { ResidentValues } from '#app/views/resident-values.ts'
import { ResidentFields } from '#app/ui/forms/ResidentFields.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { formatFacts } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { DateTyped } from '#app/ui/kit/DateTyped.tsx'
import { ChoiceField } from '#app/ui/kit/Field.tsx'
import { doorOf } from '#app/views/door.ts'
import { OfDwelling } from '#app/ui/pieces/OfDwelling.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'

/** A family moves in: everybody on one page, one save, all or nothing. The first is the head. */
export function Intake(props: PageProps) {
  return (
    <OfDwelling params={props.params}>{(dwelling) => <IntakeTo dwelling={dwelling} />}</OfDwelling>
  )
}

interface Values {
  readonly people: readonly ResidentValues[]
  readonly use: DwellingUse | ''
  readonly arrivedOn: string
}

const MOST = 12
const notADay = { field: 'arrivedOn', problem: 'not-a-day' } as const

function IntakeTo(props: { readonly dwelling: Rec<'dwelling'> }) {
  const app = useParts('register', 'work', 'today', 'now')
  const words = useFormWords()
  const location = useLocation()
  const { dwelling } = props
  const day = useStore(app.today, (store) => store.day)
  const door = useRegister(app, (register) => doorOf(register, dwelling.id))
  const draft = useDraft<Values>(`intake/${dwelling.id}`, () => ({
    people: [{ relation: '02', residence: '2' }],
    use: dwelling.fields.use === 'vacant' ? '' : (dwelling.fields.use ?? ''),
    arrivedOn: day,
  }))
  const [asked, setAsked] = useState(false)
  const saving = useSave()
  const { people, use, arrivedOn } = draft.value
  const filled = people.map((person) => ({ ...person, arrivedOn: arrivedOn || null }))
  const policy = usePolicy()
  const problems = problemsOfFamily(filled, dwelling.id, policy, day)
  const isWrongDay = arrivedOn !== '' && !isDay(arrivedOn)
  const count = problems.reduce((sum, list) => sum + list.length, 0)

  const setPerson = (index: number, person: ResidentValues) =>
    draft.set((before) => ({
      ...before,
      people: before.people.map((old, at) => (at === index ? person : old)),
    }))
  const save = () => {
    setAsked(true)
    if (count > 0) return
    const { household, intents } = familyMovesIn(app, dwelling, filled, use === '' ? null : use)
    saving.run(intents, () => {
      draft.done()
      location.route(firstPages.household(household), true)
    })
  }
  return (
    <FormPage
      title={words.forms.intake.title(door)}
      back={walkPages.dwelling(dwelling.id)}
      saveLabel={words.forms.intake.save(people.length)}
      saving={saving}
      errors={asked ? count : 0}
      draft={draft}
      onSave={save}
    >
      <DateTyped
        label={words.forms.intake.arrivedOn}
        value={arrivedOn}
        error={asked && isWrongDay ? words.fieldProblem(notADay) : undefined}
        onInput={(value) => draft.set((before) => ({ ...before, arrivedOn: value }))}
      />
      <ChoiceField
        label={words.forms.intake.use}
        value={use}
        options={dwellingUses
          .filter((value) => value !== 'vacant')
          .map((value) => ({ value, label: words.facts.use[value] }))}
        onInput={(value) => draft.set((before) => ({ ...before, use: value as DwellingUse }))}
      />
      {people.map((person, index) => (
        <section key={index} class={styles.group}>
          <div class={styles.inline}>
            <h2>
              {formatFacts(words, [
                words.forms.intake.person(index + 1),
                index === 0 && words.forms.intake.head,
              ])}
            </h2>
            {people.length > 1 && (
              <Button
                look="quiet"
                icon="close"
                label={words.forms.intake.removePerson}
                onClick={() =>
                  draft.set((before) => ({
                    ...before,
                    people: before.people.filter((_, at) => at !== index),
                  }))
                }
              />
            )}
          </div>
          <ResidentFields
            values={person}
            family={people.filter((_, at) => at !== index)}
            problems={asked ? (problems[index] ?? []) : []}
            onChange={(next) => setPerson(index, next)}
          />
          {asked && isDoubled(filled, index) && (
            <p class={styles.wrong} role="alert">
              {words.forms.intake.doubled}
            </p>
          )}
        </section>
      ))}
      {people.length < MOST && (
        <Button
          icon="plus"
          wide
          onClick={() =>
            draft.set((before) => ({
              ...before,
              people: [...before.people, { residence: before.people[0]?.residence }],
            }))
          }
        >
          {words.forms.intake.addPerson}
        </Button>
      )}
    </FormPage>
  )
}
