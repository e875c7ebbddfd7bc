import { maskName } from '#domain/mask.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { householdMoves, platesAnew, residentMoves } from '#app/acts/household-intents.ts'
import { FormPage } from '#app/ui/forms/FormPage.tsx'
import { useDraft } from '#app/ui/forms/use-draft.ts'
import { useFormSave } from '#app/ui/forms/use-form-save.ts'
import { ChoiceField, SwitchField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { usePolicy } from '#app/ui/pieces/policy-in-force.ts'
import type { PageProps } from '#app/ui/route.ts'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import { RoomField } from '#app/ui/forms/RoomField.tsx'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'
import { useVehicleWords } from '#app/ui/words/vehicle-words.ts'
import { platesThatMove } from '#app/views/plates.ts'
import { OfLeaver } from './OfLeaver.tsx'

/** A household or one of its members goes to another room, of any grid that this account looks after. */
export function MoveRoom(props: PageProps) {
  return (
    <OfLeaver params={props.params}>
      {(home, person) => <Move home={home} person={person} />}
    </OfLeaver>
  )
}

/** `join` is a household of the chosen room; '' makes an own one. */
interface Values {
  readonly dwelling: string
  readonly join: string
  /** The plates of the household are registered at the new door. */
  readonly plates: boolean
}

function Move(props: {
  readonly home: Rec<'household'>
  readonly person: Rec<'resident'> | undefined
}) {
  const app = useParts('register', 'work', 'today', 'now')
  const words = useFormWords()
  const { home, person } = props
  const page = person ? walkPages.resident(person.id) : firstPages.household(home.id)
  const day = useStore(app.today, (store) => store.day)
  const draft = useDraft<Values>(`move/${person?.id ?? home.id}`, () => ({
    dwelling: '',
    join: '',
    plates: true,
  }))
  const { dwelling, join } = draft.value
  const hasGates = usePolicy().gates === true
  const plates = useRegister(
    app,
    (register) => (person || !hasGates ? [] : platesThatMove(register, home.id, day)),
    [home.id, person, hasGates, day],
  )
  const ofPlates = useVehicleWords()
  const there = useRegister(app, (register) => register.get('dwelling', dwelling))
  const households = useRegister(app, (register) =>
    register
      .households(dwelling)
      .map((other) => ({ other, first: register.residents(other.id)[0] })),
  )
  const isSame = there?.id === home.fields.dwelling && !person
  const error = !there
    ? words.fieldProblem({ field: 'dwelling', problem: 'required' })
    : isSame
      ? words.forms.move.same
      : undefined

  const form = useFormSave(
    draft,
    page,
    error === undefined ? [] : [{ field: 'dwelling', problem: 'required' }],
  )
  const moving = () => {
    if (!there) return []
    const members = app.register.residents(home.id)
    const target = join === '' ? { dwelling: there } : { household: join }
    return person
      ? residentMoves(app, home, members, person, target, day)
      : [
          ...householdMoves(home, members, there, day),
          ...(draft.value.plates ? platesAnew(app, plates, home, there) : []),
        ]
  }
  return (
    <FormPage
      title={
        person ? words.forms.move.title(maskName(person.fields.name)) : words.forms.move.household
      }
      back={page}
      saveLabel={words.forms.move.save}
      saving={form.saving}
      errors={form.errors}
      draft={draft}
      onSave={() => form.save(moving)}
    >
      <Notice>{words.forms.move.where}</Notice>
      <RoomField
        stream={home.stream}
        chosen={there}
        error={form.showErrors ? error : undefined}
        onChoose={(id) => draft.set((before) => ({ ...before, dwelling: id, join: '' }))}
      />
      {person && there && households.length > 0 && (
        <ChoiceField
          label={words.forms.move.how}
          value={join}
          options={[
            { value: '', label: words.forms.move.joinNew },
            ...households
              .filter(({ other }) => other.id !== home.id)
              .map(({ other, first }) => ({
                value: other.id,
                label: words.forms.move.join(first ? maskName(first.fields.name) : '–'),
              })),
          ]}
          onInput={(value) => draft.set((before) => ({ ...before, join: value }))}
        />
      )}
      {plates.length > 0 && (
        <SwitchField
          label={ofPlates.goAlong(plates.map(({ fields }) => fields.plate))}
          hint={ofPlates.goAlongHint}
          checked={draft.value.plates}
          onInput={(on) => draft.set((before) => ({ ...before, plates: on }))}
        />
      )}
    </FormPage>
  )
}
