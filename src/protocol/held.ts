/**
 * What a device holds, in sixteen characters: a pull that expects nothing new sends them instead of its cursors, and
 * where the server comes to the same, nothing has to be said. Two different states that come to the same are as likely
 * as one in 2⁶⁴, and the next change of any stream tells them apart again.
 */
import type { Cursor } from './pull.ts'

export function cursorsToHeld(cursors: Readonly<Record<string, Cursor>>): string {
  const lines = Object.entries(cursors).map(
    ([stream, { epoch, version, proof }]) =>
      `${stream} ${epoch} ${version}${proof === undefined ? '' : ` ${proof}`}\n`,
  )
  return digest(lines.sort().join(''))
}

/** Two runs of multiply and shift, 32 bits each, in hexadecimal; each step can be undone, so none forgets anything. */
function digest(text: string): string {
  return [2_654_435_761, 1_597_334_677]
    .map((factor, run) => {
      let state = factor
      for (let at = 0; at < text.length; at += 1) {
        state = Math.imul(state ^ text.charCodeAt(at), factor)
        state ^= state >>> (13 + run)
      }
      return (state >>> 0).toString(16).padStart(8, '0')
    })
    .join('')
}
