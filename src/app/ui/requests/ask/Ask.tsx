import { useState } from 'preact/hooks'
import type { AskGroup } from '#protocol/ask.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { formatMoment } from '#app/ui/format.ts'
import { Button, ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Acts, Part, Parts, Soft } from '#app/ui/kit/Part.tsx'
import { Page } from '#app/ui/Page.tsx'
import { Asked } from '#app/ui/pieces/Asked.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { firstPages } from '#app/links/first.ts'
import { requestsPages } from '#app/links/requests.ts'
import { AskCard } from './AskCard.tsx'
import { useAskWords } from './ask-words.ts'
import { TurnAway } from './TurnAway.tsx'
import { useAsk, useAskAct } from './use-ask.ts'

/** 扫码来件: what came by codes on walls and waits for a person, before it is in any stream. */
export function Ask() {
  const own = useAskWords()
  const { value, problem, load } = useAsk()
  const [done, setDone] = useState<string | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const onDone = (told: string) => {
    setDone(told)
    setFailed(null)
    load()
  }
  const onFailed = (told: string) => {
    setDone(null)
    setFailed(told)
    load()
  }
  return (
    <Page width="form" title={own.title} back={firstPages.requests()}>
      <Parts>
        <Soft>{own.hint}</Soft>
        {done && <Notice>{done}</Notice>}
        {failed && <Notice tone="alarm">{failed}</Notice>}
        <Asked isKnown={value !== null} problem={problem} words={own} wide onAgain={load} />
        {value && !value.isOn && <Notice>{own.isOff}</Notice>}
        {value?.count === 0 && <Empty title={own.none} />}
        {value && value.groups.some(({ count }) => count > 1) && (
          <Part head={own.groups}>
            <Soft>{own.groupsHint}</Soft>
            {value.groups
              .filter(({ count }) => count > 1)
              .map((group) => (
                <Group key={`${group.code}${group.hour}`} {...{ group, onDone, onFailed }} />
              ))}
          </Part>
        )}
        {value?.waiting.map((waiting) => (
          <AskCard key={waiting.id} {...{ waiting, onDone, onFailed }} />
        ))}
        {value && value.count > value.waiting.length && (
          <Soft>{own.more(value.count - value.waiting.length)}</Soft>
        )}
        {value && value.away.length > 0 && (
          <Part head={own.awayRecent}>
            {value.away.map((group) => (
              <Group key={`${group.code}${group.hour}`} isAway {...{ group, onDone, onFailed }} />
            ))}
          </Part>
        )}
        <ButtonLink wide look="quiet" href={requestsPages.askCodes()}>
          {own.codes}
        </ButtonLink>
      </Parts>
    </Page>
  )
}

/** All of one code and hour at once. */
function Group(props: {
  readonly group: AskGroup
  readonly isAway?: boolean
  readonly onDone: (told: string) => void
  readonly onFailed: (told: string) => void
}) {
  const app = useParts('today')
  const own = useAskWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const act = useAskAct()
  const { group, isAway = false, onDone, onFailed } = props
  const [isTurningAway, setTurningAway] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const { place, code, hour } = group
  const chosen = { place, group: { code, hour } }
  const key = `ask/${code}/${hour}`
  const go = async (work: 'admit' | 'takeBack') => {
    setBusy(true)
    const content = work === 'admit' ? { ...chosen, stream: null, level: null } : chosen
    const answer = await act(`${key}/${work}`, content, (acts, id) =>
      work === 'admit'
        ? acts.admit({ act: id, ...chosen, stream: null, level: null })
        : acts.takeBack({ act: id, ...chosen }),
    )
    setBusy(false)
    if (answer.ok) return onDone(work === 'admit' ? own.admitted : own.tookBack)
    onFailed(answer.problem === 'offline' ? own.needsNetwork : words.problems[answer.problem])
  }
  return (
    <>
      <p>{own.group(group.codeName, formatMoment(words, hour, day), group.count)}</p>
      {isTurningAway ? (
        <TurnAway
          name={key}
          chosen={chosen}
          onDone={() => onDone(own.turnedAway)}
          onFailed={onFailed}
          onCancel={() => setTurningAway(false)}
        />
      ) : (
        <Acts>
          {isAway ? (
            <Button busy={isBusy} onClick={() => void go('takeBack')}>
              {own.takeBack}
            </Button>
          ) : (
            <>
              <Button busy={isBusy} onClick={() => void go('admit')}>
                {own.admitAll}
              </Button>
              <Button onClick={() => setTurningAway(true)}>{own.turnAllAway}</Button>
            </>
          )}
        </Acts>
      )}
    </>
  )
}
