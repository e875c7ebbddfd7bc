import { Empty } from '#app/ui/kit/Notice.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { useMoreWords } from '#app/ui/pieces/requests/more-words.ts'
import { RequestRow } from '#app/ui/pieces/requests/RequestRow.tsx'
import styles from '#app/ui/pieces/requests/Requests.module.css'
import { useGrowing } from '#app/ui/use-growing.ts'
import { useRequestsWords } from '#app/ui/words/requests-words.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { nameOf, type RequestFilter } from '#app/views/request-filter.ts'
import type { ListShown } from '#app/views/request-list.ts'
import type { RequestList, RequestView } from '#app/views/requests.ts'

/** Two screens of a phone; the rest is drawn as it comes into view. */
const step = 20

/** The list as it is narrowed, or why nothing stands in it. */
export function FoundRequests(props: {
  readonly list: RequestList
  readonly shown: ListShown
  readonly filter: RequestFilter
  /** Null where none is to be chosen. */
  readonly chosen: ReadonlySet<string> | null
  readonly onToggle: (id: string) => void
}) {
  const own = useRequestsWords()
  const more = useMoreWords()
  const { list, chosen, onToggle } = props
  const { all, found } = props.shown
  const { count, mark, isWhole } = useGrowing(found.length, step, `${list} ${props.filter.text}`)
  if (all.length === 0) {
    return (
      <Empty title={own.empty[list]}>
        <p>{own.emptyHint}</p>
      </Empty>
    )
  }
  if (found.length === 0) return <Empty title={more.noneFound} />
  return (
    <>
      <Group label={own.lists[list]}>
        {found.slice(0, count).map((view) => (
          <RequestRow
            key={view.request.id}
            view={view}
            {...(chosen && {
              action: <Choose view={view} isOn={chosen.has(view.request.id)} onToggle={onToggle} />,
            })}
          />
        ))}
      </Group>
      {!isWhole && <div ref={mark} />}
    </>
  )
}

function Choose(props: {
  readonly view: RequestView
  readonly isOn: boolean
  readonly onToggle: (id: string) => void
}) {
  const words = useWords()
  const { view, isOn, onToggle } = props
  return (
    <input
      type="checkbox"
      autocomplete="off"
      class={styles.check}
      aria-label={nameOf(view) || words.shell.more}
      checked={isOn}
      onChange={() => onToggle(view.request.id)}
    />
  )
}
