import { VaultFault } from './vault.ts'

/** What a failed write or read means to a person. A quota lies under several names and layers of Dexie's errors. */
export function errorToFault(error: unknown): VaultFault {
  if (error instanceof VaultFault) return error
  return new VaultFault(isQuota(error, 0) ? 'disk-full' : 'storage', error)
}

function isQuota(error: unknown, depth: number): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false
  const { name, inner, cause, failures } = error as Record<string, unknown>
  if (name === 'QuotaExceededError') return true
  const below = [inner, cause, ...(Array.isArray(failures) ? (failures as unknown[]) : [])]
  return below.some((one) => isQuota(one, depth + 1))
}
