import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { formatFacts } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { createShelf, useKept } from '#app/ui/use-kept.ts'
import { useDesk } from '#app/ui/use-media.ts'
import { ClosedButton } from './ClosedButton.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { usePlacesWords } from './places-words.ts'
import { PlaceTable } from './PlaceTable.tsx'
import styles from './Places.module.css'
import { countNamesOf, type Counts, type PlaceNode, type Tree } from '#app/views/place-tree.ts'
import { placesPages } from '#app/links/places.ts'

const shelf = createShelf<{ readonly open: readonly string[]; readonly find: string }>()
/** Fewer places than this are seen without looking for one. */
const fewPlaces = 12

/** Places under those above them; closed ones lie folded away at the end of each. */
export function PlaceTree(props: { readonly tree: Tree }) {
  const own = usePlacesWords()
  const [view, change] = useKept(shelf, 'tree', { open: [], find: '' })
  const { roots, byId } = props.tree
  const find = view.find.trim()
  const isDesk = useDesk()
  const found = [...byId.values()].filter(({ name }) => find !== '' && name.includes(find))
  const toggle = (id: string) =>
    change({
      open: view.open.includes(id) ? view.open.filter((one) => one !== id) : [...view.open, id],
    })
  return (
    <>
      {byId.size > fewPlaces && (
        <TextField label={own.find} value={view.find} onInput={(next) => change({ find: next })} />
      )}
      {isDesk ? (
        <PlaceTable tree={props.tree} open={view.open} find={find} onToggle={toggle} />
      ) : find !== '' ? (
        <ul class={styles.tree}>
          {found.map((node) => (
            <li key={node.id}>
              <PlaceRow
                tree={props.tree}
                node={node}
                above={node.parent ? byId.get(node.parent)?.name : undefined}
              />
            </li>
          ))}
          {found.length === 0 && <li class={styles.soft}>{own.nothingFound}</li>}
        </ul>
      ) : (
        <Branch tree={props.tree} nodes={roots} open={view.open} onToggle={toggle} isTop />
      )}
    </>
  )
}

function Branch(props: {
  readonly tree: Tree
  readonly nodes: readonly PlaceNode[]
  readonly open: readonly string[]
  readonly isTop?: boolean
  readonly onToggle: (id: string) => void
}) {
  const own = usePlacesWords()
  const [showsClosed, setShowsClosed] = useState(false)
  const { nodes, open, onToggle } = props
  const closed = nodes.filter((node) => node.closed)
  const isShown = (node: PlaceNode) => !node.closed || showsClosed
  return (
    <ul class={styles.tree}>
      {nodes.filter(isShown).map((node) => {
        // The way down to the first choice is open by itself.
        const isOpen = open.includes(node.id) !== (props.isTop === true)
        return (
          <li key={node.id}>
            <PlaceRow
              tree={props.tree}
              node={node}
              isOpen={isOpen}
              canOpen
              {...(node.below.length > 0 ? { onToggle: () => onToggle(node.id) } : {})}
            />
            {isOpen && node.below.length > 0 && (
              <Branch tree={props.tree} nodes={node.below} open={open} onToggle={onToggle} />
            )}
          </li>
        )
      })}
      {closed.length > 0 && (
        <li>
          <ClosedButton
            label={own.closedCount(closed.length)}
            isOpen={showsClosed}
            onToggle={setShowsClosed}
          />
        </li>
      )}
    </ul>
  )
}

function PlaceRow(props: {
  readonly tree: Tree
  readonly node: PlaceNode
  readonly above?: string | undefined
  readonly isOpen?: boolean
  /** Others beside it may have places below: all begin at one line. */
  readonly canOpen?: boolean
  readonly onToggle?: () => void
}) {
  const words = useWords()
  const own = usePlacesWords()
  const { path } = useLocation()
  const { node, above, isOpen = false, onToggle } = props
  const href = placesPages.place(node.id)
  return (
    <div class={styles.row} data-leaf={props.canOpen === true && !onToggle}>
      {onToggle && (
        <Button
          look="quiet"
          icon={isOpen ? 'down' : 'next'}
          label={isOpen ? own.collapse(node.name) : own.expand(node.name)}
          onClick={onToggle}
        />
      )}
      <a class={styles.place} href={href} aria-current={path === href ? 'page' : undefined}>
        <span class={styles.name}>
          <strong>{node.name}</strong>{' '}
          <span class={styles.soft}>
            {formatFacts(words, [own.kind[node.kind], above, node.closed && own.closed])}
          </span>
        </span>
        {!node.closed && <Figures counts={node.counts} tree={props.tree} />}
      </a>
    </div>
  )
}

/** Of a place without anybody only who works there: a row of zeros says nothing. */
function Figures(props: { readonly counts: Counts; readonly tree: Tree }) {
  const own = usePlacesWords()
  const { counts, tree } = props
  const isVacant = counts.residents + counts.households + counts.buildings === 0
  const names = countNamesOf(tree).filter((name) => !isVacant || name === 'workers')
  return (
    <span class={styles.figures}>
      {isVacant && <span>{own.vacant}</span>}
      {names.map((name) => (
        <span key={name}>{own.counts[name](counts[name])}</span>
      ))}
    </span>
  )
}
