/** A connection of its own that hears PostgreSQL's notifications; a pool gives its connections to others. */
import pg from 'pg'
import { newsChannel } from './news.ts'

const connectMs = 5_000

export interface Hearing {
  end(): Promise<void>
}

/**
 * Listens for news. `onLost` is called once, when the connection broke or was ended; an error of the first connection
 * is thrown.
 */
export async function hearNews(
  url: string,
  onNews: () => void,
  onLost: () => void,
): Promise<Hearing> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
  })
  let isLost = false
  const end = () => client.end().catch(() => undefined)
  const lose = () => {
    if (isLost) return
    isLost = true
    void end()
    onLost()
  }
  client.on('error', lose)
  client.on('end', lose)
  client.on('notification', onNews)
  try {
    await client.connect()
    await client.query(`listen ${newsChannel}`)
  } catch (error) {
    lose()
    throw error
  }
  return { end }
}
