/** A word is never reused for another meaning. */
export const auditActs = [
  'began', // what was changed before the chain began
  'changes', // what one push changed in a stream
  'reveal', // a masked value was shown
  'export', // a table was taken out of the register
  'import', // a roster was brought in
  'sign-in',
  'sign-in-failed',
  'sign-in-slowed', // somebody has to wait before the next try
  'sign-out',
  'device-revoked',
  'unsent-file', // a file of unsent work was brought in
  'account', // an account was made, changed, closed, handed over
  'place', // a place was made, changed, split, merged
  'search', // somebody looked for people over all places of an account
  'table', // somebody read the table of people over places that their device need not hold
  'file', // everything held about a person was put together
  'audit-read', // somebody looked into this log
  'purge-listed', // records came on the list of what is purged next
  'purge-kept', // the office said that one stays, or goes again
  'purge-held', // a purge stopped and waits for an administrator
  'purge-agreed', // somebody said yes to it, or took that back
  'purge', // values were emptied because their time was over
  'pairs', // somebody looked for people registered twice over all places of an account
  'pull', // a device took places from their beginning
  'look-refused', // somebody looked at a minor, or took one out, without an approval
  'backup', // one was taken and read back
  'photo-seen', // a department opened a photograph of its errand
  'breach', // who was on a lost device was put together, to tell them
  'hotline', // an outside system handed something in, or an office decided about it or its key
  'ask', // a resident's page: a code was made or stopped, what waited was decided
  'restored', // a backup took the place of what was here
] as const
export type AuditAct = (typeof auditActs)[number]
