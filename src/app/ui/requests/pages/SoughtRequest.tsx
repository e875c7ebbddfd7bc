import { useEffect, useState } from 'preact/hooks'
import { maySeeRequestList } from '#domain/permission.ts'
import type { FoundRequest } from '#protocol/requests.ts'
import { findHere, type Sought } from '#app/views/request-filter.ts'
import { viewRequest } from '#app/views/requests.ts'
import type { OfficeAnswer } from '#app/acts/office-answer.ts'
import { hashFollowCode } from '#app/acts/follow-codes.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Group } from '#app/ui/kit/Row.tsx'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useCodeWords } from './code-words.ts'
import { ListedRow } from './ListedRow.tsx'
import { RequestRow } from '#app/ui/pieces/requests/RequestRow.tsx'
import { useViewer } from '#app/ui/pieces/requests/use-viewer.ts'

type Wanted = { readonly number: string } | { readonly hash: string }

/** The one request that somebody named by its number or follow-up code: of this device, else of the office. */
export function SoughtRequest({ sought }: { readonly sought: Sought }) {
  const said = useCodeWords()
  const wanted = useWanted(sought)
  if (sought.kind === 'mistyped') return <Notice>{said.mistyped}</Notice>
  return wanted ? <Answer wanted={wanted} /> : null
}

/** The code itself goes no further than this: what is looked for is its hash. */
function useWanted(sought: Sought): Wanted | null {
  const code = sought.kind === 'code' ? sought.code : null
  const [hashed, setHashed] = useState<{ readonly code: string; readonly hash: string } | null>(
    null,
  )
  useEffect(() => {
    if (code === null) return
    let isMine = true
    void hashFollowCode(code).then((hash) => {
      if (isMine) setHashed({ code, hash })
    })
    return () => {
      isMine = false
    }
  }, [code])
  if (sought.kind === 'number') return { number: sought.number }
  return hashed && hashed.code === code ? { hash: hashed.hash } : null
}

function Answer({ wanted }: { readonly wanted: Wanted }) {
  const app = useParts('register')
  const words = useWords()
  const said = useCodeWords()
  const viewer = useViewer()
  const hash = 'hash' in wanted ? wanted.hash : null
  const number = 'number' in wanted ? wanted.number : null
  const here = useRegister(app, (register) => findHere(register, wanted), [hash, number])
  const view = useRegister(
    app,
    (register) => (here ? viewRequest(register, here.request, viewer) : null),
    [here?.request],
  )
  const mayAsk = maySeeRequestList(viewer.role)
  const isAsked = here === null && mayAsk
  const answer = useOffice(hash, number, isAsked)
  if (view && here) {
    return (
      <>
        {here.isCodeEnded && <Notice tone="alarm">{said.ended}</Notice>}
        <Group>
          <RequestRow view={view} />
        </Group>
      </>
    )
  }
  if (!isAsked) return <Empty title={said.notHere} />
  if (!answer) return <Progress label={said.searching} value={null} />
  if (!answer.ok) {
    return (
      <Empty title={said.notHere}>
        <p>{answer.problem === 'offline' ? said.offline : words.problems[answer.problem]}</p>
      </Empty>
    )
  }
  if (!answer.value) {
    return (
      <Empty title={said.notHere}>
        <p>{said.notAtOffice}</p>
      </Empty>
    )
  }
  return (
    <>
      {answer.value.isCodeEnded && <Notice tone="alarm">{said.ended}</Notice>}
      <Group>
        <ListedRow row={answer.value} />
      </Group>
    </>
  )
}

/** Null while the office is asked, and where it is not. */
function useOffice(
  hash: string | null,
  number: string | null,
  isAsked: boolean,
): OfficeAnswer<FoundRequest['found']> | null {
  const app = useParts('officeActs')
  const [told, setTold] = useState<{
    readonly of: string
    readonly answer: OfficeAnswer<FoundRequest['found']>
  } | null>(null)
  const of = hash ?? number ?? ''
  useEffect(() => {
    if (!isAsked) return
    let isMine = true
    const wanted = hash === null ? { number: number ?? '' } : { hash }
    void app.officeActs.findRequest(wanted).then((answer) => {
      if (isMine) setTold({ of: hash ?? number ?? '', answer })
    })
    return () => {
      isMine = false
    }
  }, [app, hash, number, isAsked])
  return told?.of === of ? told.answer : null
}
