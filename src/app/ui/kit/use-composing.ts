import { useState } from 'preact/hooks'

export interface ComposingProps {
  readonly value: string
  readonly onInput: (event: InputEvent & { readonly currentTarget: HTMLInputElement }) => void
  readonly onCompositionEnd: (
    event: CompositionEvent & { readonly currentTarget: HTMLInputElement },
  ) => void
}

/**
 * For a field in which an input method may compose (pinyin, voice, handwriting, keyboards that compose digits): while it
 * does, the field shows what the input method wrote and nothing else, since a text that is put back in another shape
 * breaks the composition and its letters come twice.
 *
 * `takes` says which unfinished texts `onValue` hears at once; the others it hears when they are finished.
 */
export function useComposing(
  value: string,
  onValue: (value: string) => void,
  takes: (unfinished: string) => boolean = () => true,
): ComposingProps {
  const [unfinished, setUnfinished] = useState<string | null>(null)
  return {
    value: unfinished ?? value,
    onInput(event) {
      const text = event.currentTarget.value
      setUnfinished(event.isComposing ? text : null)
      if (!event.isComposing || takes(text)) onValue(text)
    },
    onCompositionEnd(event) {
      setUnfinished(null)
      onValue(event.currentTarget.value)
    },
  }
}

/**
 * Letters alone are pinyin and find people before the input method is done with them. Behind a character they are the next
 * one on its way: until it is there, the last answer stands.
 */
export function isPinyinAlone(unfinished: string): boolean {
  return !/\p{Script=Han}/u.test(unfinished)
}
