import type { PlaceBookWords } from './place-book-zh.ts'

export const placeBookEn: PlaceBookWords = {
  language: 'en',
  title: 'Places and people from a workbook',
  how: 'One workbook makes communities, villages, grids, micro-grids, departments and the people in them at once. Each row is checked before anything is written, and all of it can be taken back.',
  template: '1. Download an empty workbook',
  choose: '2. Choose the filled one',
  chooseHint:
    '.xlsx, .xls, .et, .ods or .csv. Rows that were written before may stand in it: what is there already is recognised and not made twice.',
  reading: 'Reading the workbook…',
  nothingWritten: 'Nothing was written.',
  trouble: {
    empty: 'This file is empty.',
    'too-large': 'The file is too large; 8 MB at most. Remove pictures and sheets not needed.',
    'too-much-inside': 'There is more in this file than there should be; save it as a new .xlsx.',
    'too-many-rows': 'Too many rows; 5,000 at once at most. Make several files of it.',
    'too-many-lines': 'Too many rows; 5,000 at once at most. Make several files of it.',
    encrypted: 'The file has a password. Take it off in Excel, save, and choose it again.',
    'no-reader':
      'What reads such a file is not on this device yet. Choose it again with a connection, or save it as .xlsx.',
    'web-page': 'This is a web page without a table. Open it in Excel or WPS, save it as .xlsx.',
    forms: 'This is no table with a place in each row; it was not read.',
    'not-a-table':
      'This is no table, or it was renamed. Open it in Excel or WPS, save it as .xlsx.',
    damaged: 'The file is cut short or damaged; it was not read. Copy it once more.',
    'no-table':
      'No table to read: no headers such as “Kind, Name” or “Name, Account”, or no row below them.',
  },
  formulas: 'Of cells with formulas the results stored in the file were taken.',
  willMake: 'To be made',
  places: (n: number) => (n === 1 ? '1 place' : `${n} places`),
  accounts: (n: number) => (n === 1 ? '1 account' : `${n} accounts`),
  of: (n: number, what: string) => `${n} × ${what}`,
  thereRows: (n: number) =>
    n === 1
      ? '1 row is there already, and left alone.'
      : `${n} rows are there already, and left alone.`,
  wrongRows: (n: number) => (n === 1 ? '1 row is not written' : `${n} rows are not written`),
  wrongHint:
    'Mend them and choose the whole file again: what was written is recognised and not made twice.',
  moreWrong: (n: number) => `And ${n} more, to be seen when these are mended.`,
  nothingNew: 'There is nothing new to make.',
  under: (name: string) => `Under ${name}`,
  inside: (places: number, people: number) =>
    [
      places > 0 && (places === 1 ? '1 place' : `${places} places`),
      people > 0 && (people === 1 ? '1 person' : `${people} people`),
    ]
      .filter(Boolean)
      .join(' · '),
  write: (places: number, people: number) =>
    `Write ${[
      places > 0 && (places === 1 ? '1 place' : `${places} places`),
      people > 0 && (people === 1 ? '1 account' : `${people} accounts`),
    ]
      .filter(Boolean)
      .join(' and ')}`,
  writing: 'Writing…',
  another: 'Another file',
  changed: 'Something changed since the file was chosen. Please look once more before writing.',
  written: 'All of it is written',
  slipsTitle: 'Slips with passwords',
  slipsHint:
    'One for each new account, with its one-time password. They are shown this once: print them now, cut them, hand them over in person.',
  slipsGoing: (done: number, total: number) => `Making slips: ${done} of ${total}`,
  slipsStopped: (done: number, total: number) =>
    `Stopped after ${done} of ${total}: no connection, or no answer. One more tap goes on.`,
  goOn: 'Go on',
  print: (n: number) => (n === 1 ? 'Print 1 slip' : `Print ${n} slips`),
  onScreen: 'Look at them on screen',
  slipsDone: 'They are printed, done',
  slipsLost:
    'Whoever leaves without printing can have another set made; the first one is void then. For a single person use that person’s page.',
  slipsNobody:
    'Nobody waits for a slip: all of these have signed in with passwords of their own, or are closed.',
  slipsListing: 'Fetching the list of accounts…',
  slipsUnlisted:
    'The list of accounts did not come, and no slip was made yet. Try again once online, or make them later under the workbooks of before.',
  slipsAgain: 'Try again',
  slipsLeave: 'Done',
  slip: {
    heading: 'One-time password',
    name: 'Name',
    place: 'Places',
    login: 'Account',
    password: 'One-time password',
    until: 'Valid until',
    address: 'Address',
    steps: [
      'Open the address above in the browser of your phone or tablet.',
      'Type account and one-time password, tap “Sign in”.',
      'Choose a password of your own, then a PIN of 6 digits. Destroy this paper afterwards.',
    ],
  },
  past: 'Written before',
  pastNone: 'Nothing was written from a workbook yet.',
  pastLine: (who: string, when: string) => [who, when].filter(Boolean).join(' · '),
  takenBack: (when: string) => `taken back ${when}`,
  takeBack: 'Take it all back',
  takeBackAsk: 'Its places and accounts are gone then, and the account names free again.',
  takeBackYes: 'Yes, take it back',
  tookBack: 'Taken back',
  makeSlips: (n: number) =>
    n === 1 ? 'A slip for the one not signed in yet' : `Slips for ${n} who have not signed in yet`,
  makeSlipsAsk: (n: number) =>
    `${n === 1 ? 'This person gets a new one-time password' : `These ${n} people get a new one-time password each`}. Slips printed before stop working at once, also those already handed out.`,
  makeSlipsYes: 'Yes, make new ones',
  standing: {
    record: (name: string) =>
      `It cannot be taken back as a whole: something is recorded in “${name}”. Change or close places one by one.`,
    place: (name: string) =>
      `It cannot be taken back as a whole: a place was added under “${name}” later.`,
    person: (name: string) =>
      `It cannot be taken back as a whole: somebody else works in “${name}” since.`,
    'signed-in': (name: string) =>
      `It cannot be taken back as a whole: ${name} has signed in already.`,
  },
  row: (sheet: string, row: number) => `“${sheet}” row ${row}`,
  field: {
    kind: 'Kind',
    name: 'Name',
    parent: 'Under',
    code: 'Division code',
    login: 'Account',
    role: 'Role',
    places: 'Places',
  },
  problem: {
    missing: (field: string) => `Nothing stands under “${field}”.`,
    'missing-parent': (kind: string) => `Nothing stands under “Under”: say where this ${kind} is.`,
    'too-long': (field: string, most: number) => `“${field}” is too long; ${most} letters at most.`,
    formula: (field: string) => `There is a formula under “${field}”; write its text.`,
    'unknown-kind': (text: string) =>
      `There is no kind “${text}”: community, village, cooperative, grid, micro-grid or unit.`,
    'unknown-role': (text: string) =>
      `There is no role “${text}”: grid worker, community staff, subdistrict administrator, department handler or auditor.`,
    'unknown-place': (text: string) =>
      `“${text}” is not found: neither in the workbook nor in the register.`,
    'code-wrong': (text: string) => `Division code “${text}”: 12 digits, or nothing.`,
    'code-twice': (other: string) => `The division code is that of ${other}.`,
    'code-taken': (text: string) => `The division code is that of “${text}”, which is there.`,
    many: (text: string, n: number) =>
      `${n} places are called “${text}”. Write what it is under as well, as in Sample/${text}.`,
    misplaced: (kind: string, above: string, text: string) =>
      `A ${kind} does not stand under a ${above} (${text}).`,
    loop: (other: string) => `It stands under itself, by way of ${other}.`,
    twice: (other: string) => `It is the same place as ${other}; remove one of the rows.`,
    'other-kind': (text: string, kind: string) => `“${text}” is there already, as a ${kind}.`,
    'above-wrong': (text: string, other: string) =>
      `Something is wrong with “${text}”; mend ${other} first.`,
    'login-wrong': (text: string) =>
      `Account “${text}”: only small letters and digits, dots and hyphens inside, 32 at most.`,
    'login-twice': (other: string) => `The account is that of ${other}.`,
    'login-taken': (text: string) =>
      `Somebody has the account “${text}” already; take another one.`,
    misfit: (role: string, kind: string, text: string) =>
      `No ${role} works in a ${kind} (${text}): grid workers work in grids, community staff in communities, handlers in units.`,
    'not-yours': (what: string) => `The office above makes a ${what}, you cannot.`,
  },
  thisOne: 'place or account like this',
  otherRow: 'another row',
  file: 'places-and-people-empty',
  placesSheet: 'Places',
  peopleSheet: 'People',
  placesExample: 'Example of places',
  peopleExample: 'Example of people',
  abovePlaces: [
    'Places: one in each row, in any order',
    'Choose the kind in its cell. Under: where it stands; communities, villages and the units of the subdistrict leave it empty. Of grids with the same name write the community too, as in Sample community/First grid. Division code: 12 digits, empty where it is not public.',
  ],
  abovePeople: [
    'People: one account in each row',
    'Accounts are of small letters and digits, for signing in; they stay for ever. Choose the role in its cell. Several places with ; between them; administrators and auditors leave it empty.',
  ],
  examplePlaces: [
    ['community', 'Sample community', '', '330111001099'],
    ['grid', 'First grid', 'Sample community', ''],
    ['micro-grid', 'Sample estate east', 'Sample community/First grid', ''],
    ['village', 'Sample village', '', ''],
    ['grid', 'First grid', 'Sample village', ''],
    ['unit', 'Sample department', '', ''],
  ],
  examplePeople: [
    ['Sample One', 'sample.one', 'grid worker', 'Sample community/First grid'],
    ['Sample Two', 'sample.two', 'grid worker', 'Sample village/First grid; Sample estate east'],
    ['Sample Three', 'sample.three', 'community staff', 'Sample community'],
    ['Sample Four', 'sample.four', 'department handler', 'Sample department'],
  ],
}
