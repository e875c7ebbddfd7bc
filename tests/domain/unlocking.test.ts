import { describe, expect, it } from 'vitest'
import { roles } from '#domain/account.ts'
import { isWeakPassphrase, needsPassphrase, strengthOf } from '#domain/unlocking.ts'

describe('a passphrase', () => {
  it('is asked of everybody but a worker of one grid and a gate, which has plates alone', () => {
    expect(roles.filter((role) => !needsPassphrase(role, 1))).toEqual(['worker', 'gate'])
    expect([0, 1, 2, 3].map((grids) => needsPassphrase('worker', grids))).toEqual([
      false,
      false,
      true,
      true,
    ])
  })

  it.each([
    ['', 'too-short'],
    ['Gx7!kQ2', 'too-short'],
    ['九个汉字还不够长哦', 'too-short'],
    ['1234567890', 'too-easy'],
    ['0000000000000000', 'too-easy'],
    ['abcdefghijklmnop', 'too-easy'],
    ['abcabcabcabcabc', 'too-easy'],
    ['13800100100', 'too-easy'],
    ['office2office2', 'too-easy'],
    ['xoffice2office2y', 'too-easy'],
    ['qmxkrtvwzplg', 'enough'],
    ['four words of tea in rain', 'strong'],
    ['竹篮打水一场空又怎样', 'strong'],
  ])('%s is %s', (passphrase, strength) => {
    expect(strengthOf(passphrase, 'office2')).toBe(strength)
    expect(isWeakPassphrase(passphrase, 'office2')).toBe(strength.startsWith('too'))
  })

  it('is not longer than a field holds', () => {
    expect(isWeakPassphrase('teal lantern '.repeat(20), 'office2')).toBe(true)
  })
})
