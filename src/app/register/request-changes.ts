/** How often each request changed here, so that its course is worked out again only where something new is known. */
import type { RegisterRecord } from '#domain/record.ts'

export interface RequestChanges {
  note(record: RegisterRecord): void
  of(request: string): number
  /** Of all of them, and of what decides about them. */
  readonly all: number
  /** Everything is gone. */
  clear(): void
}

export function createRequestChanges(): RequestChanges {
  const counts = new Map<string, number>()
  let all = 0
  return {
    note({ kind, id, fields }) {
      switch (kind) {
        case 'catalogue':
        case 'calendar':
          all += 1
          break
        case 'request':
        case 'request-step':
        case 'asker': {
          const request = kind === 'request' ? id : String((fields as { request: string }).request)
          counts.set(request, (counts.get(request) ?? 0) + 1)
          all += 1
          break
        }
        default:
          break
      }
    },
    of: (request) => counts.get(request) ?? 0,
    get all() {
      return all
    },
    clear() {
      counts.clear()
      all = 0
    },
  }
}
