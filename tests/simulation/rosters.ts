/** A roster of a simulated day, brought in through the desk that an office uses, and taken back. */
import { createDesk } from '#app/roster/desk.ts'
import { createImports } from '#app/acts/imports.ts'
import type { DeviceParts } from '#app/acts/device-parts.ts'
import { mayImport } from '#domain/permission.ts'
import type { Happening } from './happenings.ts'
import type { VillageOffice } from './village.ts'

type Bringing = Extract<Happening, { readonly do: 'roster' }>

const digits = '零一二三四五六七八九十'
const named = (number: number) =>
  `册${[...String(number)].map((at) => digits[Number(at)]).join('')}`

function importsOf(app: DeviceParts, onFault: (error: unknown) => void) {
  const { account } = app.session.getState()
  if (!account || !mayImport(account.role)) return null
  return createImports(app, onFault, (onProgress) => ({
    desk: createDesk({
      newId: (stream) => app.work.newId(stream),
      breathe: () => Promise.resolve(),
      onProgress,
    }),
    end: () => undefined,
  }))
}

/**
 * People who are new, some of them in every roster alike, at a door that is there and at one that is not; and somebody
 * whom the register has, at their own door or at one of another grid.
 */
function fileOf(office: VillageOffice, { register }: DeviceParts, roster: Bringing): File {
  const { pick, to, count, known } = roster
  const stream = office.streams[to] ?? ''
  const grid = `第${'一二三'[to] ?? ''}网格`
  const { building, unit, room } = office.door(stream)
  const people = [...register.all('resident')]
    .filter(({ fields }) => fields.documentNumber && !fields.mergedInto)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const lines = Array.from({ length: count }, (_, at) => {
    const number = pick * 2 + at
    const door = at % 2 === 0 ? [building, unit, room] : ['9幢', unit, `10${at}`]
    return [named(number), '护照', `E20${String(number).padStart(6, '0')}`, '', grid, ...door, '']
  })
  const person = people[known % Math.max(1, people.length)]
  if (person) {
    const { name, documentNumber } = person.fields
    const phone = `1001234560${pick}`
    const door = [building, unit, room]
    lines.push([name, '护照', documentNumber ?? '', phone, grid, ...door, `单位${pick}`])
  }
  const header = '姓名,证件类型,证件号码,联系电话,所属网格,楼栋,单元,房间号,工作单位,小区名称'
  const text = [header, ...lines.map((cells) => [...cells, '样例苑'].join(','))].join('\n')
  return new File([text], '册.csv')
}

/** Answers what a clerk is asked, and saves. */
export async function bringRoster(
  office: VillageOffice,
  app: DeviceParts,
  roster: Bringing,
  onFault: (error: unknown) => void,
): Promise<boolean> {
  const imports = importsOf(app, onFault)
  if (!imports) return false
  await imports.choose(fileOf(office, app, roster))
  if (imports.store.getState().step !== 'columns') throw new Error('a roster that nobody can read')
  await imports.compare()
  await imports.take({ news: true, fills: true, overwrites: true })
  await imports.decideAll('occupied', roster.joins ? 'join' : 'apart')
  await imports.decideAll('elsewhere', 'move')
  await imports.decideAll('other-name', 'same')
  await imports.write()
  return imports.store.getState().written !== null
}

/** One of those that this device knows and that nobody asked to take back yet. */
export async function takeRosterBack(
  app: DeviceParts,
  pick: number,
  onFault: (error: unknown) => void,
): Promise<boolean> {
  const imports = importsOf(app, onFault)
  const known = [...app.register.all('import')]
    .filter(({ fields }) => !fields.undoAsked && (fields.outcome ?? 'written') === 'written')
    .sort((a, b) => (a.id < b.id ? 1 : -1))
  const one = known[pick % Math.max(1, known.length)]
  return imports !== null && one !== undefined && (await imports.undo(one.id)) === null
}
