import type { DemoRecord } from '#server/demo/record.ts'

const parentFields = {
  dwelling: 'building',
  household: 'dwelling',
  resident: 'household',
  visit: 'household',
} as const

/** The record of the same grid that a sample hangs on; null for buildings. */
export function parentOfSample({ kind, fields }: DemoRecord): string | null {
  const field = Object.entries(parentFields).find(([name]) => name === kind)?.[1]
  return field ? String(fields[field]) : null
}
