import { useEffect } from 'preact/hooks'
import { placesOf } from '#app/acts/known-places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Freshness } from './Freshness.tsx'
import { People } from './People.tsx'
import { usePlacesWords } from './places-words.ts'
import { PlaceTree } from './PlaceTree.tsx'
import styles from './Places.module.css'
import { usePlaces } from './use-places.ts'
import { placesPages } from '#app/links/places.ts'

/** The office's tree of places with what stands in each; whatever opens from it stands beside it. */
export function Places() {
  const own = usePlacesWords()
  const known = usePlaces()
  const isEmpty = known.tree.byId.size === 1
  useReading()
  return (
    <Page title={own.places}>
      <div class={styles.page}>
        <Freshness known={known} />
        {known.tree.roots.length === 0 ? (
          <Empty title={own.none}>
            <p>{own.noneHint}</p>
          </Empty>
        ) : (
          <>
            {known.told && <Book isFirst={isEmpty} />}
            <PlaceTree tree={known.tree} />
            {isEmpty && <Notice>{own.firstHint}</Notice>}
          </>
        )}
      </div>
    </Page>
  )
}

/** Many at once; where there is nothing yet that is the way to begin. */
function Book(props: { readonly isFirst: boolean }) {
  const own = usePlacesWords()
  const link = (
    <div class={styles.acts}>
      <ButtonLink
        look={props.isFirst ? 'primary' : 'plain'}
        icon="plus"
        href={placesPages.placeBook()}
      >
        {own.book}
      </ButtonLink>
    </div>
  )
  if (!props.isFirst) return link
  return (
    <section class={styles.part}>
      <p>{own.bookFirst}</p>
      {link}
    </section>
  )
}

/** The other half: the accounts of those who work in these places. */
export function PeoplePage() {
  const own = usePlacesWords()
  const known = usePlaces()
  useReading()
  return (
    <Page title={own.people}>
      <div class={styles.page}>
        <Freshness known={known} />
        {known.told && <People told={known.told} tree={known.tree} />}
      </div>
    </Page>
  )
}

/** Read anew whenever somebody comes to the list. */
function useReading() {
  const app = useParts('session', 'officeActs')
  useEffect(() => void placesOf(app).getState().load(), [app])
}
