// The other side of the peers: a server for RxDB's HTTP replication, and express-pouchdb, both over memory.
//   node server.mjs RECORDS.json PEER   prints its address once it serves; PEER is rxdb or pouchdb
// Memory, and no sessions, permissions, checks or history: what is measured is the device and the protocol.
import { readFileSync } from 'node:fs'
import compression from 'compression'
import express from 'express'
import expressPouch from 'express-pouchdb'
import PouchDB from 'pouchdb'
import memoryAdapter from 'pouchdb-adapter-memory'

const [, , file = '', peer = ''] = process.argv
/** @type {{ id: string }[]} */
const records = JSON.parse(readFileSync(file, 'utf8'))

const app = express()
app.get('/blank', (_request, response) => {
  response.type('html').send('<!doctype html><meta charset="utf-8"><title>bench</title>')
})
if (peer === 'rxdb') serveRxdb()
else await servePouch()

const server = app.listen(0, 'localhost', () => {
  console.log(`http://localhost:${server.address().port}`)
})

/** As RxDB's HTTP example has it: a checkpoint of time and id, here of a count. */
function serveRxdb() {
  let count = 0
  const rows = new Map()
  /** In order of change; where a row changed since, its old place is empty. */
  const order = []
  const put = (doc) => {
    const before = rows.get(doc.id)
    if (before) order[before.at - 1] = null
    rows.set(doc.id, { doc, at: (count += 1) })
    order.push(doc)
  }
  for (const record of records) put({ ...record, _deleted: false })

  const json = express.json({ limit: '50mb' })
  app.use('/rxdb', compression(), json)
  app.get('/rxdb/pull', (request, response) => {
    const limit = Number(request.query.limit)
    const documents = []
    let at = Number(request.query.at)
    for (; at < order.length && documents.length < limit; at += 1) {
      if (order[at]) documents.push(order[at])
    }
    response.json({ documents, checkpoint: { at } })
  })
  app.post('/rxdb/push', (request, response) => {
    const conflicts = []
    for (const { newDocumentState, assumedMasterState } of request.body) {
      const now = rows.get(newDocumentState.id)?.doc
      const isAsAssumed = JSON.stringify(now?.fields) === JSON.stringify(assumedMasterState?.fields)
      if (isAsAssumed) put(newDocumentState)
      else conflicts.push(now)
    }
    response.json(conflicts)
  })
  app.post('/change', json, (request, response) => {
    const { ids, field, value } = request.body
    for (const id of ids) {
      const { doc } = rows.get(id)
      put({ ...doc, fields: { ...doc.fields, [field]: value } })
    }
    response.json({})
  })
  app.post('/count', json, (request, response) => {
    const { field, value } = request.body
    const found = [...rows.values()].filter(({ doc }) => doc.fields[field] === value)
    response.json(found.length)
  })
}

async function servePouch() {
  const Memory = PouchDB.plugin(memoryAdapter).defaults({ adapter: 'memory' })
  // First: it notes which databases are made from then on.
  const routes = expressPouch(Memory, { mode: 'minimumForPouchDB', inMemoryConfig: true })
  const db = new Memory('register')
  for (let at = 0; at < records.length; at += 5_000) {
    const part = records.slice(at, at + 5_000)
    await db.bulkDocs(part.map(({ id, ...record }) => ({ _id: id, ...record })))
  }
  const json = express.json({ limit: '50mb' })
  app.post('/change', json, async (request, response) => {
    const { ids, field, value } = request.body
    const { rows } = await db.allDocs({ keys: ids, include_docs: true })
    await db.bulkDocs(
      rows.map(({ doc }) => ({ ...doc, fields: { ...doc.fields, [field]: value } })),
    )
    response.json({})
  })
  app.post('/count', json, async (request, response) => {
    const { field, value } = request.body
    const { rows } = await db.allDocs({ include_docs: true })
    response.json(rows.filter(({ doc }) => doc.fields?.[field] === value).length)
  })
  app.use('/db', routes)
}
