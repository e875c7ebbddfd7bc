/** `/api/place-books`: workbooks of places and people, written whole and taken back whole. */
import { Hono } from 'hono'
import { isStorableJson } from '#domain/storable.ts'
import { takeBackSchema, writeBookSchema } from '#protocol/place-book.ts'
import { planLines, takeBackBook, writeBook } from '../acts/place-book.ts'
import { findBook, knownPlaces, listBooks, whatStands } from '../db/place-books.ts'
import { placesBelow } from '../db/places.ts'
import { actingOf, answer, maxActBytes } from './acting.ts'
import { limitBody, readBody, refuse, type Env, type Office } from './context.ts'

/** 5,000 rows are less than one megabyte. */
const maxBookBytes = 4 * 1024 * 1024

export function placeBookRoutes(office: Office): Hono<Env> {
  const { db } = office
  const app = new Hono<Env>()

  app.get('/', async (context) => {
    const { account } = context.get('session')
    const books = await listBooks(db, [...(await placesBelow(db, account)).keys()])
    context.header('Cache-Control', 'no-store')
    return context.json({
      ok: true,
      books: books.map(({ subject: _, at, takenBackAt, ...book }) => ({
        ...book,
        at: at.toISOString(),
        takenBackAt: takenBackAt?.toISOString() ?? null,
      })),
    })
  })

  app.post('/write', limitBody(maxBookBytes), async (context) => {
    // Row by row: together they are more values than any other request has.
    const request = await readBody(context, writeBookSchema, { isChecked: true })
    if (!request?.lines.every(isStorableJson)) return refuse(context, 'malformed')
    const acting = actingOf(office, context, request.act)
    const [subject] = (await knownPlaces(db, acting.account.id)).roots
    if (subject === undefined) return refuse(context, 'not-found')
    const performed = await writeBook(db, acting, subject, request.lines, office.randomBytes)
    if (!performed.ok && performed.problem === 'changed-meanwhile') {
      const { verdicts } = await planLines(db, acting, request.lines)
      context.header('Cache-Control', 'no-store')
      if (verdicts.some(({ state }) => state !== 'new')) {
        return context.json({ ok: true, book: null, verdicts })
      }
    }
    return answer(office, context, performed, { book: acting.id, verdicts: [] })
  })

  app.post('/take-back', limitBody(maxActBytes), async (context) => {
    const request = await readBody(context, takeBackSchema)
    if (!request) return refuse(context, 'malformed')
    const acting = actingOf(office, context, request.act)
    const book = await findBook(db, request.book)
    if (!book) return refuse(context, 'not-found')
    const performed = await takeBackBook(db, acting, book)
    if (!performed.ok && performed.problem === 'place-not-empty') {
      const standing = await whatStands(db, book)
      context.header('Cache-Control', 'no-store')
      if (standing) return context.json({ ok: true, standing })
    }
    return answer(office, context, performed, { standing: null })
  })

  return app
}
