/** Whom to call stands at the top of a red person's page, masked until somebody says why they look. */
import { fireEvent, render, screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createRegister } from '#app/register/create-register.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { PartsContext } from '#app/acts/use-parts.ts'
import type { Reveals } from '#app/ui/pieces/reveals.ts'
import { ContactFirst } from '#app/ui/walk/resident/ContactFirst.tsx'
import {
  building,
  dwelling,
  gridA,
  household,
  page,
  resident,
  today,
  uuid,
} from '#tests/app/register/grid-of-samples.ts'

const contact = { contactName: '样小妹', contactPhone: '100-0000-0109' }
const red = { birth: '1940-01-01' }

function show(fields: Record<string, unknown>, shown: readonly string[] = []) {
  const register = createRegister()
  register.applyPages([
    page(gridA, [
      building(100, '3幢', 1),
      dwelling(200, 100, '1', '101'),
      household(300, 200),
      resident(400, 300, '样老大', fields),
    ]),
  ])
  const person = register.get('resident', uuid(400))
  if (!person) throw new Error('nobody is there')
  const asked: string[] = []
  const reveals = {
    isShown: (field: string) => shown.includes(field),
    toggle: (field: string) => void asked.push(field),
  } as unknown as Reveals
  const parts = { register, today: createStore(() => ({ day: today })) } as unknown as DeviceParts
  const { container } = render(
    <PartsContext.Provider value={parts}>
      <ContactFirst resident={person} reveals={reveals} />
    </PartsContext.Provider>,
  )
  return { container, asked }
}

it('says whom to call of a red person, masked, and asks before it shows', () => {
  const { container, asked } = show({ ...red, ...contact })
  screen.getByRole('heading', { name: '有急事打给谁、谁有钥匙' })
  screen.getByText('样*妹')
  expect(container.textContent).not.toContain(contact.contactPhone)
  expect(screen.queryByRole('link')).toBeNull()
  for (const button of screen.getAllByRole('button')) fireEvent.click(button)
  expect(asked).toEqual(['contactName', 'contactPhone'])
})

it('is called with one tap once it was shown', () => {
  show({ ...red, ...contact }, ['contactPhone'])
  expect(screen.getByRole('link').getAttribute('href')).toBe(`tel:${contact.contactPhone}`)
})

it('asks for somebody where nobody is named', () => {
  show(red)
  expect(screen.getByRole('link', { name: '去填联系人' }).getAttribute('href')).toContain(
    `/resident/${uuid(400)}/edit`,
  )
})

it('says nothing of people who are not red', () => {
  expect(show({ ...contact }).container.textContent).toBe('')
})
