import { useEffect, useRef, useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { maySearchBeyond } from '#domain/permission-of-access.ts'
import { withCommas } from '#app/ui/words/with-commas.ts'
import { BeyondHits } from './BeyondHits.tsx'
import { useBeyondWords } from './beyond-words.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Field } from '#app/ui/kit/Field.tsx'
import fieldStyles from '#app/ui/kit/Field.module.css'
import { isPinyinAlone, useComposing } from '#app/ui/kit/use-composing.ts'
import { Empty } from '#app/ui/kit/Notice.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useGrowing } from '#app/ui/use-growing.ts'
import type { Hit } from '#app/views/records.ts'
import { countHeld } from '#app/views/held-here.ts'
import { HitRow } from './HitRow.tsx'
import { MoreHits } from './MoreHits.tsx'
import styles from './Search.module.css'
import { useSearchWords } from './search-words.ts'

/** More than fits a glance is not an answer: the person types on. */
const MOST = 40
/** What a phone shows at once, and one more. */
const SCREENFUL = 12

/** Finds people and rooms as one types. What is typed stays in memory alone, never in an address or a log. */
export function Search() {
  const app = useParts('register', 'session')
  const words = useSearchWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const [query, setQuery] = useState('')
  const [isMore, setMore] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const composing = useComposing(query, setQuery, isPinyinAlone)
  const asked = query.trim()
  const hits = useRegister(
    app,
    (register): readonly Hit[] => (asked === '' ? [] : register.search(asked, MOST)),
    [asked],
  )
  const { count, mark, isWhole } = useGrowing(hits.length, SCREENFUL, asked)
  const isOffice = role !== undefined && maySearchBeyond(role)
  useEffect(() => input.current?.focus(), [])
  useEffect(() => {
    // While the first letter is on its way. Without the dictionary of pinyin all else is found.
    app.register.warmUp().catch(() => {})
  }, [app.register])
  return (
    <Page
      title={words.search.title}
      under={
        <div class={styles.under}>
          <Field label={words.search.label} hint={asked === '' ? words.search.hint : undefined}>
            {(ids) => (
              <div class={styles.line}>
                <input
                  {...ids}
                  ref={input}
                  type="search"
                  class={fieldStyles.input}
                  autocomplete="off"
                  autocorrect="off"
                  spellcheck={false}
                  maxLength={40}
                  enterkeyhint="search"
                  {...composing}
                />
                {query !== '' && (
                  <Button
                    icon="close"
                    label={words.search.clear}
                    onClick={() => {
                      setQuery('')
                      input.current?.focus()
                    }}
                  />
                )}
              </div>
            )}
          </Field>
          {isOffice && <Range />}
          {hits.length > 0 && (
            <p role="status">
              {hits.length < MOST
                ? words.search.found(hits.length)
                : words.search.foundMost(hits.length)}
            </p>
          )}
        </div>
      }
    >
      {hits.length > 0 && (
        <Group label={words.search.title}>
          {hits.slice(0, count).map((hit) => (
            <HitRow key={hit.id} hit={hit} />
          ))}
        </Group>
      )}
      {!isWhole && <div ref={mark} />}
      {asked === '' && (
        <Empty title={words.search.title} icon="search">
          <p>{words.search.start}</p>
        </Empty>
      )}
      {asked !== '' && <MoreHits asked={asked} onFound={setMore} />}
      {asked !== '' && hits.length === 0 && !isMore && (
        <Empty title={words.search.nothing} icon="search">
          <p>{words.search.nothingHint}</p>
        </Empty>
      )}
      {asked !== '' && isOffice && <BeyondHits asked={asked} />}
    </Page>
  )
}

/** Over what the list ranges that comes as one types. */
function Range() {
  const app = useParts('register')
  const own = useBeyondWords()
  const held = useRegister(app, countHeld, [])
  return <p>{own.range(withCommas(held.people), held.grids)}</p>
}
