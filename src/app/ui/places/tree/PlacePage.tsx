import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { mayAssignGrids, mayKeepPlaces } from '#domain/permission-of-places.ts'
import { isGrid } from '#domain/place.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatFacts } from '#app/ui/format.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Gone } from '#app/ui/pieces/Gone.tsx'
import type { PageProps } from '#app/ui/route.ts'
import { useMeWords } from '#app/ui/words/me-words.ts'
import { useToasts } from '#app/ui/toasts.ts'
import { withCommas } from '#app/ui/words/overview-words.ts'
import { Freshness } from './Freshness.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePlacesWords } from './places-words.ts'
import { countNamesOf, keepersOf, kindsBelow, type PlaceNode } from '#app/views/place-tree.ts'
import styles from './Places.module.css'
import { useAct } from './use-act.ts'
import { usePlaces } from './use-places.ts'
import { placesPages } from '#app/links/places.ts'

/** One place: what stands in it, who looks after it, and what an office may do with it. */
export function PlacePage({ params }: PageProps) {
  const own = usePlacesWords()
  const words = useWords()
  const known = usePlaces()
  const node = known.tree.byId.get(params['place'] ?? '')
  if (!node) return <Gone title={own.title} back={placesPages.places()} />
  return (
    <Page title={node.name} back={placesPages.places()}>
      <div class={styles.page}>
        <Freshness known={known} />
        {node.closed && <Notice>{own.closedHint}</Notice>}
        <section class={styles.part}>
          <h2>{formatFacts(words, [own.kind[node.kind], node.closed && own.closed])}</h2>
          <dl class={styles.facts}>
            {countNamesOf(known.tree).map((name) => (
              <div key={name}>
                <dt>{own.countsLabel[name]}</dt>
                <dd>{withCommas(node.counts[name])}</dd>
              </div>
            ))}
            <div class={styles.long}>
              <dt>{own.code}</dt>
              <dd>{node.code ?? own.noCode}</dd>
            </div>
          </dl>
        </section>
        {known.told && <LookAfter node={node} accounts={known.told.accounts} />}
        {node.below.length > 0 && <Below node={node} />}
        <Acts node={node} />
      </div>
    </Page>
  )
}

function LookAfter(props: {
  readonly node: PlaceNode
  readonly accounts: NonNullable<ReturnType<typeof usePlaces>['told']>['accounts']
}) {
  const own = usePlacesWords()
  const { me } = useMeWords()
  const { node } = props
  const people = keepersOf(props.accounts, node.id)
  return (
    <section class={styles.part}>
      <h2>{own.lookAfter}</h2>
      {people.length === 0 && <p>{own.nobody}</p>}
      <ul class={styles.links}>
        {people.map(({ id, name, role }) => (
          <li key={id}>
            <a href={placesPages.person(id)}>{name}</a>
            <span class={styles.soft}>{me.role[role]}</span>
          </li>
        ))}
      </ul>
      {node.kept && (
        <div class={styles.acts}>
          <ButtonLink icon="me" href={placesPages.placePeople(node.id)}>
            {own.assignPeople}
          </ButtonLink>
        </div>
      )}
    </section>
  )
}

function Below(props: { readonly node: PlaceNode }) {
  const own = usePlacesWords()
  return (
    <section class={styles.part}>
      <h2>{own.below}</h2>
      <ul class={styles.links}>
        {props.node.below.map(({ id, name, closed }) => (
          <li key={id}>
            <a href={placesPages.place(id)}>{name}</a>
            {closed && <span class={styles.soft}>{own.closed}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Acts(props: { readonly node: PlaceNode }) {
  const own = usePlacesWords()
  const role = useStore(useParts('session').session, (session) => session.account?.role)
  const { node } = props
  const canAdd =
    !node.closed && kindsBelow(node.kind).some((kind) => role && mayKeepPlaces(role, kind))
  if (!node.kept && !canAdd) return node.closed ? null : <p class={styles.soft}>{own.notKept}</p>
  const isOfGrids = isGrid(node.kind)
  return (
    <section class={styles.part}>
      <div class={styles.acts}>
        {node.kept && (
          <ButtonLink icon="edit" href={placesPages.renamePlace(node.id)}>
            {own.rename}
          </ButtonLink>
        )}
        {node.kept && node.kind !== 'subdistrict' && (
          <ButtonLink icon="edit" href={placesPages.turnPlace(node.id)}>
            {own.turn}
          </ButtonLink>
        )}
        {canAdd && (
          <ButtonLink icon="plus" href={placesPages.addPlace(node.id)}>
            {own.add}
          </ButtonLink>
        )}
        {isOfGrids && node.kept && (
          <>
            <ButtonLink icon="grid" href={placesPages.splitGrid(node.id)}>
              {own.split}
            </ButtonLink>
            {node.below.every((one) => one.closed) && (
              <ButtonLink icon="next" href={placesPages.mergeGrid(node.id)}>
                {own.merge}
              </ButtonLink>
            )}
          </>
        )}
        {isOfGrids && role && mayAssignGrids(role) && (
          <ButtonLink icon="home" href={placesPages.assignGrid(node.id)}>
            {node.kind === 'micro-grid' ? own.assignMicro : own.assign}
          </ButtonLink>
        )}
      </div>
      {node.kept && node.kind !== 'subdistrict' && <Close node={node} />}
    </section>
  )
}

/** Says what has to be so before it asks for the second tap. */
function Close(props: { readonly node: PlaceNode }) {
  const own = usePlacesWords()
  const words = useMeWords()
  const location = useLocation()
  const toasts = useToasts()
  const acting = useAct()
  const [asking, setAsking] = useState(false)
  const { node } = props
  if (!asking) {
    return (
      <div class={styles.acts}>
        <Button look="quiet" onClick={() => setAsking(true)}>
          {own.close}
        </Button>
      </div>
    )
  }
  const close = async () => {
    const answer = await acting.run(`close/${node.id}`, { place: node.id }, (acts, request) =>
      acts.act('close', request),
    )
    if (!answer?.ok) return
    toasts.show(own.done)
    location.route(placesPages.places(), true)
  }
  return (
    <>
      <Notice tone="alarm">{own.closeAsk}</Notice>
      {acting.said && <Notice tone="alarm">{acting.said}</Notice>}
      <div class={styles.acts}>
        <Button look="danger" busy={acting.busy} onClick={() => void close()}>
          {own.closeYes}
        </Button>
        <Button onClick={() => setAsking(false)}>{words.shell.cancel}</Button>
      </div>
    </>
  )
}
