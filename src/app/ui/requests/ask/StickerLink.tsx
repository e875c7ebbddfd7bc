import { useParts } from '#app/acts/use-parts.ts'
import { useRegister } from '#app/stores/use-store.ts'
import { ButtonLink } from '#app/ui/kit/Button.tsx'
import { requestsPages } from '#app/links/requests.ts'
import { hasCodes } from '#app/views/wall-codes.ts'
import { useAskWords } from './ask-words.ts'

/** A worker's way to whether a sticker on a wall is real; nothing where this device knows of none. */
export function StickerLink() {
  const app = useParts('register')
  const own = useAskWords()
  const isThere = useRegister(app, hasCodes)
  return isThere ? (
    <ButtonLink look="quiet" href={requestsPages.checkSticker()}>
      {own.check}
    </ButtonLink>
  ) : null
}
