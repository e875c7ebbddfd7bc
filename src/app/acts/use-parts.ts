/** How a component names the parts of the device that it uses, so that its test hands over those and no others. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { DeviceParts } from './device-parts.ts'

/** What `Root` hands down: all parts; in a test the few that are drawn from. */
export const PartsContext = createContext<Partial<DeviceParts> | null>(null)

/**
 * The parts of these names.
 *
 * @throws Error where nobody handed one of them down: a mistake in the program, named so that a test can be mended
 */
export function useParts<Name extends keyof DeviceParts>(
  ...names: readonly Name[]
): Pick<DeviceParts, Name> {
  const parts = useContext(PartsContext)
  if (!parts) throw new Error('useParts outside of PartsContext')
  for (const name of names) {
    if (parts[name] === undefined) throw new Error(`no part "${name}" was handed down`)
  }
  return parts as Pick<DeviceParts, Name>
}
