/** One browser as `test:browsers` drives it: each kind has a file of its own, by the protocol that it speaks. */
export interface Browser {
  goto(url: string): Promise<void>
  /** The value of an expression in the page, awaited; it has to be plain data. */
  evaluate<T>(expression: string): Promise<T>
  /** A real press, in pixels of the window. */
  tap(x: number, y: number): Promise<void>
  /** Keys, into what has the focus. */
  type(text: string): Promise<void>
  close(): Promise<void>
}

export interface BrowserKind {
  readonly name: string
  /** Whether the storage is there when it is opened again. */
  readonly keeps: boolean
  /** Too old for the app: only residents come with it. */
  readonly isBelowFloor?: boolean
  /** `profile`: a folder that outlives the browser. */
  open(profile: string, size: { readonly width: number; readonly height: number }): Promise<Browser>
}

export const wait = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Asks again and again until there is an answer. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  patience = 30_000,
): Promise<T> {
  const end = Date.now() + patience
  for (;;) {
    const answer = await ask().catch(() => null)
    if (answer) return answer
    if (Date.now() > end) throw new Error(`not seen within ${String(patience / 1000)} s: ${what}`)
    await wait(100)
  }
}
