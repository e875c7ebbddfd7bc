import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { firstPages } from '#app/links/first.ts'
import { walkPages } from '#app/links/walk.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useDeclarationWords } from '#app/ui/words/declaration-words.ts'
import { declarationsFound, openDeclarations } from '#app/views/declarations.ts'
import { landlordsSilent } from '#app/views/landlord-links.ts'
import { DeclarationRow } from './DeclarationRow.tsx'

const PAGE = 50

/** All that wait for a visit, what is due first at the top. */
export function Declarations() {
  const app = useParts('register', 'today')
  const own = useDeclarationWords()
  const day = useStore(app.today, (store) => store.day)
  const [query, setQuery] = useState('')
  const [shown, setShown] = useState(PAGE)
  const open = useRegister(app, (register) => openDeclarations(register))
  const found = useRegister(app, (register) => declarationsFound(register, open, query), [
    open,
    query,
  ])
  const late = open.filter(({ due }) => due < day).length
  return (
    <Page
      title={own.title}
      back={firstPages.today()}
      foot={
        <ButtonLink look="primary" icon="plus" wide href={walkPages.declareAtDesk()}>
          {own.declare.arrival} / {own.declare.departure}
        </ButtonLink>
      }
    >
      {open.length === 0 && (
        <Empty title={own.none} icon="check">
          <p>{own.noneHint}</p>
        </Empty>
      )}
      {open.length > 5 && (
        <TextField label={own.find} maxLength={40} value={query} searches onInput={setQuery} />
      )}
      {open.length > 0 && found.length === 0 && <Empty title={own.noneFound} icon="search" />}
      {found.length > 0 && (
        <Group head={own.open(open.length)} {...(late > 0 && { aside: own.late(late) })}>
          {found.slice(0, shown).map((one) => (
            <DeclarationRow key={one.claim.id} open={one} day={day} />
          ))}
        </Group>
      )}
      {found.length > shown && (
        <Button wide onClick={() => setShown(shown + PAGE)}>
          {own.more(found.length - shown)}
        </Button>
      )}
      <Silent day={day} />
    </Page>
  )
}

/** So many doors are named; the others are counted. */
const FEW_DOORS = 10

/** Whose landlord has not said this month how things stand: whoever passes reminds them. */
function Silent(props: { readonly day: string }) {
  const app = useParts('register')
  const own = useDeclarationWords()
  const silent = useRegister(app, (register) => landlordsSilent(register, props.day), [props.day])
  if (silent.length === 0) return null
  return (
    <Group head={own.remind(silent.length)}>
      {silent.slice(0, FEW_DOORS).map(({ dwelling, door }) => (
        <Row key={dwelling} title={door} href={walkPages.dwelling(dwelling)} />
      ))}
      {silent.length > FEW_DOORS && <Row title={own.moreDoors(silent.length - FEW_DOORS)} />}
    </Group>
  )
}
