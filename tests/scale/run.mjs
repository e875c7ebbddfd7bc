// What a register of a size needs, reckoned: `npm run scale` prints the tables of docs/scale.md. Nothing is measured
// here; what was measured stands in `measured`, each with where it comes from.

/** Of one resident, visit or device; see docs/scale.md for how each was measured. */
const measured = {
  /** Bytes of database a resident with everything that belongs to them takes after the first fill. */
  bytesOfResident: 1_900,
  /** Bytes that a mutation leaves for good: its change, its share of the audit entry, its record and indexes. */
  bytesOfMutation: 1_000,
  /** Processor milliseconds of server and database together, on one PostgreSQL. */
  cpu: { push: 15, heldPull: 4.1, wake: 1.1 },
}

/** How people work, as the domain has it. */
const work = {
  residentsOfGrid: 1_150,
  residentsOfWorker: 430,
  devicesOfWorker: 1.2,
  workingDays: 250,
  /** Few: the visits that intervals ask for, three mutations each. Many: sixty mutations in thirty pushes. */
  few: { pushesOfWorker: 2.5, mutationsOfWorker: 7.5 },
  many: { pushesOfWorker: 30, mutationsOfWorker: 60 },
  /** A fifth of the day's pushes come within one hour, and twice as many in its worst minutes. */
  peak: (0.2 / 3_600) * 2,
  /** So many of all devices are open at the busiest time; each asks once a minute and is woken every 25 s at most. */
  open: 0.25,
}

const sizes = [
  ['subdistrict', 35_000],
  ['large subdistrict', 350_000],
  ['city', 12_000_000],
  ['province', 64_000_000],
]

/** @param {number} n */
function count(n) {
  if (n >= 1_000_000) return `${Math.round(n / 100_000) / 10} M`
  if (n >= 10_000) return `${Math.round(n / 1_000)} k`
  return n >= 10 ? String(Math.round(n)) : String(Math.round(n * 10) / 10)
}

/** @param {number} bytes */
function size(bytes) {
  if (bytes >= 1e12) return `${Math.round(bytes / 1e11) / 10} TB`
  if (bytes >= 1e9) return `${Math.round(bytes / 1e8) / 10} GB`
  return `${Math.round(bytes / 1e6)} MB`
}

/** @param {number} residents */
function reckon(residents) {
  const workers = residents / work.residentsOfWorker
  const devices = workers * work.devicesOfWorker
  const open = devices * work.open
  const growth = (/** @type {{ mutationsOfWorker: number }} */ { mutationsOfWorker }) =>
    workers * mutationsOfWorker * work.workingDays * measured.bytesOfMutation
  const pushes = workers * work.many.pushesOfWorker * work.peak
  const { cpu } = measured
  return {
    streams: count(residents / work.residentsOfGrid),
    workers: count(workers),
    'first fill': size(residents * measured.bytesOfResident),
    'growth a year': `${size(growth(work.few))} to ${size(growth(work.many))}`,
    'pushes a second, at worst': count(pushes),
    'devices open at once': count(open),
    'questions a second': count(open / 60),
    'cores, at worst': count(
      (pushes * cpu.push + (open / 60) * cpu.heldPull + (open / 25) * cpu.wake) / 1_000,
    ),
  }
}

const columns = sizes.map(([name, residents]) => ({
  name: `${name}, ${count(Number(residents))}`,
  ...reckon(Number(residents)),
}))
const rows = Object.keys(columns[0] ?? {}).filter((key) => key !== 'name')
console.log(`| | ${columns.map(({ name }) => name).join(' | ')} |`)
console.log(`|${' --- |'.repeat(columns.length + 1)}`)
for (const row of rows) {
  const cells = columns.map((column) => Object.entries(column).find(([key]) => key === row)?.[1])
  console.log(`| ${row} | ${cells.join(' | ')} |`)
}
