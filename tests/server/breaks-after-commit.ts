import type { Office } from './office.ts'

/** The same database; each transaction is committed, and whoever asked for it never hears so. */
export function breaksAfterCommit(db: Office['own']): Office['own'] {
  return new Proxy(db, {
    get(target, name) {
      const own = Reflect.get(target, name, target) as unknown
      if (name !== 'transaction') {
        return typeof own === 'function' ? (own.bind(target) as unknown) : own
      }
      return () => ({
        async execute(work: Parameters<ReturnType<Office['own']['transaction']>['execute']>[0]) {
          await target.transaction().execute(work)
          throw Object.assign(new Error('ECONNRESET'), { code: 'ECONNRESET' })
        },
      })
    },
  })
}
