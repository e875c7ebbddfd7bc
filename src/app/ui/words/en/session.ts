import type { Words } from '../zh-CN.ts'

export const session: Words['session'] = {
  title: 'Sign in',
  lead: 'The register that works without a signal',
  login: 'Account',
  password: 'Password',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  signInNeedsNetwork:
    'The first sign-in on a device needs a connection; after that it works without.',
  waitSeconds: (seconds: number) => `Too many tries; please wait ${seconds} seconds.`,
  otherAccount: 'Another account',
  knownAccounts: 'Accounts on this device',
  choosePin: 'Choose a PIN of 6 digits',
  choosePinHint: 'It unlocks the app from now on. No birthday, no 123456.',
  repeatPin: 'Once more',
  pinsDiffer: 'The two were not the same. Please start again.',
  pinTooEasy: 'That PIN is too easy to guess. Please choose another.',
  pinBusy: 'Encrypting…',
  unlock: 'Enter your PIN',
  unlocking: 'Opening…',
  wrongPin: (left) => `Wrong PIN. ${left} tries left.`,
  pinExhausted:
    'Too many wrong PINs. Sign in once with your password and a connection; unsent work is still here.',
  forgotPin: 'Forgot the PIN',
  forgotPinHint: 'Sign in with your password and choose a new one. Unsent work is not lost.',
  usePassphrase: 'Use the passphrase instead',
  lockNow: 'Lock now',
  firstPull: 'Putting your grid on this device',
  firstPullHint:
    'Only the first time takes a while. After an interruption it goes on where it was.',
  firstPullProgress: (done, total) => `${done} of ${total} records`,
  firstPullWaiting: 'Connecting…',
  firstPullOffline: 'No connection; it goes on by itself when there is one.',
  starting: 'Opening Wuse…',
  erase: 'Erase one digit',
  failed: 'The storage of this device cannot be opened',
  failedHint:
    'Make sure this is no private window and the storage is not full, then open the app again. Whatever was sent is on the server.',
  stillNotOpen: 'It still does not open',
  beginAnewAsk:
    'A new one is filled from the server. The old one stays on this device and is not deleted: as soon as it opens again, the unsent work in it is sent by itself.',
  beginAnewYes: 'Begin a new one and go on',
  storage: 'The storage of this device cannot be written. Please free some space and try again.',
}
