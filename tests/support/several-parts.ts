/**
 * Statements that may ask every part of a table, each with its reason. Whatever a worker's round of the day consists of
 * (sign-in, push, pull, held pull) is not among them.
 */
export const severalParts: readonly { readonly having: RegExp; readonly why: string }[] = []
