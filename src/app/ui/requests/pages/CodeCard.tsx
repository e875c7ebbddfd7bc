import { useLayoutEffect, useRef } from 'preact/hooks'
import { followAddress, groupFollowCode } from '#domain/requests/follow-code.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { Button } from '#app/ui/kit/Button.tsx'
import { usePaper } from '#app/ui/pieces/paper.ts'
import { QrPicture } from '#app/ui/pieces/QrPicture.tsx'
import { pageAddressHere } from '#app/views/wall-codes.ts'
import styles from './CodeCard.module.css'
import { useCodeWords } from './code-words.ts'

interface Given {
  readonly number: string
  /** 28 letters; it stands in no store and goes with this page. */
  readonly code: string
  /** When the request was taken, in words. */
  readonly moment: string
  /** What it is about, in the words of the catalogue. */
  readonly matter: string
}

/** Number and follow-up code, to be read out, photographed, copied or printed: shown once. */
export function CodeCard(props: Given) {
  const said = useCodeWords()
  const app = useParts('register')
  const address = useRegister(app, (register) => pageAddressHere(register, ''))
  // Where this device knows no page the code alone is typed wherever it is asked for.
  const page = address === null ? null : `${address}/follow`
  usePaper(() => <Slip {...props} said={said} page={page} />)
  const { number, code } = props
  const card = useRef<HTMLDivElement>(null)
  // It takes the place of a form that was scrolled down.
  useLayoutEffect(() => card.current?.scrollIntoView({ block: 'start' }), [])
  return (
    <div ref={card} class={styles.card}>
      <section class={styles.part}>
        <h2>{said.number}</h2>
        <p class={styles.number}>{number}</p>
        <h2>{said.code}</h2>
        <Groups code={code} />
        <div class={styles.picture}>
          <QrPicture text={followAddress(code, page)} label={said.picture} />
        </div>
        {page !== null && <p class={styles.soft}>{said.page(page)}</p>}
        <p class={styles.soft}>{said.codeHint}</p>
        <Button wide onClick={() => window.print()}>
          {said.print}
        </Button>
      </section>
    </div>
  )
}

/** Each group stays whole at the end of a line. */
function Groups({ code }: { readonly code: string }) {
  return (
    <p class={styles.code}>
      {groupFollowCode(code)
        .split('-')
        .map((group, at) => (
          <span key={at}>{group}</span>
        ))}
    </p>
  )
}

/** The same on paper. */
function Slip(
  props: Given & { readonly said: ReturnType<typeof useCodeWords>; readonly page: string | null },
) {
  const { said, number, code, moment, matter, page } = props
  return (
    <article class={styles.slip}>
      <h2>{said.slipTitle}</h2>
      <p>{matter}</p>
      <p>{said.slipTaken(moment)}</p>
      <p>
        {said.number} <strong>{number}</strong>
      </p>
      <p>{said.code}</p>
      <Groups code={code} />
      <QrPicture text={followAddress(code, page)} label={said.picture} />
      {page !== null && <p>{said.page(page)}</p>}
      <p>{said.slipKeep}</p>
    </article>
  )
}
