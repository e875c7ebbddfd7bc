import { useState } from 'preact/hooks'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Acts, Part, Parts, Soft } from '#app/ui/kit/Part.tsx'
import { Page } from '#app/ui/Page.tsx'
import { usePaper } from '#app/ui/pieces/paper.ts'
import { useWords } from '#app/ui/words/use-words.ts'
import { codesByBuilding, pageSettingsAbove, type ListedCode } from '#app/views/wall-codes.ts'
import { requestsPages } from '#app/links/requests.ts'
import { useAskWords } from './ask-words.ts'
import { CodeSettings } from './CodeSettings.tsx'
import { NewCodes } from './NewCodes.tsx'
import { StickerSheet, type Sticker } from './StickerSheet.tsx'
import { useAskAct } from './use-ask.ts'

/** 报事码: the codes of an office's walls by building; made, printed, stopped, replaced. */
export function Codes() {
  const app = useParts('register', 'sync', 'syncActs')
  const own = useAskWords()
  const words = useWords()
  const act = useAskAct()
  const groups = useRegister(app, codesByBuilding)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [size, setSize] = useState<'a4' | 'a6'>('a4')
  const [told, setTold] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const all = groups.flatMap(({ codes }) => codes)
  const picked = all.filter(({ id, fields }) => chosen.has(id) && !fields.stopped)
  const stickers: readonly Sticker[] = useRegister(
    app,
    (register) =>
      picked.map(({ id, fields, stream }) => ({
        ...{ id, fields },
        telephone: pageSettingsAbove(register, stream)?.telephone ?? null,
      })),
    [picked.map(({ id }) => id).join()],
  )
  usePaper(
    stickers.length === 0
      ? null
      : () => <StickerSheet stickers={stickers} size={size} words={own.sheet} />,
  )
  const tell = (said: string | null, why: string | null) => {
    setTold(said)
    setProblem(why)
  }
  const keys = (codes: readonly ListedCode[]) => codes.map(({ id, stream }) => ({ id, stream }))
  const run = async (name: string, codes: readonly ListedCode[], work: 'stop' | 'printed') => {
    const content = { codes: keys(codes) }
    const answer = await act(`codes/${work}/${name}`, content, (acts, id) =>
      acts[work]({ act: id, ...content }),
    )
    if (answer.ok) app.syncActs.syncNow()
    else {
      const why = answer.problem === 'offline' ? own.needsNetwork : words.problems[answer.problem]
      tell(null, why)
    }
  }
  const print = (as: 'a4' | 'a6') => {
    setSize(as)
    // The sheet is drawn of what is chosen now; whether paper came out nobody tells a page.
    requestAnimationFrame(() => {
      window.print()
      void run('chosen', picked, 'printed')
    })
  }
  const toggle = (ids: readonly string[], isOn: boolean) =>
    setChosen((before) => {
      const after = new Set(before)
      for (const id of ids) {
        if (isOn) after.add(id)
        else after.delete(id)
      }
      return after
    })
  return (
    <Page title={own.codes} back={requestsPages.ask()} width="form">
      <Parts>
        <Soft>{own.codesHint}</Soft>
        {told && <Notice>{told}</Notice>}
        {problem && <Notice tone="alarm">{problem}</Notice>}
        {picked.length > 0 && (
          <Part head={own.printChosen(picked.length)}>
            <Acts>
              <Button look="primary" onClick={() => print('a4')}>
                {own.printA4}
              </Button>
              <Button onClick={() => print('a6')}>{own.printA6}</Button>
            </Acts>
          </Part>
        )}
        {all.length === 0 && <Empty title={own.noCodes} />}
        {groups.map(({ key, head, codes }) => (
          <Part key={key} head={head}>
            {codes.map((code) => (
              <Code
                key={code.id}
                code={code}
                isChosen={chosen.has(code.id)}
                onChoose={(isOn) => toggle([code.id], isOn)}
                onStop={() => run(code.id, [code], 'stop')}
                tell={tell}
              />
            ))}
            {codes.filter(({ fields }) => !fields.stopped).length > 1 && (
              <Acts>
                <Button
                  look="quiet"
                  onClick={() =>
                    toggle(
                      codes.map(({ id }) => id),
                      true,
                    )
                  }
                >
                  {own.all}
                </Button>
                <StopButton label={own.stopBuilding} onStop={() => run(key, codes, 'stop')} />
              </Acts>
            )}
          </Part>
        ))}
        <NewCodes onMade={(ids) => (toggle(ids, true), tell(own.made, null))} />
        <CodeSettings />
        <ButtonLink wide look="quiet" href={requestsPages.checkSticker()}>
          {own.check}
        </ButtonLink>
      </Parts>
    </Page>
  )
}

function Code(props: {
  readonly code: ListedCode
  readonly isChosen: boolean
  readonly onChoose: (isOn: boolean) => void
  readonly onStop: () => Promise<void>
  readonly tell: (said: string | null, why: string | null) => void
}) {
  const app = useParts('today', 'work', 'syncActs')
  const own = useAskWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const act = useAskAct()
  const { code, isChosen, onChoose, onStop, tell } = props
  const { fields, stream, id } = code
  const [newId, setNewId] = useState<string | null>(null)
  const replace = async () => {
    const made = newId ?? app.work.newId(stream)
    setNewId(made)
    const content = {
      codes: [{ stream, id: made, name: fields.name, building: fields.building ?? null }],
      replaces: { stream, id },
    }
    const answer = await act(`codes/replace/${id}`, content, (acts, one) =>
      acts.make({ act: one, ...content }),
    )
    if (answer.ok) {
      tell(own.made, null)
      app.syncActs.syncNow()
    } else {
      const why = answer.problem === 'offline' ? own.needsNetwork : words.problems[answer.problem]
      tell(null, why)
    }
  }
  const when = (at: string) => formatMoment(words, at, day)
  if (fields.stopped) {
    return (
      <Soft>
        {fields.name} · {own.stoppedAt(when(fields.stopped))}
      </Soft>
    )
  }
  return (
    <>
      <p>
        <strong>{fields.name}</strong>{' '}
        {fields.printed ? own.printed(when(fields.printed)) : own.notPrinted}
      </p>
      <Acts>
        <Button pressed={isChosen} onClick={() => onChoose(!isChosen)}>
          {isChosen ? own.chosen : own.choose}
        </Button>
        <StopButton label={own.stop} onStop={onStop} />
        <StopButton label={own.replace} ask={own.replaceAsk} onStop={replace} />
      </Acts>
    </>
  )
}

/** One tap says what it means, the next does it. */
function StopButton(props: {
  readonly label: string
  readonly ask?: string
  readonly onStop: () => Promise<void>
}) {
  const own = useAskWords()
  const words = useWords()
  const [isAsking, setAsking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  if (!isAsking) {
    return (
      <Button look="quiet" onClick={() => setAsking(true)}>
        {props.label}
      </Button>
    )
  }
  const go = async () => {
    setBusy(true)
    await props.onStop()
    setBusy(false)
    setAsking(false)
  }
  return (
    <>
      <Notice>{props.ask ?? own.stopAsk}</Notice>
      <Button look="danger" busy={isBusy} onClick={() => void go()}>
        {own.yes}
      </Button>
      <Button onClick={() => setAsking(false)}>{words.shell.cancel}</Button>
    </>
  )
}
