/** What the office answers, or why it could not be asked. */
import type { Problem } from '#protocol/problem.ts'

export type OfficeAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem | 'offline' | 'unreadable-answer' }
