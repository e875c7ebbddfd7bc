import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { RangeNote } from '#app/ui/pieces/held/RangeNote.tsx'
import { useGrowing } from '#app/ui/use-growing.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { BeyondReview } from './BeyondReview.tsx'
import { ItemCard } from './ItemCard.tsx'
import { isPartHere } from '#app/views/held-here.ts'
import { itemKinds, type ItemKind } from '#app/views/review-items.ts'
import { useReviewWords } from './review-words.ts'
import styles from './Review.module.css'
import { useReview } from './use-review.ts'

const PAGE = 40

/** The office's inbox: whatever needs a decision, of all kinds; each opens beside the list. */
export function Review() {
  const words = useWords()
  const said = useReviewWords()
  const { path, query } = useLocation()
  const { items, progress, devices } = useReview()
  const isPart = useRegister(useParts('register'), isPartHere, [])
  const [chosen, setChosen] = useState<ItemKind | null>(
    () => itemKinds.find((kind) => kind === query['kind']) ?? null,
  )
  const countOf = (kind: ItemKind) => items.filter((item) => item.kind === kind).length
  // A kind that was settled whole gives way to all.
  const kind = chosen !== null && countOf(chosen) > 0 ? chosen : null
  const wanted = kind === null ? items : items.filter((item) => item.kind === kind)
  const { count, mark, isWhole } = useGrowing(wanted.length, PAGE, kind)
  return (
    <Page title={said.title}>
      <div class={styles.page}>
        <RangeNote />
        <p class={styles.soft}>{said.explain}</p>
        {items.length > 0 && (
          <div class={styles.filters} role="group" aria-label={said.filter}>
            <Button pressed={kind === null} onClick={() => setChosen(null)}>
              {said.all} {items.length}
            </Button>
            {itemKinds
              .filter((one) => countOf(one) > 0)
              .map((one) => (
                <Button key={one} pressed={kind === one} onClick={() => setChosen(one)}>
                  {said.kind[one]} {countOf(one)}
                </Button>
              ))}
          </div>
        )}
        {progress !== null && <Progress label={said.looking} value={progress} />}
        {items.length === 0 && progress === null && (
          <Empty title={isPart ? said.noneHere : said.none} icon="check">
            <p>{said.noneHint}</p>
          </Empty>
        )}
        <ul class={styles.list}>
          {wanted.slice(0, count).map((item) => (
            <li key={item.href}>
              <ItemCard item={item} isOpen={item.href === path} />
            </li>
          ))}
        </ul>
        {!isWhole && <div ref={mark} class={styles.mark} />}
        <BeyondReview />
        {devices.state !== 'known' && devices.state !== 'asking' && (
          <div class={styles.list}>
            <Notice>
              {devices.state === 'offline' ? said.needsNetwork : words.problems[devices.state]}
            </Notice>
            <Button icon="sync" onClick={() => void devices.load()}>
              {said.again}
            </Button>
          </div>
        )}
      </div>
    </Page>
  )
}
