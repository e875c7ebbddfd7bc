/** What somebody looks for in the log, and the acts that it means. */
export const groups = {
  looks: ['reveal', 'search', 'table', 'pairs', 'look-refused', 'file', 'pull', 'audit-read'],
  changes: ['change'],
  exports: ['export', 'file', 'import', 'unsent-file', 'breach', 'backup', 'restored'],
  signIns: ['sign-in', 'sign-in-failed', 'sign-in-slowed', 'sign-out', 'device-revoked'],
  office: [
    'account',
    'place',
    'purge',
    'purge-listed',
    'purge-kept',
    'purge-held',
    'purge-agreed',
    'hotline',
    'ask',
  ],
} as const
export type Group = keyof typeof groups

export function isGroup(text: string): text is Group {
  // An address may say `toString`, which every object has.
  return Object.keys(groups).includes(text)
}
