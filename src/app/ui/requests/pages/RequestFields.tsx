import { requestLevels } from '#domain/requests/step.ts'
import type { Item } from '#domain/requests/catalogue.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { useFormWords } from '#app/ui/forms/form-words.ts'
import {
  ChoiceField,
  SelectField,
  SwitchField,
  TextAreaField,
  TextField,
} from '#app/ui/kit/Field.tsx'
import { Fact, FactGrid } from '#app/ui/kit/FactGrid.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Part } from '#app/ui/kit/Part.tsx'
import { Door } from '#app/ui/Page.tsx'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import { useProposalWords } from '#app/ui/pieces/requests/proposal-words.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import {
  isForOffice,
  sourcesTaken,
  streamOfRequest,
  type RequestProblems,
  type RequestValues,
} from '#app/views/request-form.ts'
import styles from '#app/ui/pieces/requests/Requests.module.css'

interface Editing {
  readonly value: RequestValues
  /** Those that are shown. */
  readonly problems: RequestProblems
  readonly set: (more: Partial<RequestValues>) => void
}

/** What is the matter, where, and how much it presses. */
export function MatterFields(
  props: Editing & {
    readonly items: readonly Item[]
    readonly item: Item | null
    /** The door that it is about; '' where it is about none. */
    readonly door: string
  },
) {
  const words = useWords()
  const own = useRequestsWords()
  const { value, problems, set, items, item, door } = props
  return (
    <>
      {door !== '' && (
        <FactGrid>
          <Fact label={own.about} wide>
            <strong>
              <Door>{door}</Door>
            </strong>
          </Fact>
        </FactGrid>
      )}
      {items.length > 0 && (
        <SelectField
          label={own.kind}
          value={value.item}
          emptyLabel=""
          options={items.map(({ id, name, nameEn }) => ({
            value: id,
            label: words.language === 'en' ? nameEn : name,
          }))}
          onInput={(id) =>
            set({ item: id, level: items.find((one) => one.id === id)?.level ?? value.level })
          }
        />
      )}
      {item && <AboutItem item={item} />}
      <TextAreaField
        label={own.what}
        hint={own.whatHint}
        maxLength={1_000}
        value={value.words}
        onInput={(text) => set({ words: text })}
        error={problems.words ? own.wordsMissing : undefined}
      />
      {door === '' && (
        <TextField
          label={own.where}
          hint={own.whereHint}
          maxLength={100}
          value={value.where}
          onInput={(where) => set({ where })}
        />
      )}
      <ChoiceField
        label={own.levelLabel}
        value={value.level}
        options={requestLevels.map((level) => ({ value: level, label: own.level[level] }))}
        onInput={(level) =>
          set({ level: requestLevels.find((one) => one === level) ?? 'ordinary' })
        }
      />
    </>
  )
}

/** Where somebody turns with it instead, and who alone will see it. */
function AboutItem({ item }: { readonly item: Item }) {
  const app = useParts('register')
  const words = useWords()
  const more = useMoreWords()
  const said = useProposalWords()
  const hasOffice = useRegister(app, (register) => streamOfRequest(register, null, item) !== null)
  const instead = (words.language === 'en' && item.insteadWordsEn) || item.insteadWords
  return (
    <>
      {instead && (
        <Notice>
          {said.instead}
          {instead}
        </Notice>
      )}
      {isForOffice(item) && (
        <Notice tone={hasOffice ? 'calm' : 'alarm'}>
          {hasOffice ? more.forOffice : more.noOwnOffice}
        </Notice>
      )}
    </>
  )
}

/** How an office heard of it. */
export function SourceField({ value, set }: Editing) {
  const own = useRequestsWords()
  return (
    <ChoiceField
      label={own.sourceLabel}
      value={value.source}
      options={sourcesTaken.map((source) => ({ value: source, label: own.source[source] }))}
      onInput={(source) => set({ source: sourcesTaken.find((one) => one === source) ?? 'desk' })}
    />
  )
}

/** Whom to call back; nothing of it has to be said. */
export function AskerFields({ value, problems, set }: Editing) {
  const words = useFormWords()
  const own = useRequestsWords()
  return (
    <Part head={own.who}>
      <div class={styles.fields}>
        <TextField
          label={own.name}
          maxLength={40}
          value={value.name}
          onInput={(name) => set({ name })}
        />
        <TextField
          label={own.phone}
          type="tel"
          inputMode="tel"
          maxLength={20}
          value={value.phone}
          onInput={(phone) => set({ phone })}
          error={
            problems.phone
              ? words.fieldProblem({ field: 'phones', problem: 'not-a-telephone' })
              : undefined
          }
        />
        {value.phone.trim() !== '' && (
          <SwitchField
            label={own.tell}
            hint={own.tellHint}
            checked={value.isTold}
            onInput={(isTold) => set({ isTold })}
          />
        )}
      </div>
    </Part>
  )
}

/** What needs nobody else any more. */
export function SettledFields({ value, problems, set }: Editing) {
  const own = useRequestsWords()
  return (
    <>
      <SwitchField
        label={own.settledNow}
        checked={value.isSettled}
        onInput={(isSettled) => set({ isSettled })}
      />
      {value.isSettled && (
        <TextAreaField
          label={own.settledWords}
          maxLength={500}
          value={value.settled}
          onInput={(settled) => set({ settled })}
          error={problems.settled ? own.wordsMissing : undefined}
        />
      )}
    </>
  )
}
