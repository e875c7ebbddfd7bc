// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/preact'
import { afterEach, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Register } from '#app/register/register.ts'
import { useParts } from '#app/acts/use-parts.ts'
import { useRegister, useStore } from '#app/stores/use-store.ts'

afterEach(cleanup)

/** The two members that the hook reads, and one for the test to select. */
function fakeRegister() {
  const listeners = new Set<() => void>()
  const register = {
    revision: 1,
    names: ['样本甲'],
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change(names: string[]) {
      register.names = names
      register.revision += 1
      for (const listener of listeners) listener()
    },
    listeners,
  }
  return register
}
const asApp = (register: ReturnType<typeof fakeRegister>) => ({
  register: register as unknown as Register,
})
const namesOf = (register: Register) => [...(register as unknown as { names: string[] }).names]

test('a store draws again only when the selected value changes', () => {
  const store = createStore(() => ({ a: 1, b: 1 }))
  let draws = 0
  const { result } = renderHook(() => {
    draws += 1
    return useStore(store, (state) => state.a)
  })
  expect([result.current, draws]).toEqual([1, 1])
  void act(() => store.setState({ b: 2 }))
  expect(draws).toBe(1)
  void act(() => store.setState({ a: 2 }))
  expect([result.current, draws]).toEqual([2, 2])
})

test('a list made anew with the same elements keeps its identity', () => {
  const store = createStore(() => ({ list: ['a'], other: 0 }))
  const { result, rerender } = renderHook(() => useStore(store, (state) => [...state.list]))
  const first = result.current
  void act(() => store.setState({ other: 1 }))
  rerender()
  expect(result.current).toBe(first)
  void act(() => store.setState({ list: ['a', 'b'] }))
  expect(result.current).toEqual(['a', 'b'])
})

test('the register is read anew with each revision, and with what the closure needs', () => {
  const register = fakeRegister()
  const { result, rerender } = renderHook(
    ({ prefix }: { prefix: string }) =>
      useRegister(asApp(register), (all) => namesOf(all).map((name) => prefix + name)),
    { initialProps: { prefix: '一' } },
  )
  expect(result.current).toEqual(['一样本甲'])
  void act(() => register.change(['样本乙']))
  expect(result.current).toEqual(['一样本乙'])
  rerender({ prefix: '二' })
  expect(result.current).toEqual(['二样本乙'])
})

test('with inputs named, a redraw for another reason does not read again', () => {
  const register = fakeRegister()
  let reads = 0
  const { result, rerender } = renderHook(
    ({ grid }: { grid: string }) =>
      useRegister(
        asApp(register),
        (all) => {
          reads += 1
          return grid + namesOf(all).length
        },
        [grid],
      ),
    { initialProps: { grid: 'g' } },
  )
  rerender({ grid: 'g' })
  rerender({ grid: 'g' })
  expect(reads).toBe(1)
  void act(() => register.change(['样本甲', '样本乙']))
  expect([result.current, reads]).toEqual(['g2', 2])
  rerender({ grid: 'h' })
  expect([result.current, reads]).toEqual(['h2', 3])
})

test('a component that is gone listens no more', () => {
  const register = fakeRegister()
  const { unmount } = renderHook(() => useRegister(asApp(register), namesOf))
  expect(register.listeners.size).toBe(1)
  unmount()
  expect(register.listeners.size).toBe(0)
})

test('outside of the context it is a bug', () => {
  expect(() => renderHook(() => useParts())).toThrow(/PartsContext/)
})
