import { useState } from 'preact/hooks'
import { mayKeepHotline } from '#domain/permission.ts'
import type { WaitingRequest } from '#protocol/hotline.ts'
import { firstPages } from '#app/links/first.ts'
import { requestsPages } from '#app/links/requests.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { Empty, Notice } from '#app/ui/kit/Notice.tsx'
import { Parts, Soft } from '#app/ui/kit/Part.tsx'
import { Group } from '#app/ui/kit/Row.tsx'
import { Asked } from '#app/ui/pieces/Asked.tsx'
import { Page } from '#app/ui/Page.tsx'
import { useHotline } from '#app/ui/pieces/use-hotline.ts'
import { useHotlineWords } from './hotline-words.ts'
import { Waiting } from './Waiting.tsx'

/** 待放行: what outside hotlines handed in, before it is in any stream. One is open, the others are lines. */
export function Hotline() {
  const app = useParts('session')
  const own = useHotlineWords()
  const role = useStore(app.session, (session) => session.account?.role)
  const { value, problem, load, leaveOut } = useHotline()
  const [done, setDone] = useState<string | null>(null)
  const [failed, setFailed] = useState<{ readonly id: string; readonly told: string } | null>(null)
  const [opened, setOpened] = useState<string | null>(null)
  const waiting = value?.waiting ?? []
  const open = waiting.find(({ id }) => id === opened) ?? waiting[0]
  // While its card is here the card says it.
  const isGone = failed !== null && !waiting.some(({ id }) => id === failed.id)
  const decided = (one: WaitingRequest) => ({
    onDone(told: string | null) {
      setDone(told)
      leaveOut(one.id)
      load()
    },
    onFailed(told: string) {
      setDone(null)
      setFailed({ id: one.id, told: own.notDone(one.number, told) })
      load()
    },
  })
  return (
    <Page width="form" title={own.title} back={firstPages.requests()}>
      <Parts>
        <Soft>{own.hint}</Soft>
        {done && <Notice>{done}</Notice>}
        {isGone && <Notice tone="alarm">{failed.told}</Notice>}
        <Asked isKnown={value !== null} problem={problem} words={own} onAgain={load} />
        {value?.waiting.length === 0 && <Empty title={own.none} />}
        {waiting.length > 0 && (
          <Group label={own.title}>
            {waiting.map((one) => (
              <Waiting
                key={one.id}
                waiting={one}
                isOpen={one.id === open?.id}
                onOpen={() => setOpened(one.id)}
                {...decided(one)}
              />
            ))}
          </Group>
        )}
        {value && value.count > waiting.length && (
          <Soft>{own.more(value.count - waiting.length)}</Soft>
        )}
        {role && mayKeepHotline(role) && (
          <ButtonLink wide look="quiet" href={requestsPages.hotlineSystems()}>
            {own.systemsLink}
          </ButtonLink>
        )}
      </Parts>
    </Page>
  )
}
