import type { Words } from '../zh-CN.ts'

export const devices: Words['devices'] = {
  title: 'Devices',
  open: 'Devices of this office',
  openHint:
    'When each device last synced and what it has not sent; end a lost one; bring in unsent work.',
  needsNetwork: 'This page needs a connection.',
  loading: 'Reading the devices…',
  again: 'Try again',
  none: 'No device has signed in yet',
  noneHint: 'After a grid worker signs in for the first time, the device is listed here.',
  lastSeen: (when) => `Last sync ${when}`,
  version: (version) => `Version ${version}`,
  waiting: (count, since) => `${count} not sent, the oldest from ${since}`,
  refused: (count) => `${count} need attention`,
  allSent: 'Everything received',
  noReport: 'Has not reported yet',
  clockOff: (minutes) => `Clock ${minutes} minutes off`,
  storage: (used, quota) => `Uses ${used} of ${quota}`,
  notPersisted: 'The browser may evict its data',
  revoked: 'Ended',
  own: 'This device',
  revoke: 'End this device',
  revokeAsk: (name) =>
    `This device of ${name} will never open again, and nothing in it can be read.`,
  revokeLost: (count) =>
    `Careful: at its last sync it had ${count} not sent, and maybe more since. They are lost for ever. If you can get hold of the device, connect it or save its file first.`,
  revokeMaybeLost:
    'It may hold work from after its last sync. That is lost for ever. If you can get hold of the device, connect it or save its file first.',
  revokeYes: 'End it',
  bringIn: 'Bring in unsent work',
  bringInHint:
    'Choose the .wuse file saved on a worker’s device. Bringing it in twice changes nothing.',
  broughtIn: (count, applied) => `The file holds ${count}, ${applied} are in the register.`,
  broughtRefused: (count) =>
    `${count} were not accepted; the device shows the reasons when it is connected.`,
  save: 'Save unsent work as a file',
  saveHint:
    'For when there is no connection for long: the file is sealed, take it to the office. Nothing here is deleted.',
  saved:
    'The file is in Downloads. Take it to the office; once it is brought in, this list shows it as received.',
  signInFirst: 'Sign in online once before saving a file.',
}
