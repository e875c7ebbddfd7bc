import type { Register } from './register.ts'

/** One value for each register as it is now, so that the same need not be worked out twice. */
export interface KeptWithRegister<Value> {
  get(register: Register): Value | undefined
  set(register: Register, value: Value): void
}

/**
 * Forgotten with the next change of the register, and the lock is one: a search that was typed, and whom it found,
 * would otherwise outlive the people themselves.
 */
export function keepWithRegister<Value>(): KeptWithRegister<Value> {
  const values = new WeakMap<Register, { value: Value | undefined }>()
  return {
    get: (register) => values.get(register)?.value,
    set(register, value) {
      const held = values.get(register)
      if (held) {
        held.value = value
        return
      }
      const kept: { value: Value | undefined } = { value }
      values.set(register, kept)
      register.subscribe(() => (kept.value = undefined))
    },
  }
}
