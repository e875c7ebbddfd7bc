import { groupLetters } from '#domain/requests/letters.ts'
import { shortOfSticker, stickerAddress, type StickerCode } from '#domain/ask/sticker.ts'
import { QrPicture } from '#app/ui/pieces/QrPicture.tsx'
import type { AskWords } from './ask-words.ts'
import styles from './StickerSheet.module.css'

export interface Sticker {
  readonly id: string
  readonly fields: StickerCode
  /** Of its community. */
  readonly telephone: string | null
}

/** Stickers as they go on a wall: four on a page of A4, or one on a page of A6. Drawn outside of the app. */
export function StickerSheet(props: {
  readonly stickers: readonly Sticker[]
  readonly size: 'a4' | 'a6'
  readonly words: AskWords['sheet']
}) {
  const { words, size } = props
  return (
    <div class={size === 'a4' ? styles.four : styles.one}>
      {props.stickers.map(({ id, fields, telephone }) => (
        <section key={id} class={styles.sticker}>
          <h2>{words.title}</h2>
          <p>{words.titleEn}</p>
          <p class={styles.name}>{fields.name}</p>
          <div class={styles.picture}>
            <QrPicture text={stickerAddress(fields)} label={fields.name} />
          </div>
          <p class={styles.short}>{groupLetters(shortOfSticker(fields.code))}</p>
          <p class={styles.small}>
            {words.check} {fields.address}/…
          </p>
          <p class={styles.danger}>{words.danger}</p>
          <p class={styles.small}>{words.free}</p>
          {telephone && <p>{words.call(telephone)}</p>}
        </section>
      ))}
    </div>
  )
}
