import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { placesPages } from '#app/links/places.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Table } from '#app/ui/kit/Table.tsx'
import { withCommas } from '#app/ui/words/overview-words.ts'
import { countNamesOf, rowsOfTree, type TreeRow, type Tree } from '#app/views/place-tree.ts'
import { usePlacesWords } from './places-words.ts'
import styles from './PlaceTable.module.css'

/** The tree at a desk: a line for each place, its figures in columns. */
export function PlaceTable(props: {
  readonly tree: Tree
  readonly open: readonly string[]
  readonly find: string
  readonly onToggle: (id: string) => void
}) {
  const own = usePlacesWords()
  const { path } = useLocation()
  const [showsClosed, setShowsClosed] = useState(false)
  const { tree, open, find, onToggle } = props
  const { rows, closed } = rowsOfTree(tree, { open, find, showsClosed })
  const name = ({ node, depth, isOpen, canOpen }: TreeRow) => (
    <span class={styles.name} data-depth={Math.min(depth, 4)}>
      {canOpen ? (
        <Button
          look="quiet"
          icon={isOpen ? 'down' : 'next'}
          label={isOpen ? own.collapse(node.name) : own.expand(node.name)}
          onClick={() => onToggle(node.id)}
        />
      ) : (
        <span class={styles.leaf} />
      )}
      <a href={placesPages.place(node.id)}>{node.name}</a>
    </span>
  )
  return (
    <>
      <Table
        label={own.places}
        columns={[
          { key: 'name', head: own.place, cell: name },
          {
            key: 'kind',
            head: own.kindLabel,
            cell: ({ node }) =>
              [own.kind[node.kind], node.closed && own.closed].filter(Boolean).join('，'),
          },
          ...countNamesOf(tree).map((count) => ({
            key: count,
            head: own.countsLabel[count],
            isNumber: true,
            cell: ({ node }: TreeRow) => withCommas(node.counts[count]),
          })),
        ]}
        rows={rows}
        keyOf={({ node }) => node.id}
        chosen={rows.find(({ node }) => placesPages.place(node.id) === path)?.node.id ?? ''}
        empty={own.nothingFound}
      />
      {closed > 0 && (
        <div>
          <Button
            look="quiet"
            icon={showsClosed ? 'minus' : 'plus'}
            onClick={() => setShowsClosed(!showsClosed)}
          >
            {own.closedCount(closed)}
          </Button>
        </div>
      )}
    </>
  )
}
