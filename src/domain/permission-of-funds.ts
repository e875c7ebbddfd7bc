/** Who keeps the account of a stairwell: a part of `permission.ts`, by itself so that no first screen has to carry it. */
import type { Role } from './account.ts'
import { mayAnswer, mayWrite } from './permission.ts'

/** Whether a role opens and closes funds, and hands out the way to their pages. */
export function mayKeepFunds(role: Role): boolean {
  return mayAnswer(role)
}

/** Whether a role enters what was paid, and says yes or no to what somebody else entered. */
export function mayEnterInFund(role: Role): boolean {
  return mayWrite(role, 'fund-entry')
}

/**
 * Null where an account may say this about the entry of another: it counts once a second one agreed, and only whoever
 * entered it takes it back unseen.
 */
export function mayDecideEntry(
  says: 'agree' | 'object' | 'withdraw',
  by: string,
  author: string | null,
): 'second-person-needed' | 'kind-not-yours' | null {
  if (says === 'withdraw') return by === author ? null : 'kind-not-yours'
  return by === author ? 'second-person-needed' : null
}
