/**
 * A picture as this register keeps it, made of whatever file a camera or a gallery gives: decoded small by the
 * browser's own decoder, turned once, here, coded anew with nothing else in it, and looked at once more before anybody
 * relies on it. Used by the app and by the resident's page.
 */
import { judgeJpeg, withoutMetadata, type Shape } from '#domain/jpeg.ts'
import { aimedPhotoBytes, mostPhotoBytes, mostPhotoSide, photoSide } from '#domain/photo.ts'
import { lookAtFile, mostFileBytes, type LookedAt, type PictureProblem } from './look-at-file.ts'

export type { PictureProblem } from './look-at-file.ts'

export interface MadePicture extends Shape {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** A small JPEG. */
  readonly thumbnail: Uint8Array<ArrayBuffer>
}

export type Made =
  | { readonly ok: true; readonly picture: MadePicture }
  | { readonly ok: false; readonly problem: PictureProblem }

const qualities = [0.8, 0.7, 0.6, 0.5] as const
const thumbnailSide = 112
const thumbnailQualities = [0.6, 0.5, 0.4, 0.3, 0.2] as const
/** Below what a record takes (`mostThumbnailBytes`): a register in memory holds all of them. */
const aimedThumbnailBytes = 3_000

export async function makePicture(file: Blob): Promise<Made> {
  if (file.size > mostFileBytes) return { ok: false, problem: 'too-large' }
  const bytes = await readFile(file)
  if (bytes === null) return { ok: false, problem: 'unreadable' }
  const look = lookAtFile(bytes)
  if (!look.ok) return look
  const canvas = await decode(look)
  if (!canvas) return { ok: false, problem: look.isHeic ? 'heic' : 'unreadable' }
  try {
    if (isOneColour(canvas)) return { ok: false, problem: 'blank' }
    return await codePicture(canvas)
  } finally {
    release(canvas)
  }
}

/** Codes what stands on a canvas: of a picture that somebody painted on, too. */
export async function codePicture(canvas: HTMLCanvasElement): Promise<Made> {
  const whole = Math.max(canvas.width, canvas.height)
  // One that is small already is taken as it is.
  const least = Math.min(whole, 400)
  for (let side = whole; side >= least; side = Math.round(side * 0.75)) {
    const sized = scaledTo(canvas, side)
    try {
      const bytes = await codeWithin(sized, qualities, aimedPhotoBytes, mostPhotoBytes)
      if (!bytes) continue
      const shape = { width: sized.width, height: sized.height }
      const [thumbnail, isGood] = await Promise.all([
        codeThumbnail(sized),
        isReadable(bytes, shape),
      ])
      if (!thumbnail || !isGood) break
      return { ok: true, picture: { bytes, thumbnail, ...shape } }
    } finally {
      if (sized !== canvas) release(sized)
    }
  }
  return { ok: false, problem: 'unreadable' }
}

/** The picture on a canvas again, for somebody to paint on. */
export async function showPicture(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<HTMLCanvasElement | null> {
  const look = lookAtFile(bytes)
  return look.ok ? decode(look) : null
}

/** A file that the gallery took away meanwhile cannot be read. */
async function readFile(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return null
  }
}

async function decode(look: LookedAt): Promise<HTMLCanvasElement | null> {
  const file = new Blob([...look.parts])
  const wanted = look.shape && within(look.shape, photoSide)
  const bitmap =
    (look.isJpeg && look.shape && wanted && (await decodeEighths(file, look.shape, wanted))) ||
    (await decodeSmall(file, wanted).catch(() => null))
  if (!bitmap) return null
  const drawn = wanted ?? ('codedWidth' in bitmap ? null : within(bitmap, photoSide))
  if (!drawn) return null
  const isLying = look.orientation >= 5
  const canvas = makeCanvas(isLying ? { width: drawn.height, height: drawn.width } : drawn)
  try {
    const context = canvas.getContext('2d')
    if (!context) return null
    context.imageSmoothingQuality = 'high'
    // What can be seen through is white.
    context.fillStyle = 'white'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.transform(...turn(look.orientation, drawn))
    context.drawImage(bitmap, 0, 0, drawn.width, drawn.height)
    return canvas
  } finally {
    bitmap.close()
  }
}

/**
 * A JPEG can be decoded at eighths of its size, which takes a ninth of the time and the memory of the whole. Null where
 * a browser cannot (Chromium below 94, others), where there is nothing to save, and where it gave something else.
 */
async function decodeEighths(file: Blob, whole: Shape, wanted: Shape): Promise<VideoFrame | null> {
  const eighths = Math.ceil((8 * wanted.width) / whole.width)
  if (eighths >= 8 || typeof ImageDecoder !== 'function') return null
  const part = (side: number) => Math.ceil((side * eighths) / 8)
  try {
    const decoder = new ImageDecoder({
      ...{ data: await file.arrayBuffer(), type: 'image/jpeg' },
      ...{ desiredWidth: part(whole.width), desiredHeight: part(whole.height) },
    })
    try {
      const { image } = await decoder.decode()
      if (image.displayWidth >= wanted.width && image.displayHeight >= wanted.height) return image
      image.close()
      return null
    } finally {
      decoder.close()
    }
  } catch {
    return null
  }
}

/** By the decoder where it can; a browser that cannot gives the whole, which is never drawn at that size. */
async function decodeSmall(file: Blob, wanted: Shape | null): Promise<ImageBitmap> {
  if (!wanted) return createImageBitmap(file)
  try {
    return await createImageBitmap(file, {
      ...{ resizeWidth: wanted.width, resizeHeight: wanted.height, resizeQuality: 'medium' },
    })
  } catch (error) {
    // Firefox below 98 refuses the wish and not the file.
    if (error instanceof TypeError) return createImageBitmap(file)
    throw error
  }
}

/** How a picture that lies as a camera held it is drawn upright (Exif 2.3, tag 0112). */
function turn(
  orientation: number,
  { width, height }: Shape,
): [number, number, number, number, number, number] {
  switch (orientation) {
    case 2:
      return [-1, 0, 0, 1, width, 0]
    case 3:
      return [-1, 0, 0, -1, width, height]
    case 4:
      return [1, 0, 0, -1, 0, height]
    case 5:
      return [0, 1, 1, 0, 0, 0]
    case 6:
      return [0, 1, -1, 0, height, 0]
    case 7:
      return [0, -1, -1, 0, height, width]
    case 8:
      return [0, -1, 1, 0, 0, width]
    default:
      return [1, 0, 0, 1, 0, 0]
  }
}

function within({ width, height }: Shape, side: number): Shape {
  const scale = Math.min(1, side / Math.max(width, height))
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}

/** A browser without memory for a picture draws it black, or white, and says nothing. */
function isOneColour(canvas: HTMLCanvasElement): boolean {
  const small = makeCanvas({ width: 16, height: 16 })
  try {
    const context = small.getContext('2d')
    if (!context) return true
    context.drawImage(canvas, 0, 0, 16, 16)
    const { data } = context.getImageData(0, 0, 16, 16)
    for (let at = 4; at < data.length; at += 1) {
      if (Math.abs((data[at] ?? 0) - (data[at % 4] ?? 0)) > 3) return false
    }
    return true
  } finally {
    release(small)
  }
}

/** Smaller than `aimed` at the best quality that is; else below `most` at the least. Null where nothing is. */
async function codeWithin(
  canvas: HTMLCanvasElement,
  tries: readonly number[],
  aimed: number,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const [best = 1, ...others] = tries
  const first = await code(canvas, best)
  if (first && first.length <= aimed) return first
  // One guess, and the least: each try takes as long as the decoding of a small picture.
  const fits = (quality: number) =>
    first !== null && first.length * shareOf(quality / best) <= aimed
  const guess = others.find(fits)
  const least = others[others.length - 1] ?? best
  for (const quality of guess === undefined || guess === least ? [least] : [guess, least]) {
    const coded = await code(canvas, quality)
    if (coded && coded.length <= (quality === least ? most : aimed)) return coded
  }
  return first && first.length <= most ? first : null
}

/** How large a picture is at a share of its quality: of what was measured the largest. */
const shareOf = (quality: number): number => 0.1 + 0.9 * quality

async function code(
  canvas: HTMLCanvasElement,
  quality: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', quality),
  )
  if (!file) return null
  // A browser may write a profile of colours, or its own name, into it.
  return new Uint8Array(withoutMetadata(new Uint8Array(await file.arrayBuffer())))
}

async function codeThumbnail(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer> | null> {
  const small = scaledTo(canvas, thumbnailSide)
  try {
    const bytes = await codeWithin(small, thumbnailQualities, aimedThumbnailBytes, 4_096)
    return bytes && judgeJpeg(bytes, mostPhotoSide).ok ? bytes : null
  } finally {
    if (small !== canvas) release(small)
  }
}

/** What was made is opened once more, and is what it says. */
async function isReadable(bytes: Uint8Array<ArrayBuffer>, shape: Shape): Promise<boolean> {
  const verdict = judgeJpeg(bytes, mostPhotoSide)
  if (!verdict.ok || verdict.width !== shape.width || verdict.height !== shape.height) return false
  const bitmap = await createImageBitmap(new Blob([bytes])).catch(() => null)
  const isSame = bitmap?.width === shape.width && bitmap.height === shape.height
  bitmap?.close()
  return isSame
}

function scaledTo(canvas: HTMLCanvasElement, side: number): HTMLCanvasElement {
  if (Math.max(canvas.width, canvas.height) <= side) return canvas
  const scaled = makeCanvas(within(canvas, side))
  const context = scaled.getContext('2d')
  if (context) context.imageSmoothingQuality = 'high'
  context?.drawImage(canvas, 0, 0, scaled.width, scaled.height)
  return scaled
}

function makeCanvas({ width, height }: Shape): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return canvas
}

/** A canvas holds its memory until somebody collects it, which on a telephone is too late. */
function release(canvas: HTMLCanvasElement): void {
  canvas.width = 0
  canvas.height = 0
}
