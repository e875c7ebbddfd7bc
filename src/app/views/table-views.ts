import type { Sheet } from '#domain/sheet.ts'
import type { Rec, Register } from '#app/register/register.ts'

/** The saved views of a table that are in use, by name. */
export function viewsOf(register: Register, sheet: Sheet): readonly Rec<'view'>[] {
  return [...register.all('view')]
    .filter(({ fields }) => fields.sheet === sheet && fields.closed !== true)
    .sort((a, b) => a.fields.name.localeCompare(b.fields.name, 'zh') || (a.id < b.id ? -1 : 1))
}
