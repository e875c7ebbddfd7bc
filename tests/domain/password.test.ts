import { describe, expect, it } from 'vitest'
import { isWeakPassword } from '#domain/password.ts'

describe('a password', () => {
  it.each(['1234567', '12345678', '87654321', 'abcdefgh', 'aaaaaaaa', 'abababab', 'worker1x', ''])(
    'is not %j',
    (password) => expect(isWeakPassword(password, 'worker1')).toBe(true),
  )

  it.each(['correct horse', '样例的长密码一句', '3x-Kanal', 'worker1 am Fluss'])(
    'may be %j',
    (password) => expect(isWeakPassword(password, 'worker1')).toBe(false),
  )

  it('has an end', () => {
    expect(isWeakPassword('ab cd ef'.repeat(32), 'x')).toBe(false)
    expect(isWeakPassword(`${'ab cd ef'.repeat(32)}x`, 'x')).toBe(true)
  })
})
