import { useState } from 'preact/hooks'
import { judgeSticker } from '#domain/ask/sticker.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { TextField } from '#app/ui/kit/Field.tsx'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { Parts, Soft } from '#app/ui/kit/Part.tsx'
import { Page } from '#app/ui/Page.tsx'
import { firstPages } from '#app/links/first.ts'
import { useAskWords } from './ask-words.ts'

/** Whether a sticker on a wall is one of ours: judged by the codes on this device, so also without a connection. */
export function CheckSticker() {
  const app = useParts('register')
  const own = useAskWords()
  const [typed, setTyped] = useState('')
  const codes = useRegister(app, (register) => [...register.all('code')])
  const verdict = typed.trim() === '' ? null : judgeSticker(typed, codes)
  const found = verdict && 'code' in verdict ? verdict.code.fields : null
  const isShort = verdict?.is === 'true' && !verdict.isWhole
  return (
    <Page width="form" title={own.check} back={firstPages.requests()}>
      <Parts>
        <Soft>{own.checkHint}</Soft>
        <TextField label={own.checkField} value={typed} onInput={setTyped} maxLength={300} />
        {verdict && (
          <Notice tone={verdict.is === 'true' ? 'calm' : 'alarm'}>
            {isShort ? `${own.verdict.short} ${found?.address ?? ''}/` : own.verdict[verdict.is]}
          </Notice>
        )}
        {found && verdict?.is !== 'elsewhere' && <p>{found.name}</p>}
      </Parts>
    </Page>
  )
}
