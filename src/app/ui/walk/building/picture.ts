/** The chart as a picture: where each box and word stands, then the canvas, then the file. */
import type { ColourKey } from '#domain/level.ts'
import type { Sheet } from './sheet.ts'

type Ink = 'ink' | 'ink-soft' | 'line' | `${ColourKey}` | `${ColourKey}-ground` | `${ColourKey}-ink`

/** Pixels of a picture that is not enlarged. */
export type Stroke =
  | {
      readonly box: readonly [x: number, y: number, width: number, height: number]
      /** Of the level; null for one that does not match. */
      readonly colour: ColourKey | null
    }
  | {
      readonly text: string
      readonly at: readonly [x: number, y: number]
      readonly align: 'left' | 'center' | 'right'
      readonly size: number
      readonly bold: boolean
      readonly ink: Ink
    }

export interface Picture {
  readonly width: number
  readonly height: number
  readonly strokes: readonly Stroke[]
}

const margin = 32
const cellWidth = 76
const cellHeight = 48
const gap = 6
const labelWidth = 64
const leastWidth = 720

/** About as wide as a line of it is; Chinese characters and marks count for a whole size. */
export function widthOf(text: string, size: number): number {
  let width = 0
  for (const letter of text) width += letter < '\u0400' ? size * 0.56 : size
  return width
}

export function layOut(sheet: Sheet): Picture {
  const columns = Math.max(0, ...sheet.units.map((unit) => unit.columns))
  const width = Math.max(leastWidth, margin * 2 + labelWidth + columns * (cellWidth + gap))
  const strokes: Stroke[] = []
  const write = (
    text: string,
    at: readonly [number, number],
    size: number,
    ink: Ink = 'ink',
    more: { readonly align?: 'center' | 'right'; readonly bold?: boolean } = {},
  ) => strokes.push({ text, at, size, ink, align: more.align ?? 'left', bold: more.bold === true })
  /** In lines that fit, broken between the words given. */
  const flow = (words: readonly string[], y: number, size: number, between: number): number => {
    let x = margin
    let line = y
    for (const word of words) {
      const wide = widthOf(word, size)
      if (x > margin && x + wide > width - margin) {
        x = margin
        line += size * 1.6
      }
      write(word, [x, line], size)
      x += wide + between
    }
    return line + size * 1.6
  }

  let y = margin + 28
  write(sheet.title, [margin, y], 28, 'ink', { bold: true })
  y += 34
  for (const line of sheet.lines) y = flow([line], y, 18, 0)
  y = flow(
    sheet.legend.map((one) => one.text),
    y + 4,
    20,
    28,
  )
  for (const unit of sheet.units) {
    if (unit.title) {
      write(unit.title, [margin, y + 24], 22, 'ink', { bold: true })
      y += 36
    }
    for (const { label, cells } of unit.floors) {
      const middle = y + cellHeight / 2
      write(label, [margin + labelWidth - 14, middle + 6], 18, 'ink-soft', { align: 'right' })
      for (const [column, cell] of cells.entries()) {
        const x = margin + labelWidth + column * (cellWidth + gap)
        strokes.push({
          box: [x, y, cellWidth, cellHeight],
          colour: cell.away ? null : cell.colour,
        })
        const ink: Ink = cell.away ? 'ink-soft' : `${cell.colour}-ink`
        const center = x + cellWidth / 2
        const atCenter = { align: 'center' } as const
        write(cell.room, [center, cell.text ? middle - 4 : middle + 6], 17, ink, {
          ...atCenter,
          bold: true,
        })
        if (cell.text) write(cell.text, [center, middle + 17], 17, ink, atCenter)
      }
      y += cellHeight + gap
    }
    y += 16
  }
  return { width: Math.ceil(width), height: Math.ceil(y + margin - 16), strokes }
}

/** Twice as fine where a phone's canvas allows: some refuse more than 16 million pixels. */
export function scaleOf({ width, height }: Picture): number {
  return Math.min(2, 8_192 / Math.max(width, height), Math.sqrt(16_000_000 / (width * height)))
}

/** A PNG in light colours, whatever the screen has; null where the browser refuses the canvas. */
export function paint(picture: Picture): Promise<Blob | null> {
  const scale = scaleOf(picture)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  const pen = canvas.getContext('2d')
  if (!pen) return Promise.resolve(null)
  const { colour, font, stop } = lightColours()
  try {
    pen.scale(scale, scale)
    pen.fillStyle = colour('card')
    pen.fillRect(0, 0, picture.width, picture.height)
    for (const stroke of picture.strokes) {
      if ('box' in stroke) {
        pen.setLineDash(stroke.colour === null ? [5, 4] : [])
        pen.lineWidth = 2
        pen.strokeStyle = colour(stroke.colour ?? 'line')
        pen.fillStyle = colour(stroke.colour === null ? 'card' : `${stroke.colour}-ground`)
        pen.fillRect(...stroke.box)
        pen.strokeRect(...stroke.box)
      } else {
        pen.font = `${stroke.bold ? 'bold ' : ''}${stroke.size}px ${font}`
        pen.textAlign = stroke.align
        pen.fillStyle = colour(stroke.ink)
        pen.fillText(stroke.text, ...stroke.at)
      }
    }
  } finally {
    stop()
  }
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

/** The tokens as they are in the light, read from an element that stands in it. */
function lightColours() {
  const lamp = document.createElement('div')
  lamp.dataset['light'] = ''
  lamp.hidden = true
  document.body.append(lamp)
  const style = getComputedStyle(lamp)
  return {
    colour: (token: Ink | 'card') => style.getPropertyValue(`--${token}`),
    font: style.fontFamily,
    stop: () => lamp.remove(),
  }
}

/** Building and day alone, without what a file's name must not hold. */
export function pictureName(building: string, day: string): string {
  return `${building.replace(/[\\/:*?"<>|\s]+/g, '')}-${day}.png`
}
