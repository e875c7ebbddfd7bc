/** Where the resident's page is: a name of its own, or a port of its own where there is no second name. */

export interface AskSettings {
  /** `https://ask.example.cn`; null where the page has a port of its own and no name that the office gave it. */
  readonly origin: string | null
  readonly port: number | null
  /** Folder of the built page. */
  readonly dir: string | null
  /** A proxy that the settings name stands before this server: then the name that it was asked by counts. */
  readonly isBehindProxies?: boolean
}

/** Whether a request came by the page's own name. On a port of its own everything does, and here nothing. */
export function isAskedOf(
  { origin, port, isBehindProxies }: AskSettings,
  request: Request,
): boolean {
  if (origin === null || port !== null) return false
  const forwarded = isBehindProxies ? request.headers.get('x-forwarded-host') : null
  const host = forwarded ?? request.headers.get('host') ?? new URL(request.url).host
  return host.toLowerCase() === new URL(origin).host
}

/** What a sticker's picture says: the page's name, or the port of the page at the name by which the office was asked. */
export function askAddress({ origin, port }: AskSettings, request: Request): string {
  if (origin !== null) return origin
  const { protocol, hostname } = new URL(request.url)
  return `${protocol}//${hostname}:${port ?? 80}`
}
