// PouchDB with its usual storage, against express-pouchdb.
import PouchDB from 'pouchdb/dist/pouchdb.js'
import { painted } from './painted.mjs'

/** The usual 100 is slower. */
const batch = { batch_size: 1_000 }

let local
let remote

window.peer = {
  /** Milliseconds until everything is in the local database, and how many that are. */
  async firstPull() {
    const began = performance.now()
    local = new PouchDB('bench-pouchdb')
    remote = new PouchDB(`${location.origin}/db/register`, { skip_setup: true })
    await local.replicate.from(remote, batch)
    const milliseconds = performance.now() - began
    return { milliseconds, count: (await local.info()).doc_count }
  },

  /** Saves without a connection. */
  async edit(ids, field, value) {
    const { rows } = await local.allDocs({ keys: ids, include_docs: true })
    for (const { doc } of rows) {
      await local.put({ ...doc, fields: { ...doc.fields, [field]: value } })
    }
  },

  async push() {
    const began = performance.now()
    await local.replicate.to(remote, batch)
    return performance.now() - began
  },

  async pull(ids, field, value) {
    const began = performance.now()
    await local.replicate.from(remote, batch)
    const milliseconds = performance.now() - began
    const { rows } = await local.allDocs({ keys: ids, include_docs: true })
    if (!rows.every(({ doc }) => doc.fields[field] === value)) throw new Error('not pulled')
    return milliseconds
  },

  async search(texts) {
    const times = []
    for (const text of texts) {
      const began = performance.now()
      const { rows } = await local.allDocs({ include_docs: true })
      const found = rows.flatMap(({ doc }) =>
        doc.kind === 'resident' && doc.fields.name?.includes(text) ? [doc.fields.name] : [],
      )
      times.push((await painted(found.slice(0, 40))) - began)
    }
    return times
  },
}
