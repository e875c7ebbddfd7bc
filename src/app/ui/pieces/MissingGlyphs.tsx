import { useEffect, useState } from 'preact/hooks'
import { charactersWithoutGlyph } from '#app/stores/glyphs.ts'
import { Notice } from '#app/ui/kit/Notice.tsx'
import { useWords } from '#app/ui/words/use-words.ts'
import { formatNames } from '#app/ui/format.ts'
import { useMissingGlyphsWords } from './missing-glyphs-words.ts'

/** Said quietly where a name that is shown has a character which this device cannot draw. */
export function MissingGlyphs(props: { readonly text: string }) {
  const said = useMissingGlyphsWords()
  const words = useWords()
  const { text } = props
  const [missing, setMissing] = useState<readonly string[]>([])
  useEffect(() => {
    let isWanted = true
    charactersWithoutGlyph(text).then(
      (found) => {
        if (isWanted) setMissing(found)
      },
      () => undefined, // it is a hint: without it the page is as it was
    )
    return () => {
      isWanted = false
    }
  }, [text])
  if (missing.length === 0) return null
  return <Notice>{said.missing(formatNames(words, missing.map(codeOf)))}</Notice>
}

/** `U+2EBF0`: what can be said of a character that cannot be shown. */
function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`
}
