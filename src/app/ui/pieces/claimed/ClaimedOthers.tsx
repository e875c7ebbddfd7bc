import { useParts } from '#app/acts/use-parts.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'
import { othersClaimed } from '#app/views/declarations.ts'

/** On the page of a household that came of a declaration: those who were declared and are not entered yet. */
export function ClaimedOthers(props: { readonly household: string }) {
  const app = useParts('register', 'today')
  const own = useDeclarationWords()
  const { household } = props
  const day = useStore(app.today, (store) => store.day)
  const claimed = useRegister(app, (register) => othersClaimed(register, household, day), [
    household,
    day,
  ])
  if (!claimed) return null
  return (
    <Notice>
      {own.othersMissing(claimed.count, claimed.here)}
      <ButtonLink icon="plus" href={walkPages.addResident(household)}>
        {own.addOther}
      </ButtonLink>
    </Notice>
  )
}
