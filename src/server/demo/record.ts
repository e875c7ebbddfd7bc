import type { Kind } from '#domain/record.ts'

/** A sample record before a database gives it a version. */
export interface DemoRecord {
  readonly kind: Kind
  readonly id: string
  readonly fields: Readonly<Record<string, unknown>>
  /** When it came into the register, and by which account. */
  readonly at?: string
  readonly by?: string
}
