// RxDB without its paid parts: its Dexie storage, and its own replication over HTTP.
import { createRxDatabase } from 'rxdb/plugins/core'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { painted } from './painted.mjs'

/** Larger ones were no faster. */
const pullBatch = 5_000
const pushBatch = 500

const post = async (path, body) => {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return answer.json()
}

let records
let replication

window.peer = {
  /** Milliseconds until everything is in the local database, and how many that are. */
  async firstPull() {
    const began = performance.now()
    const db = await createRxDatabase({
      name: 'bench-rxdb',
      storage: getRxStorageDexie(),
      multiInstance: false,
    })
    const text = (maxLength) => ({ type: 'string', maxLength })
    await db.addCollections({
      records: {
        schema: {
          version: 0,
          primaryKey: 'id',
          type: 'object',
          properties: {
            id: text(36),
            stream: text(36),
            kind: text(20),
            version: { type: 'number' },
            at: { type: 'string' },
            by: { type: 'string' },
            fields: { type: 'object' },
          },
        },
      },
    })
    ;({ records } = db)
    replication = replicateRxCollection({
      collection: records,
      replicationIdentifier: 'bench',
      live: true,
      waitForLeadership: false,
      pull: {
        batchSize: pullBatch,
        async handler(checkpoint, limit) {
          const answer = await fetch(`/rxdb/pull?at=${checkpoint?.at ?? 0}&limit=${limit}`)
          return answer.json()
        },
      },
      push: { batchSize: pushBatch, handler: (rows) => post('/rxdb/push', rows) },
    })
    replication.error$.subscribe((fault) => console.error(fault))
    await replication.awaitInitialReplication()
    const milliseconds = performance.now() - began
    return { milliseconds, count: await records.count().exec() }
  },

  /** Saves without a connection. */
  async edit(ids, field, value) {
    await replication.awaitInSync()
    await replication.pause()
    const found = await records.findByIds(ids).exec()
    for (const doc of found.values()) {
      await doc.incrementalModify((data) => ({
        ...data,
        fields: { ...data.fields, [field]: value },
      }))
    }
  },

  async push() {
    const began = performance.now()
    await replication.start()
    await replication.awaitInSync()
    return performance.now() - began
  },

  async pull(ids, field, value) {
    const began = performance.now()
    replication.reSync()
    for (;;) {
      const found = await records.findByIds(ids).exec()
      const isThere = [...found.values()].every((doc) => doc.fields[field] === value)
      if (isThere) return performance.now() - began
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  },

  async search(texts) {
    const times = []
    for (const text of texts) {
      const began = performance.now()
      const found = await records
        .find({ selector: { kind: 'resident', 'fields.name': { $regex: text } }, limit: 40 })
        .exec()
      times.push((await painted(found.map((doc) => doc.fields.name))) - began)
    }
    return times
  },
}
