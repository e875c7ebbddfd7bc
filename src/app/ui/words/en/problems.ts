import type { Words } from '../zh-CN.ts'

export const problems: Words['problems'] = {
  'not-signed-in': 'You are not signed in.',
  'session-ended': 'Your sign-in has ended. Please sign in again.',
  'wrong-password': 'Wrong account or password.',
  'wrong-code': 'The code is wrong or was used already. Please wait for the next one.',
  'code-needed': 'Please type the code.',
  'factor-to-set': 'Your account needs two-step sign-in first.',
  'too-many-attempts': 'Too many tries. Please wait some minutes.',
  'device-revoked': 'This device was blocked. Please ask the office.',
  'account-closed': 'This account was closed. Please ask the office.',
  'not-allowed': 'Your account may not do this.',
  malformed: 'The content is not in the right form.',
  'too-large': 'Too large. Please shorten it and send again.',
  'app-too-old': 'This version is too old. Please update; unsent work is not lost.',
  'server-too-old': 'The server is not updated yet. Please try again later.',
  'not-found': 'Not found.',
  'server-fault': 'Something went wrong on the server. It will be tried again by itself.',
  'database-unreachable': 'The server cannot work right now. It will be tried again by itself.',
  'file-unreadable':
    'This file cannot be opened: it is incomplete, or not from a device of this server.',
  'stream-not-yours': 'This grid is not in your area; it may have been reassigned.',
  'kind-not-yours': 'Your account may not change this kind of record.',
  'unknown-kind': 'The server does not know this kind of record.',
  'invalid-fields': 'Some of the content is not right.',
  'record-gone': 'This record was removed.',
  'record-exists': 'This record exists already.',
  'record-elsewhere': 'This record went to another grid.',
  'record-merged':
    'This record was merged into another one of the same person: please change that one.',
  'append-only': 'This kind of record can be added but not changed.',
  'reference-missing': 'The dwelling or household that it belongs to does not exist.',
  'duplicate-document': 'This document number is in the register already.',
  'scheme-moved-on': 'Somebody saved a newer version of the rules first; please open them again.',
  'place-closed': 'This place was closed.',
  'place-not-empty':
    'There are still buildings, places below it or people who work there. Move them first.',
  'login-taken': 'Somebody has this account name already. Choose another one.',
  'changed-meanwhile': 'Somebody else changed it just now. Look at it again first.',
  'weak-password':
    'This password is easy to guess: at least 8 characters, no run, no repetition, not the account name.',
  'new-password-needed': 'This password is for one time only. Choose a new one of your own.',
  'one-time-expired': 'This one-time password has expired. Ask the office for another one.',
  'second-person-needed':
    'A colour by hand is reviewed by somebody else, and not changed by others.',
  'batch-refused': 'Another part that was saved with it was not taken.',
  'time-implausible': 'The time of this record is wrong. Please check the clock of this device.',
  'sequence-gap': 'Sent in the wrong order; it will be sent again by itself.',
  'sequence-reused': 'The order of sending does not agree with the server. Please ask the office.',
  'approval-needed':
    'These are the data of a minor, and the office has not approved it; it was not taken.',
  'person-there-already':
    'Somebody of that name or telephone lives there already, and nobody was registered twice. Look whether it is the same person.',
  'answered-already':
    'A colleague has dealt with this declaration already, and nobody was registered twice. See how it stands; this one can be given up.',
  offline: 'No connection. Please try again when there is one.',
  'wrong-pin': 'Wrong PIN.',
  'pin-exhausted': 'Too many wrong PINs. Please sign in once with a connection.',
  'shift-over':
    'Please type the passphrase again: the shift is over, or the six digits were wrong.',
  'no-passkey': 'Not recognised this time. Please type the passphrase.',
  storage: 'The storage of this device could not be written. Nothing was saved.',
  'will-not-open':
    'The data on this device does not open. Please restart the phone first; everything in it is still there.',
  'began-anew':
    'A new one was begun. Please type the PIN again; the register then comes from the server.',
  'storage-cleared':
    'The phone cleared what Wuse had stored here, as browsers do after days without a visit or when the disk is full. Sign in, and it is fetched again. Work that had not been sent is gone: think of what you recorded lately, and record it again.',
  'disk-full':
    'This device is full. Nothing was saved; please free some space. What you typed is still here.',
  locked: 'Locked, not saved. Your draft is there after unlocking.',
  'unreadable-answer':
    'The network wants a sign-in of its own (a public Wi-Fi), or the answer was cut. It will be tried again by itself.',
}
