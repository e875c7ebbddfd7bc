/**
 * Compresses as DEFLATE (RFC 1951), piece by piece: by the browser, or by fflate where the browser cannot (Chromium
 * below 103). fflate works on the thread that calls it; its own workers are `blob:` addresses, which the policy refuses.
 */
import type { Bytes } from './sealing.ts'

export interface Deflate {
  write(bytes: Bytes): Promise<void>
  /** What was written, compressed. */
  close(): Promise<Blob>
}

export function createDeflate(): Deflate | Promise<Deflate> {
  return deflateOfBrowser() ?? deflateOfLibrary()
}

function deflateOfBrowser(): Deflate | null {
  let stream: CompressionStream
  try {
    stream = new CompressionStream(raw)
  } catch {
    return null // no such thing, or it knows gzip alone
  }
  const data = new Response(stream.readable).blob()
  const into = stream.writable.getWriter()
  return {
    write: (bytes) => into.write(bytes),
    async close() {
      await into.close()
      return data
    },
  }
}

async function deflateOfLibrary(): Promise<Deflate> {
  const { Deflate: Deflater } = await import('fflate')
  const parts: Bytes[] = []
  const deflater = new Deflater((part) => parts.push(part))
  return {
    async write(bytes) {
      deflater.push(bytes)
    },
    async close() {
      deflater.push(new Uint8Array(), true)
      return new Blob(parts)
    },
  }
}

const raw = 'deflate-raw'
