import { Button } from '#app/ui/kit/Button.tsx'
import { useDetailWords } from './detail-words.ts'

/** Shows what a row masks, or masks it again; each look is on record. */
export function ShowAllButton(props: { readonly isOpen: boolean; readonly onToggle: () => void }) {
  const own = useDetailWords()
  const { isOpen, onToggle } = props
  return (
    <Button
      look="quiet"
      icon="eye"
      pressed={isOpen}
      label={isOpen ? own.hideAll : own.showAll}
      onClick={onToggle}
    />
  )
}
