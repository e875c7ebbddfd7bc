/** Who asked, mended on their word, and the follow-up code that they lost. */
import { tokensWith } from '#domain/requests/follow-code.ts'
import type { Rec } from '#app/views/records.ts'
import type { DeviceParts } from './device-parts.ts'
import type { Intent } from './intent.ts'

export interface AskerMended {
  /** As they were typed; what is left empty stays. */
  readonly name: string
  readonly phone: string
  readonly isTold: boolean
  /** They asked that nothing of them be kept. */
  readonly isCleared: boolean
}

/** Null where nothing of it is new. */
export function mendAsker(
  { id, fields }: Rec<'asker'>,
  { name, phone, isTold, isCleared }: AskerMended,
): Intent | null {
  const patch = isCleared
    ? { name: null, telephone: null, resident: null, isToldToUnit: false }
    : {
        ...(name.trim() ? { name: name.trim() } : {}),
        ...(phone.trim() ? { telephone: phone.trim() } : {}),
        ...(isTold === (fields.isToldToUnit === true) ? {} : { isToldToUnit: isTold }),
      }
  if (Object.keys(patch).length === 0) return null
  return { op: 'patch', kind: 'asker', record: id, fields: patch }
}

/** Another code for whoever has one, or the first one: the code before ends with it. */
export function giveCode(
  { work, now }: Pick<DeviceParts, 'now'> & { readonly work: Pick<DeviceParts['work'], 'newId'> },
  request: Pick<Rec<'request'>, 'id' | 'stream'>,
  asker: Rec<'asker'> | null,
  codeHash: string,
): Intent {
  const tokens = tokensWith(asker?.fields.tokens, codeHash, new Date(now()).toISOString())
  if (asker) {
    return { op: 'patch', kind: 'asker', record: asker.id, fields: { tokens }, shown: asker }
  }
  const { id, stream } = request
  return {
    ...{ op: 'create', kind: 'asker', record: work.newId(stream), stream },
    fields: { request: id, tokens },
  }
}
