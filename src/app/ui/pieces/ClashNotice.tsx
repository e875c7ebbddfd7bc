import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { openClashes } from '#app/views/open-clashes.ts'
import { officePages } from '#app/links/office.ts'

/** Says that fields were set differently by two people, and leads to where it is settled; nothing where none were. */
export function ClashNotice(props: {
  /** Of these records alone; all where left out. */
  readonly records?: readonly string[]
  readonly onLeave?: () => void
}) {
  const app = useParts('register')
  const words = useWords()
  const { records } = props
  const count = useRegister(app, (register) => openClashes(register, records).length, [
    records?.join(),
  ])
  if (count === 0) return null
  return (
    <Notice>
      {words.sync.clashes(count)}{' '}
      <a href={officePages.clashes()} onClick={props.onLeave}>
        {words.sync.openClashes}
      </a>
    </Notice>
  )
}
