/**
 * How much each rule of the house looks at today. A rule that looks at nothing, or at half, would pass whatever
 * stands in the other half: so each says what it saw, and fails where that is a tenth more or less than is written
 * here. Whoever adds or takes away so much writes the new number, and sees by it what the rule reaches.
 */
import { expect } from 'vitest'

const counts = {
  'files of code': 1507,
  'imports of code': 10600,
  'files of the device outside platform': 1072,
  'files of code without words': 1347,
  'files with words of screens': 80,
  'style sheets': 85,
  'built style sheets': 17,
  'roots of built scripts': 6,
  'scripts of screens': 573,
  components: 363,
  'addresses of pages': 118,
  'files that link': 710,
  'files that name no role': 613,
  'files of the page itself': 3,
  'icons of the manifest': 4,
  'links of the page': 4,
  'files of tests': 674,
  'test files': 495,
  'files of src/app/views': 85,
  'files of src/app/acts': 56,
  'files of src/server/routes': 62,
  'files of src/server/ledger': 60,
  'files of src/server/colours': 18,
  'files of src/server/db': 109,
  'browser tests': 47,
  'browser tests that look': 30,
  'folders of the house': 41,
  'failures of docs/reliability.md': 136,
  'controls of screens': 19,
  'files of code but for the page of what Wuse has not': 1505,
  'files of the server': 420,
  'names of fields': 410,
  'pages of documents': 139,
  'packages in the lock file': 512,
  'names in docs/security.md': 74,
}

/** A tenth, and one where a tenth is less than one. */
export function expectAbout(what: string, known: number, seen: number): void {
  const isNear = Math.abs(seen - known) <= Math.max(1, known / 10)
  // Softly, so that one run says all that changed.
  expect.soft(isNear, `${what}: ${known} are written down, ${seen} are there`).toBe(true)
}

/** For a rule of the house: that it looks at as much as is written above. */
export function expectCount(what: keyof typeof counts, seen: number): void {
  expectAbout(`tests/support/counts.ts, ${what}`, counts[what], seen)
}
