/** Codes on walls as an office looks at them. */
import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { codesByBuilding, pageAddressHere, pageSettingsAbove } from '#app/views/wall-codes.ts'
import { building, gridA, page, record, uuid } from '../register/grid-of-samples.ts'

const address = 'https://ask.example.cn'
const code = (id: number, name: string, more: object = {}) =>
  record('code', id, { code: '0'.repeat(22), address, name, ...more })

function registerWith(...codes: ReturnType<typeof code>[]) {
  const register = createRegister()
  const place = { placeKind: 'grid', name: '第一网格', page: { telephone: '0571-00000000' } }
  register.applyPages([
    page(gridA, [record('place', 1, place, { id: gridA }), building(5, '3幢', 1), ...codes]),
  ])
  return register
}

it('stand by building, those in use first, and places without one by their grid', () => {
  const house = { building: building(5, '3幢', 1).id }
  const register = registerWith(
    code(20, '清风阳光苑 3幢10单元', house),
    code(21, '清风阳光苑 3幢2单元', house),
    code(22, '清风阳光苑 3幢1单元', { ...house, stopped: '2026-11-23T06:32:00.000Z' }),
    code(23, '东门岗亭'),
  )
  const groups = codesByBuilding(register).map(({ head, codes }) => [
    head,
    codes.map(({ fields }) => fields.name),
  ])
  expect(groups).toEqual([
    ['第一网格', ['东门岗亭']],
    ['清风阳光苑 3幢', ['清风阳光苑 3幢2单元', '清风阳光苑 3幢10单元', '清风阳光苑 3幢1单元']],
  ])
})

it('know where the page is, and which telephone stands on it', () => {
  const register = registerWith(code(20, '东门岗亭'))
  expect(pageAddressHere(register, gridA)).toBe(address)
  expect(pageSettingsAbove(register, gridA)?.telephone).toBe('0571-00000000')
  const stopped = { stopped: '2026-11-23T06:32:00.000Z' }
  expect(pageAddressHere(registerWith(code(20, '东门岗亭', stopped)), uuid(99))).toBeNull()
})
