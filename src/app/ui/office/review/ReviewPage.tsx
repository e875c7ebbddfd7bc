import { useLocation } from 'preact-iso'
import { useRef } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Progress } from '#app/ui/kit/Notice.tsx'
import { later } from '#app/ui/later.tsx'
import { Page } from '#app/ui/Page.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { ClashCard } from '#app/ui/office/clashes/Clashes.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { ColourCard } from './ColourCard.tsx'
import { PairPage } from './PairPage.tsx'
import { nextAfter, type ReviewItem } from '#app/views/review-items.ts'
import { useReviewWords } from './review-words.ts'
import styles from './Review.module.css'
import { useReview } from './use-review.ts'
import { officePages } from '#app/links/office.ts'
import { placesPages } from '#app/links/places.ts'

/** With the sheet's script, of which it is a part: a script of its own would be named in the first screen's. */
const UnsentEntry = later(() =>
  import('#app/ui/pieces/sync/SyncSheet.tsx').then((m) => m.UnsentEntry),
)

/** One item of the inbox, open; when it is settled the next one comes by itself. */
export function ReviewPage(props: PageProps) {
  const said = useReviewWords()
  const location = useLocation()
  const { items, progress } = useReview()
  const { kind = '', id = '', second } = props.params
  const href = second ? officePages.reviewPair(kind, id, second) : officePages.reviewOne(kind, id)
  const item = items.find((one) => one.href === href)
  // The list as it was while the item stood in it: what follows on it there.
  const lastItems = useRef(items)
  if (item) lastItems.current = items
  const next = nextAfter(item ? items : lastItems.current, href)
  const onSettled = () => location.route(next ?? officePages.review(), true)
  if (item?.kind === 'pair') return <PairPage pair={item.pair} onSettled={onSettled} />
  return (
    <Page title={item ? said.kind[item.kind] : said.title} back={officePages.review()}>
      {item ? (
        <Item item={item} onSettled={onSettled} />
      ) : progress !== null && kind === 'pair' ? (
        <Progress label={said.looking} value={progress} />
      ) : (
        <Empty title={said.gone} icon="check">
          {next ? (
            <ButtonLink look="primary" href={next}>
              {said.toNext}
            </ButtonLink>
          ) : (
            <p>{said.nothingNext}</p>
          )}
        </Empty>
      )}
    </Page>
  )
}

function Item(props: {
  readonly item: Exclude<ReviewItem, { readonly kind: 'pair' }>
  readonly onSettled: () => void
}) {
  const { item, onSettled } = props
  if (item.kind === 'clash') return <ClashCard clash={item.clash} onSettled={onSettled} />
  if (item.kind === 'colour') return <ColourCard open={item.open} onSettled={onSettled} />
  if (item.kind === 'device') return <Device item={item} />
  return (
    <ul class={styles.list}>
      <UnsentEntry item={item.item} onLeave={() => undefined} />
    </ul>
  )
}

/** What another device holds is known by number alone: its owner has to look. */
function Device(props: { readonly item: Extract<ReviewItem, { readonly kind: 'device' }> }) {
  const app = useParts('today')
  const words = useWords()
  const said = useReviewWords()
  const day = useStore(app.today, (store) => store.day)
  const { account, name, report, seenAt } = props.item.device
  const since = report?.oldest ? formatMoment(words, report.oldest, day) : ''
  return (
    <section class={styles.part}>
      <h2>
        {account.name} · {name}
      </h2>
      <p>{said.deviceRefused(report?.refused ?? 0, since)}</p>
      <p class={styles.soft}>{said.deviceSeen(formatMoment(words, seenAt, day))}</p>
      <p>{said.deviceHint}</p>
      <ButtonLink icon="device" href={placesPages.devices()}>
        {said.toDevices}
      </ButtonLink>
    </section>
  )
}
