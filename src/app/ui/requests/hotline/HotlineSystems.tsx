import { useEffect, useRef, useState } from 'preact/hooks'
import type { HotlineSystem, KeyAnswer } from '#protocol/hotline.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatFacts, formatMoment } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Acts, Part, Parts, Soft } from '#app/ui/kit/Part.tsx'
import { Asked } from '#app/ui/pieces/Asked.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useHotlineWords } from './hotline-words.ts'
import { NewSystem } from './NewSystem.tsx'
import type { ToldKey } from './told-key.ts'
import { useHotline, useHotlineAct } from '#app/ui/pieces/use-hotline.ts'
import styles from './Hotline.module.css'
import { placesPages } from '#app/links/places.ts'

/** Outside systems: who may hand requests in, for which places, since when and how often. */
export function HotlineSystems() {
  const own = useHotlineWords()
  const { value, problem, load } = useHotline()
  const [told, setTold] = useState<ToldKey | null>(null)
  const onKey = (one: ToldKey) => {
    setTold(one)
    load()
  }
  return (
    <Page width="form" title={own.systems} back={placesPages.places()}>
      <Parts>
        <Soft>{own.systemsHint}</Soft>
        <Asked isKnown={value !== null} problem={problem} words={own} onAgain={load} />
        {value && !value.isOn && <Notice>{own.isOff}</Notice>}
        {value?.systems.length === 0 && <Empty title={own.noSystems} />}
        {value?.systems.map((system) => (
          <System key={system.id} system={system} onKey={onKey} load={load} />
        ))}
        {told ? (
          <KeyOnce told={told} onClose={() => setTold(null)} />
        ) : (
          value && <NewSystem onKey={onKey} load={load} />
        )}
      </Parts>
    </Page>
  )
}

/** In the place of the form that made it, so that nobody scrolls past what is shown once. */
function KeyOnce({ told, onClose }: { readonly told: ToldKey; readonly onClose: () => void }) {
  const own = useHotlineWords()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.scrollIntoView({ block: 'center' }), [told])
  return (
    <div ref={box} role="status">
      <Part {...(told.key !== null && { head: own.key(told.name) })}>
        {told.key === null ? (
          <Notice tone="alarm">{own.keyLost}</Notice>
        ) : (
          <>
            <code class={styles.key}>{told.key}</code>
            <p>{own.keyHint}</p>
          </>
        )}
        <Button look="primary" wide onClick={onClose}>
          {own.keyClose}
        </Button>
      </Part>
    </div>
  )
}

function System(props: {
  readonly system: HotlineSystem
  readonly onKey: (told: ToldKey) => void
  /** Tells the systems anew: an answer that was lost may have been a yes. */
  readonly load: () => void
}) {
  const app = useParts('register', 'today')
  const own = useHotlineWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const act = useHotlineAct()
  const { system } = props
  const names = useRegister(
    app,
    (register) =>
      system.places.map((id) => register.get('place', id)?.fields.name ?? '').filter(Boolean),
    [system],
  )
  const [asking, setAsking] = useState<'renew' | 'stop' | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const when = (at: string) => formatMoment(words, at, day)
  const facts = [
    system.mayWrite ? own.mayWrite : own.readsOnly,
    names.length > 0 && own.placesOf(formatFacts(words, names)),
    own.keyedAt(when(system.keyedAt)),
  ]
  const go = async () => {
    const content = { system: system.id }
    setBusy(true)
    const answer = await act<KeyAnswer | null>(
      `hotline/${String(asking)}`,
      content,
      async (acts, id) => {
        if (asking === 'renew') return acts.renew({ act: id, ...content })
        const stopped = await acts.stop({ act: id, ...content })
        return stopped.ok ? { ok: true as const, value: null } : stopped
      },
    )
    setBusy(false)
    if (!answer.ok) {
      setProblem(answer.problem === 'offline' ? own.needsNetwork : words.problems[answer.problem])
      props.load()
      return
    }
    setAsking(null)
    setProblem(null)
    if (answer.value) props.onKey({ name: system.name, key: answer.value.key })
    else props.load()
  }
  return (
    <Part head={system.name}>
      <Soft>{formatFacts(words, facts)}</Soft>
      <Soft>
        {system.stoppedAt
          ? own.stoppedAt(when(system.stoppedAt))
          : system.usedAt
            ? own.used(when(system.usedAt), system.usedToday)
            : own.neverUsed}
      </Soft>
      {system.refusedToday > 0 && <p>{own.refused(system.refusedToday)}</p>}
      {problem && <Notice tone="alarm">{problem}</Notice>}
      {asking === null ? (
        <Acts>
          <Button look="quiet" onClick={() => setAsking('renew')}>
            {own.renew}
          </Button>
          {!system.stoppedAt && (
            <Button look="quiet" onClick={() => setAsking('stop')}>
              {own.stop}
            </Button>
          )}
        </Acts>
      ) : (
        <>
          <Notice>{asking === 'renew' ? own.renewAsk : own.stopAsk}</Notice>
          <Acts>
            <Button look="danger" busy={isBusy} onClick={() => void go()}>
              {own.yes}
            </Button>
            <Button onClick={() => setAsking(null)}>{words.shell.cancel}</Button>
          </Acts>
        </>
      )}
    </Part>
  )
}
