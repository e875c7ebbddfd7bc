import { useEffect, useRef, useState } from 'preact/hooks'
import { walkPages } from '#app/links/walk.ts'
import { formatDoor } from '#domain/format-door.ts'
import { revealPurposes, type RevealPurpose } from '#domain/reveal.ts'
import { readBeyond } from '#domain/search-beyond.ts'
import { readQuery } from '#domain/search-query.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Group, Row } from '#app/ui/kit/Row.tsx'
import type { Found, SearchAnswer } from '#protocol/search.ts'
import styles from './Search.module.css'
import { useBeyondWords } from './beyond-words.ts'
import { useHeldWords } from '#app/ui/pieces/held/held-words.ts'
import { useOpening } from '#app/ui/pieces/held/use-opening.ts'
import { useSearchWords } from './search-words.ts'

/** What was typed, asked of the office over all places of the account, once somebody says what for. */
export function BeyondHits(props: { readonly asked: string }) {
  const own = useBeyondWords()
  const words = useSearchWords()
  const isOffline = useStore(useParts('sync').sync, (status) => status.phase === 'offline')
  const { asked } = props
  const { answer, isAsking, ask } = useAnswer(asked)
  const isEnough = readBeyond(readQuery(asked)).length > 0
  return (
    <Group head={own.title} box>
      <div class={styles.beyond}>
        <p>{isOffline ? own.offline : isEnough ? own.hint : own.tooLittle}</p>
        {isEnough && !isOffline && (
          <div class={styles.purposes}>
            {revealPurposes.map((purpose) => (
              <Button key={purpose} disabled={isAsking} onClick={() => ask(purpose)}>
                {words.facts.purpose[purpose]}
              </Button>
            ))}
          </div>
        )}
        {isAsking && <p role="status">{own.asking}</p>}
        {answer && <Answer answer={answer} />}
      </div>
    </Group>
  )
}

function Answer(props: { readonly answer: OfficeAnswer<SearchAnswer> }) {
  const own = useBeyondWords()
  const words = useSearchWords()
  const { answer } = props
  if (!answer.ok) {
    const isSlowed = answer.problem === 'too-many-attempts'
    const said = isSlowed ? own.wait : words.problems[answer.problem]
    return <Notice tone="alarm">{said}</Notice>
  }
  const { found, more } = answer.value
  return (
    <>
      <p role="status">
        {found.length === 0 ? own.nothing : more ? own.more(found.length) : own.found(found.length)}
      </p>
      {found.length > 0 && (
        <ul class={styles.found}>
          {found.map((one) => (
            <FoundRow key={one.id} found={one} />
          ))}
        </ul>
      )}
    </>
  )
}

/** Opens what is on this device; of what is not it says where it stands. */
function FoundRow(props: { readonly found: Found }) {
  const app = useParts('register')
  const own = useBeyondWords()
  const words = useSearchWords()
  const { kind, id, stream, name, sex, age, gone, door, place, above, matched } = props.found
  const isHere = useRegister(app, (register) => register.get(kind, id) !== undefined, [kind, id])
  const held = useHeldWords()
  const opening = useOpening(stream)
  const how = { merged: 'merged', died: 'died', 'moved-out': 'movedOut' } as const
  const at = door
    ? `${door.estate} ${formatDoor({ name: door.building, units: door.units }, door)}`
    : ''
  const who = [
    sex === '1' ? words.shell.male : sex === '2' ? words.shell.female : '',
    age === null ? '' : words.shell.age(age),
    gone === null ? '' : words.search[how[gone]],
  ]
  const isNumber = matched === 'telephone' || matched === 'document'
  const facts = [above, place, isNumber && words.search.matched[matched]]
  const page = kind === 'resident' ? walkPages.resident(id) : walkPages.dwelling(id)
  return (
    <Row
      title={name ?? at}
      name={who.filter(Boolean).join(' ')}
      under={formatFacts(words, [name === null ? null : at, ...facts])}
      {...(isHere
        ? { href: page }
        : opening.isAsked
          ? { aside: held.opening }
          : { aside: own.notHere, onClick: opening.open })}
    />
  )
}

/** The answer to what stands in the field now; one that comes late belongs to nobody. */
function useAnswer(asked: string) {
  const app = useParts('officeActs')
  const [told, setTold] = useState<{
    readonly of: string
    readonly answer: OfficeAnswer<SearchAnswer>
  } | null>(null)
  const [waitsFor, setWaitsFor] = useState<string | null>(null)
  const current = useRef(asked)
  current.current = asked
  useEffect(() => () => void (current.current = ''), [])
  const ask = (purpose: RevealPurpose) => {
    setWaitsFor(asked)
    void app.officeActs.searchBeyond(asked, purpose).then((answer) => {
      if (current.current !== asked) return
      setWaitsFor(null)
      setTold({ of: asked, answer })
    })
  }
  return { answer: told?.of === asked ? told.answer : null, isAsking: waitsFor === asked, ask }
}
