import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { ListedAccount, PlaceList } from '#protocol/places.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Table } from '#app/ui/kit/Table.tsx'
import { createShelf, useKept } from '#app/ui/use-kept.ts'
import { useDesk } from '#app/ui/use-media.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { ClosedButton } from './ClosedButton.tsx'
import { usePeopleWords } from './people-words.ts'
import { placeNames, type Tree } from '#app/views/place-tree.ts'
import styles from './Places.module.css'
import { placesPages } from '#app/links/places.ts'

const shelf = createShelf<{ readonly find: string }>()
/** Fewer people than this are seen without looking for one. */
const fewPeople = 8

/** Everybody with an account here; those who left lie folded away at the end. */
export function People(props: { readonly told: PlaceList; readonly tree: Tree }) {
  const own = usePeopleWords()
  const [view, change] = useKept(shelf, 'people', { find: '' })
  const [showsClosed, setShowsClosed] = useState(false)
  const { accounts } = props.told
  const find = view.find.trim()
  const isFound = ({ name, login }: ListedAccount) =>
    find === '' || name.includes(find) || login.includes(find.toLowerCase())
  const open = accounts.filter((account) => account.closedAt === null && isFound(account))
  const closed = accounts.filter((account) => account.closedAt !== null && isFound(account))
  return (
    <>
      <div class={styles.acts}>
        <ButtonLink look="primary" icon="plus" href={placesPages.newPerson()}>
          {own.make}
        </ButtonLink>
      </div>
      {accounts.length > fewPeople && (
        <TextField
          label={own.find}
          searches
          value={view.find}
          onInput={(next) => change({ find: next })}
        />
      )}
      {accounts.length === 0 && (
        <Empty title={own.none}>
          <p>{own.noneHint}</p>
        </Empty>
      )}
      {accounts.length > 0 && open.length + closed.length === 0 && (
        <p class={styles.soft}>{own.nothingFound}</p>
      )}
      <PersonList accounts={open} tree={props.tree} />
      {closed.length > 0 && (
        <div>
          <ClosedButton
            label={own.closedCount(closed.length)}
            isOpen={showsClosed}
            onToggle={setShowsClosed}
          />
        </div>
      )}
      {showsClosed && <PersonList accounts={closed} tree={props.tree} />}
    </>
  )
}

function PersonList(props: { readonly accounts: readonly ListedAccount[]; readonly tree: Tree }) {
  return useDesk() ? <PersonTable {...props} /> : <PersonCards {...props} />
}

/** With a mouse at a desk. */
function PersonTable(props: { readonly accounts: readonly ListedAccount[]; readonly tree: Tree }) {
  const own = usePeopleWords()
  const { path } = useLocation()
  const stateOf = useStateOf()
  const { accounts, tree } = props
  if (accounts.length === 0) return null
  return (
    <Table
      label={own.people}
      columns={[
        { key: 'name', head: own.name, cell: ({ name }) => name },
        { key: 'role', head: own.role, cell: ({ role }) => own.roles[role] },
        { key: 'login', head: own.login, cell: ({ login }) => login },
        { key: 'places', head: own.places, cell: ({ places }) => placeNames(places, tree) },
        { key: 'state', head: own.state, cell: (account) => stateOf(account) },
      ]}
      rows={accounts}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => placesPages.person(id)}
      chosen={accounts.find(({ id }) => placesPages.person(id) === path)?.id ?? ''}
    />
  )
}

function PersonCards(props: { readonly accounts: readonly ListedAccount[]; readonly tree: Tree }) {
  const own = usePeopleWords()
  const { path } = useLocation()
  const stateOf = useStateOf()
  const words = useWords()
  return (
    <Group label={own.people}>
      {props.accounts.map((account) => {
        const href = placesPages.person(account.id)
        return (
          <Row
            key={account.id}
            title={account.name}
            name={own.roles[account.role]}
            under={formatFacts(words, [
              account.login,
              placeNames(account.places, props.tree),
              stateOf(account),
            ])}
            href={href}
            chosen={path === href}
          />
        )
      })}
    </Group>
  )
}

/** What is special about an account, in words: closed, or a one-time password that nobody has used. */
export function useStateOf(): (account: ListedAccount) => string | null {
  const app = useParts('today', 'now')
  const words = useWords()
  const own = usePeopleWords()
  const day = useStore(app.today, (store) => store.day)
  return ({ closedAt, oneTimeUntil }) => {
    if (closedAt !== null) return own.closedOn(formatMoment(words, closedAt, day))
    if (oneTimeUntil === null) return null
    return Date.parse(oneTimeUntil) < app.now()
      ? own.oneTimeOver
      : own.oneTimeUntil(formatMoment(words, oneTimeUntil, day))
  }
}
