import type { Words } from '../zh-CN.ts'

export const sync: Words['sync'] = {
  title: 'Sync',
  offline: 'Offline',
  offlineUnsent: (count) => `Offline · ${count} unsent`,
  sending: (count) => (count > 0 ? `Sending ${count}` : 'Syncing'),
  upToDate: (time) => `Up to date ${time}`,
  neverSynced: 'Not synced yet',
  attention: (count) => `${count} to look at`,
  button: (state) => `Sync: ${state}`,
  signInAgain: 'Sign in again',
  explainOffline:
    'No connection now. Work on as usual: everything is kept on this device and goes out by itself.',
  explainSending: 'Sending the work of this device to the server.',
  explainUpToDate: 'The server has everything from this device.',
  explainAttention:
    'The server did not take some of it. Look at the reason, mend it and send again.',
  lastSync: (when) => `Last synced: ${when}`,
  offlineStart: {
    ready: 'Opens without a connection, also after a power cut.',
    preparing:
      'The app is being kept on this device, for about a minute. Until then it may not open without a connection.',
    never: 'This browser does not open the app without a connection. Please use another one.',
  },
  never: 'Never in touch with the server yet',
  unsent: (count) => `${count} not sent yet`,
  nothingUnsent: 'Nothing waits to be sent',
  refused: 'Not taken by the server',
  waiting: 'Waiting for a connection',
  now: 'Sync now',
  open: 'Open it',
  mend: 'Mend and send',
  sendAgain: 'Send again',
  giveUp: 'Give it up',
  giveUpAsk:
    'It will never be sent, and this device will show what the server has. Give it up for good?',
  giveUpYes: 'Yes, give it up',
  skew: (minutes) =>
    `The clock of this device is ${minutes} minutes off. Please set the time automatically in the system settings.`,
  sessionEnded: 'Your sign-in has ended. All work is on this device; enter your password to go on.',
  continueSync: 'Go on syncing',
  damagedPages: 'Part of the data on this device cannot be read; it is being fetched again.',
  damagedWork: (count) =>
    `${count} unsent entries on this device are damaged and cannot be read. Think of what you recorded lately and record it again.`,
  damagedKnown: 'Understood',
  doubled: (count) =>
    `${count} entries have a number that another place uses too. The one that came first is shown. Tell the administrator.`,
  clashes: (count) => `${count} changes differ from a colleague's; both values are kept.`,
  openClashes: 'Check',
}
