import { maskName } from '#domain/mask.ts'
import type { Rec } from '#app/views/records.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatAge, formatAgo } from '#app/ui/format.ts'
import { gridName } from '#app/views/door.ts'
import { lastMetAt, type Side } from '#app/views/same-person.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { instantToDay } from '#domain/day.ts'
import styles from './Pair.module.css'
import { useReviewWords } from './review-words.ts'
import { walkPages } from '#app/links/walk.ts'

/** Who stands where; a tap says at which door the person lives. */
export function PairHeads(props: {
  readonly a: Rec<'resident'>
  readonly b: Rec<'resident'>
  readonly doors: readonly [string, string]
  readonly side: Side
  readonly onChoose: (side: Side) => void
}) {
  const said = useReviewWords()
  const { a, b, doors, side, onChoose } = props
  return (
    <fieldset class={styles.heads}>
      <legend>{said.where}</legend>
      {(['first', 'second'] as const).map((one, index) => (
        <Head
          key={one}
          resident={one === 'first' ? a : b}
          door={doors[index] ?? ''}
          isChosen={side === one}
          onChoose={() => onChoose(one)}
        />
      ))}
    </fieldset>
  )
}

function Head(props: {
  readonly resident: Rec<'resident'>
  readonly door: string
  readonly isChosen: boolean
  readonly onChoose: () => void
}) {
  const app = useParts('register', 'today')
  const words = useWords()
  const said = useReviewWords()
  const day = useStore(app.today, (store) => store.day)
  const { resident, door, isChosen, onChoose } = props
  const { id, stream, fields } = resident
  const grid = useRegister(app, (register) => gridName(register, stream), [stream])
  const met = useRegister(app, (register) => lastMetAt(register, resident), [resident])
  const state = fields.diedOn ? said.died : fields.movedOutOn ? said.movedOut : said.here
  return (
    <div class={styles.head}>
      <label class={styles.choice}>
        <input
          type="radio"
          autocomplete="off"
          name="pair-lives"
          checked={isChosen}
          onChange={onChoose}
        />
        <span>
          <strong>{maskName(fields.name)}</strong>{' '}
          {formatAge(words, fields.birth, fields.diedOn ?? day)}
          <br />
          {door}
          <br />
          <small>
            {grid} · {state} ·{' '}
            {met ? said.lastVisit(formatAgo(words, instantToDay(met), day)) : said.noVisit}
          </small>
          {isChosen && <em>{said.lives}</em>}
        </span>
      </label>
      <a class={styles.link} href={walkPages.resident(id)}>
        {said.open}
      </a>
    </div>
  )
}
