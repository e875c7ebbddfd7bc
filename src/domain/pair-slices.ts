/**
 * How all people of a large office are gone through for those who may be registered twice: everybody who has something in
 * common is compared, a part of them at a time. Of what `same-person.ts` compares by it takes what a database can tell
 * of hundreds of thousands: the same document, the same name with the same birthday, the same name with the same telephone.
 */
export type PairSlice =
  | { readonly by: 'document' }
  /** Two digits. */
  | { readonly by: 'birth'; readonly month: string }
  /** Its last one. */
  | { readonly by: 'phone'; readonly digit: string }

export const pairSlices: readonly PairSlice[] = [
  { by: 'document' },
  ...Array.from({ length: 12 }, (_, n) => ({
    ...{ by: 'birth' as const, month: String(n + 1).padStart(2, '0') },
  })),
  ...Array.from({ length: 10 }, (_, n) => ({ by: 'phone' as const, digit: String(n) })),
]
