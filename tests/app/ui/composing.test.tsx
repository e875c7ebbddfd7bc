/** Fields under an input method: what it wrote stands there until it is done. */
import { fireEvent, render, screen } from '@testing-library/preact'
import { useState } from 'preact/hooks'
import { expect, it, vi } from 'vitest'
import { TextField } from '#app/ui/kit/Field.tsx'
import { isPinyinAlone, useComposing } from '#app/ui/kit/use-composing.ts'

const compose = (field: HTMLElement, value: string) => {
  ;(field as HTMLInputElement).value = value
  field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }))
}
const commit = (field: HTMLElement, value: string) => {
  ;(field as HTMLInputElement).value = value
  fireEvent.compositionEnd(field)
}

it('a field that writes its text in another shape does so after the composition', async () => {
  const heard = vi.fn()
  function Grouped() {
    const [value, setValue] = useState('')
    const onInput = (text: string) => {
      heard(text)
      setValue(text.replace(/\D/g, ''))
    }
    return <TextField label="天" value={value} onInput={onInput} />
  }
  render(<Grouped />)
  const field = screen.getByRole<HTMLInputElement>('textbox')
  compose(field, '1a')
  await vi.waitFor(() => expect(heard).toHaveBeenCalledWith('1a'), 30_000)
  expect(field.value).toBe('1a')
  commit(field, '1a')
  await vi.waitFor(() => expect(field.value).toBe('1'), 30_000)
})

it('a search hears letters at once, and a character on its way behind another when it is there', () => {
  const heard: string[] = []
  function Search() {
    const [value, setValue] = useState('')
    const composing = useComposing(
      value,
      (text) => {
        heard.push(text)
        setValue(text)
      },
      isPinyinAlone,
    )
    return <input aria-label="找" {...composing} />
  }
  render(<Search />)
  const field = screen.getByRole('textbox')
  compose(field, 'xio')
  expect(heard).toEqual(['xio'])
  commit(field, '熊')
  compose(field, '熊y')
  compose(field, '熊ya')
  expect(heard).toEqual(['xio', '熊'])
  commit(field, '熊勇')
  expect(heard).toEqual(['xio', '熊', '熊勇'])
})
