import type { Rec } from '#app/views/records.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Sheet } from '#app/ui/kit/Sheet.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import styles from './Household.module.css'
import { walkPages } from '#app/links/walk.ts'
import { firstPages } from '#app/links/first.ts'

/** What may have changed at a door, the frequent first; each leads to the form for just that. */
export function ChangeSheet(props: {
  readonly home: Rec<'household'>
  readonly onClose: () => void
}) {
  const words = useWords()
  const { id, fields } = props.home
  const home = firstPages.household(id)
  const room = walkPages.dwelling(fields.dwelling)
  return (
    <Sheet
      title={words.household.changedTitle}
      closeLabel={words.shell.close}
      onClose={props.onClose}
    >
      <div class={styles.choices}>
        <ButtonLink wide href={`${home}/visit`}>
          {words.household.visit}
        </ButtonLink>
        <ButtonLink wide href={`${home}/request`}>
          {words.household.request}
        </ButtonLink>
        <ButtonLink wide href={`${home}/add`}>
          {words.household.addResident}
        </ButtonLink>
        <ButtonLink wide href={`${home}/birth`}>
          {words.household.birth}
        </ButtonLink>
        <ButtonLink wide href={`${home}/leave`}>
          {words.household.moveOut}
        </ButtonLink>
        <ButtonLink wide href={`${home}/move`}>
          {words.household.moveRoom}
        </ButtonLink>
        <ButtonLink wide href={`${room}/intake`}>
          {words.household.intake}
        </ButtonLink>
        <ButtonLink wide href={`${room}/edit`}>
          {words.household.dwelling}
        </ButtonLink>
        <p class={styles.hint}>{words.household.someoneChanged}</p>
        <p class={styles.hint}>{words.household.someoneLeft}</p>
      </div>
    </Sheet>
  )
}
