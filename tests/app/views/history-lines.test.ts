import { expect, it } from 'vitest'
import { createRegister } from '#app/register/create-register.ts'
import { historyOf } from '#app/views/history-lines.ts'
import { change, gridA, page, record, resident, uuid } from '../register/grid-of-samples.ts'

it('gives each line its author and the roster that it came from, the newest first', () => {
  const at = '2026-11-20T02:00:00.000Z'
  const register = createRegister()
  register.applyPages([
    page(
      gridA,
      [
        resident(10, 5, '样例甲'),
        record('account', 8, { name: '样例员' }),
        record(
          'import',
          20,
          {
            ...{ title: '样例.xlsx', parts: 1, rows: 1, added: 0, changed: 1, bases: [] },
            ...{ outcome: 'written', source: '公安', sourceOn: '2026-11-20' },
          },
          { at, by: uuid(8) },
        ),
      ],
      { changes: [change(12, 10, { at, by: uuid(8) }), change(11, 10, { by: uuid(9) })] },
    ),
  ])
  const told = historyOf(register, uuid(10)).filter(({ line }) => line.op === 'patch')
  expect(told.map(({ author, origin }) => [author, origin?.source ?? null])).toEqual([
    ['样例员', '公安'],
    [null, null],
  ])
})
