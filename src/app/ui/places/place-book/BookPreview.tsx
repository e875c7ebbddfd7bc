import type { PlaceKind } from '#domain/place.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useMeWords } from '#app/ui/words/me-words.ts'
import { usePlacesWords } from '#app/ui/places/tree/places-words.ts'
import { branchesOf, type Branch } from '#app/views/place-book-branches.ts'
import styles from './PlaceBook.module.css'
import { usePlaceBookWords } from './place-book-words.ts'
import { useProblemText } from './problem-text.ts'
import type { OpenBook } from './use-place-book.ts'

/** Enough to mend at once; the next ones show when these are mended. */
const mostShown = 100

/** What the workbook makes, and the rows that make nothing. */
export function BookPreview(props: { readonly open: OpenBook; readonly onClose: () => void }) {
  const own = usePlaceBookWords()
  const { open } = props
  const { places, people } = open.plan
  return (
    <>
      {open.hasChanged && <Notice tone="alarm">{own.changed}</Notice>}
      {open.hasFormulas && <Notice>{own.formulas}</Notice>}
      {open.wrong.length > 0 && <Wrong open={open} />}
      <section class={styles.card}>
        <h2>{own.willMake}</h2>
        {places.length + people.length === 0 ? <p>{own.nothingNew}</p> : <Counts open={open} />}
        {open.there > 0 && <p class={styles.soft}>{own.thereRows(open.there)}</p>}
        {branchesOf(open.plan).map((branch) => (
          <Under key={branch.name} branch={branch} />
        ))}
      </section>
      <div>
        <Button look="quiet" onClick={props.onClose}>
          {own.another}
        </Button>
      </div>
    </>
  )
}

function Counts({ open }: { readonly open: OpenBook }) {
  const own = usePlaceBookWords()
  const { kind: kinds } = usePlacesWords()
  const { me } = useMeWords()
  const { places, people } = open.plan
  const kindCounts = countBy(places, ({ kind }) => kind)
  const roleCounts = countBy(people, ({ role }) => role)
  return (
    <ul class={styles.counts}>
      {[...kindCounts].map(([kind, n]) => (
        <li key={kind}>{own.of(n, kinds[kind])}</li>
      ))}
      {[...roleCounts].map(([role, n]) => (
        <li key={role}>{own.of(n, me.role[role])}</li>
      ))}
    </ul>
  )
}

function countBy<T, Key>(all: readonly T[], keyOf: (one: T) => Key): Map<Key, number> {
  const counts = new Map<Key, number>()
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  return counts
}

function Wrong({ open }: { readonly open: OpenBook }) {
  const own = usePlaceBookWords()
  const textOf = useProblemText()
  const { wrong } = open
  return (
    <section class={styles.card}>
      <h2>{own.wrongRows(wrong.length)}</h2>
      <p class={styles.soft}>{own.wrongHint}</p>
      <ul class={styles.wrong}>
        {wrong.slice(0, mostShown).map(({ line, problem }) => (
          <li key={`${line.of} ${line.sheet} ${line.row}`}>
            <span class={styles.at}>{own.row(line.sheet, line.row)}</span>
            <span>{textOf(problem)}</span>
          </li>
        ))}
      </ul>
      {wrong.length > mostShown && <p>{own.moreWrong(wrong.length - mostShown)}</p>}
    </section>
  )
}

/** What comes under a place that is there. */
function Under({ branch }: { readonly branch: Branch }) {
  const own = usePlaceBookWords()
  return (
    <div class={styles.under}>
      <h3>{own.under(branch.name)}</h3>
      <Rows branch={branch} />
    </div>
  )
}

function Rows({ branch }: { readonly branch: Branch }) {
  const own = usePlaceBookWords()
  const { me } = useMeWords()
  return (
    <ul class={styles.tree}>
      {branch.people.map(({ login, name, role }) => (
        <li key={login} class={styles.leaf}>
          {name} <span class={styles.soft}>{`${me.role[role]} · ${login}`}</span>
        </li>
      ))}
      {branch.below.map((one) =>
        one.below.length + one.people.length === 0 ? (
          <li key={one.name} class={styles.leaf}>
            <Name name={one.name} kind={one.kind} />
          </li>
        ) : (
          <li key={one.name}>
            <details>
              <summary>
                <Name name={one.name} kind={one.kind} />{' '}
                <span class={styles.soft}>· {own.inside(one.places, one.persons)}</span>
              </summary>
              <Rows branch={one} />
            </details>
          </li>
        ),
      )}
    </ul>
  )
}

function Name(props: { readonly name: string; readonly kind: PlaceKind }) {
  const { kind: kinds } = usePlacesWords()
  return (
    <>
      <strong>{props.name}</strong> <span class={styles.soft}>{kinds[props.kind]}</span>
    </>
  )
}
