/** The field of a form: the draft is on the disk before a camera opens, each shot has a fresh input, words wait for nothing. */
import { fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { expect, it } from 'vitest'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import { PhotoField } from '#app/ui/pieces/photos/PhotoField.tsx'
import type { FormPhotos } from '#app/ui/pieces/photos/use-photos.ts'

function open(more: Partial<FormPhotos> = {}) {
  const order: string[] = []
  const drafts = { flush: () => Promise.resolve(void order.push('sealed')) }
  const photos = {
    ...{ list: [], room: null, isBusy: false, problem: null, isReady: true },
    take: (_: string, file: File) => order.push(`took ${file.name}`),
    ...more,
  } as unknown as FormPhotos
  render(
    <PartsContext.Provider value={{ drafts } as unknown as DeviceParts}>
      <PhotoField photos={photos} stream="grid" onKeep={() => order.push('kept')} />
    </PartsContext.Provider>,
  )
  const camera = () => screen.getByLabelText<HTMLInputElement>('拍照', { selector: 'input' })
  return { order, camera }
}
const shot = (name: string) => new File(['x'], name, { type: 'image/jpeg' })

it('seals the draft before the camera opens, and gives each shot an input that holds nothing', async () => {
  const { order, camera } = open()
  const first = camera()
  first.click = () => order.push('opened')
  fireEvent.click(screen.getByRole('button', { name: '拍照' }))
  await waitFor(() => expect(order).toEqual(['kept', 'sealed', 'opened']))
  fireEvent.change(first, { target: { files: [shot('1.jpg')] } })
  await waitFor(() => expect(camera()).not.toBe(first))
  expect(order.at(-1)).toBe('took 1.jpg')
  // Of no kind beyond a picture: a telephone then gives a JPEG where it keeps something else.
  expect(camera().accept).toBe('image/*')
  expect(screen.getByText('可以不拍')).toBeTruthy()
})

it('takes none where the room is full, and says that words are saved as ever', () => {
  open({ room: { used: 60, most: 60, state: 'full' } })
  expect(screen.getByRole('button', { name: '拍照' })).toHaveProperty('disabled', true)
  expect(screen.getByText(/文字照常保存/)).toBeTruthy()
})

it('is not there where its script did not come', () => {
  open({ isReady: false })
  expect(screen.queryByRole('button')).toBeNull()
})
