import { useEffect, useState } from 'preact/hooks'
import { maySeeRequestList } from '#domain/permission.ts'
import type { FoundRequest } from '#protocol/requests.ts'
import { findHere, type Sought } from '#app/register/request-filter.ts'
import { viewRequest } from '#app/register/requests.ts'
import type { OfficeAnswer } from '#app/stores/app.ts'
import { hashFollowCode } from '#app/stores/follow-codes.ts'
import { useApp, useRegister } from '#app/stores/use-store.ts'
import { Empty, Notice, Progress } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { useCodeWords } from './code-words.ts'
import { ListedRow } from './ListedRow.tsx'
import { RequestRow } from './RequestRow.tsx'
import styles from './Requests.module.css'
import { useViewer } from './use-viewer.ts'

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
  const app = useApp()
  const words = useWords()
  const said = useCodeWords()
  const viewer = useViewer()
  const key = 'hash' in wanted ? wanted.hash : wanted.number
  const here = useRegister(app, (register) => findHere(register, wanted), [key])
  const view = useRegister(
    app,
    (register) => (here ? viewRequest(register, here.request, viewer) : null),
    [here?.request],
  )
  const mayAsk = maySeeRequestList(viewer.role)
  const isAsked = here === null && mayAsk
  const answer = useOffice(wanted, key, isAsked)
  if (view && here) {
    return (
      <>
        {here.isCodeEnded && <Notice tone="alarm">{said.ended}</Notice>}
        <ul class={styles.list}>
          <li>
            <RequestRow view={view} />
          </li>
        </ul>
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
      <ul class={styles.list}>
        <li>
          <ListedRow row={answer.value} />
        </li>
      </ul>
    </>
  )
}

/** Null while the office is asked, and where it is not. */
function useOffice(
  wanted: Wanted,
  key: string,
  isAsked: boolean,
): OfficeAnswer<FoundRequest['found']> | null {
  const app = useApp()
  const [told, setTold] = useState<{
    readonly key: string
    readonly answer: OfficeAnswer<FoundRequest['found']>
  } | null>(null)
  useEffect(() => {
    if (!isAsked) return
    let isMine = true
    void app.officeActs.findRequest(wanted).then((answer) => {
      if (isMine) setTold({ key, answer })
    })
    return () => {
      isMine = false
    }
    // `wanted` is made anew with each drawing; `key` says what it is.
  }, [app, key, isAsked])
  return told?.key === key ? told.answer : null
}
