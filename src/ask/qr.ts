/** The follow-up code as a picture, drawn here and sent nowhere; fetched when somebody wants it. */
import qrcode from 'qrcode-generator'

function modulesOf(text: string): {
  readonly count: number
  isDark(row: number, column: number): boolean
} {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  return { count: code.getModuleCount(), isDark: (row, column) => code.isDark(row, column) }
}

/** Number, code and QR code on one card, as a PNG. */
export function drawCard(
  text: string,
  lines: { readonly title: string; readonly number: string; readonly code: string },
): HTMLCanvasElement {
  const { count, isDark } = modulesOf(text)
  const canvas = document.createElement('canvas')
  const scale = Math.floor(560 / (count + 8))
  const side = scale * (count + 8)
  canvas.width = 640
  canvas.height = side + 240
  const draw = canvas.getContext('2d')
  if (!draw) return canvas
  draw.fillStyle = 'white'
  draw.fillRect(0, 0, canvas.width, canvas.height)
  draw.fillStyle = 'black'
  draw.textAlign = 'center'
  const line = (words: string, size: number, y: number) => {
    draw.font = `600 ${size}px sans-serif`
    draw.fillText(words, 320, y, 600)
  }
  line(lines.title, 32, 56)
  line(lines.number, 40, 112)
  const left = Math.floor((640 - side) / 2) + 4 * scale
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (isDark(row, column)) {
        draw.fillRect(left + column * scale, 132 + (row + 4) * scale, scale, scale)
      }
    }
  }
  line(lines.code.slice(0, 19), 30, side + 176)
  line(lines.code.slice(20), 30, side + 218)
  return canvas
}
