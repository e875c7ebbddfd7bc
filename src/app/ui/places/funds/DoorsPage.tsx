import { useState } from 'preact/hooks'
import { followAddress, groupFollowCode, readFollowCode } from '#domain/requests/follow-code.ts'
import { hashFollowCode, makeFollowCode } from '#app/acts/follow-codes.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useStore } from '#app/stores/use-store.ts'
import { useSave } from '#app/ui/forms/use-save.ts'
import { formatDay } from '#app/ui/format.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Acts, Part, Soft } from '#app/ui/kit/Part.tsx'
import { QrPicture } from '#app/ui/pieces/QrPicture.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import type { Rec } from '#app/views/records.ts'
import styles from './Funds.module.css'
import { Twice } from './Twice.tsx'
import { useFundWords } from './fund-words.ts'

/**
 * The way in for the doors alone: a code that the office makes, prints and can change. It is shown when it is made and
 * goes with this screen; the record has its hash, so nobody can look it up. Whoever has a sheet of before types it.
 */
export function DoorsPage(props: {
  readonly fund: Rec<'fund'>
  readonly mayKeep: boolean
  /** Of the page for residents; null where the community has none. */
  readonly address: string | null
  /** 28 letters while they are in hand. */
  readonly code: string | null
  readonly onCode: (code: string) => void
}) {
  const app = useParts('today')
  const own = useFundWords()
  const words = useWords()
  const day = useStore(app.today, (store) => store.day)
  const { fund, mayKeep, address, code, onCode } = props
  const { page, pageOn } = fund.fields
  const saving = useSave()
  const make = async () => {
    const made = await makeFollowCode()
    saving.run(
      [
        {
          ...({ op: 'patch', kind: 'fund', record: fund.id } as const),
          fields: { page: made.hash, pageOn: day },
        },
      ],
      () => onCode(made.code),
      { isFinal: true },
    )
  }
  const since = pageOn ? formatDay(words, pageOn, day) : ''
  return (
    <Part head={own.page}>
      <Soft>{own.pageHint}</Soft>
      {address === null && <Soft>{own.pageNone}</Soft>}
      {address !== null && <Soft>{`${address}/fund`}</Soft>}
      {saving.problem && <Notice tone="alarm">{words.problems[saving.problem]}</Notice>}
      {code !== null && <InHand code={code} address={address} />}
      {code === null && page && <Soft>{own.codeSince(since)}</Soft>}
      {code === null && !page && !mayKeep && <Soft>{own.codeNone}</Soft>}
      {mayKeep && code === null && page && <FromSheet page={page} onCode={onCode} />}
      {mayKeep && code === null && (
        <Acts>
          {page ? (
            <Twice label={own.newKey} ask={own.newKeyAsk} onGo={() => void make()} />
          ) : (
            <Button busy={saving.busy} onClick={() => void make()}>
              {own.codeMake}
            </Button>
          )}
        </Acts>
      )}
    </Part>
  )
}

function InHand(props: { readonly code: string; readonly address: string | null }) {
  const own = useFundWords()
  const { code, address } = props
  const page = address === null ? null : `${address}/fund`
  return (
    <>
      <div class={styles.picture}>
        <QrPicture text={followAddress(code, page)} label={own.page} />
      </div>
      <p class={styles.code}>{groupFollowCode(code)}</p>
      <Notice>{own.codeOnce}</Notice>
      <Button look="primary" wide onClick={() => window.print()}>
        {own.printWithCode}
      </Button>
    </>
  )
}

/** For a new sheet with the code of before: nobody else has to learn another one. */
function FromSheet(props: { readonly page: string; readonly onCode: (code: string) => void }) {
  const own = useFundWords()
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const take = async () => {
    const read = readFollowCode(typed)
    const code = read.kind === 'code' ? read.code : null
    const isOwn = code !== null && (await hashFollowCode(code)) === props.page
    setWrong(!isOwn)
    if (isOwn) props.onCode(code)
  }
  return (
    <>
      <TextField
        label={own.codeTyped}
        hint={own.codeTypedHint}
        maxLength={40}
        value={typed}
        onInput={(text) => {
          setTyped(text)
          setWrong(false)
        }}
        error={isWrong ? own.codeOther : undefined}
      />
      <Acts>
        <Button disabled={typed.trim() === ''} onClick={() => void take()}>
          {own.codeTake}
        </Button>
      </Acts>
    </>
  )
}
