/**
 * Where something stands: degrees of WGS 84, as records hold them. Maps sold in China draw in GCJ-02, which shifts
 * every point by some hundred metres; a position that somebody copies from one is turned back before it is kept.
 */

export interface Position {
  readonly latitude: number
  readonly longitude: number
}

/** The systems in which people have coordinates. CGCS2000, which surveys use, is WGS 84 within a hand's breadth. */
export const datums = ['wgs84', 'gcj02'] as const
export type Datum = (typeof datums)[number]

/** Krasovsky's ellipsoid of 1940, from which GCJ-02 is computed. */
const semiMajor = 6_378_245
const eccentricity = 0.006_693_421_622_965_943
const { PI, abs, cos, hypot, sin, sqrt } = Math

/** The rectangle in which GCJ-02 shifts; outside of it both systems are the same. */
export function isInChina({ latitude, longitude }: Position): boolean {
  return longitude >= 72.004 && longitude <= 137.8347 && latitude >= 0.8293 && latitude <= 55.8271
}

export function wgsToGcj(position: Position): Position {
  if (!isInChina(position)) return position
  const shift = shiftAt(position)
  return {
    latitude: position.latitude + shift.latitude,
    longitude: position.longitude + shift.longitude,
  }
}

/** The inverse has no formula; three steps towards it leave less than a millimetre. */
export function gcjToWgs(position: Position): Position {
  if (!isInChina(position)) return position
  let found = position
  for (let step = 0; step < 3; step += 1) {
    const back = wgsToGcj(found)
    found = {
      latitude: found.latitude + position.latitude - back.latitude,
      longitude: found.longitude + position.longitude - back.longitude,
    }
  }
  return found
}

/** The shift of GCJ-02 at a place, degrees. */
function shiftAt({ latitude, longitude }: Position): Position {
  const x = longitude - 105
  const y = latitude - 35
  const waves = (20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * (2 / 3)
  const northward =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves + ofLatitude(y)
  const eastward = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves
  const angle = latitude * (PI / 180)
  const bulge = 1 - eccentricity * sin(angle) ** 2
  const meridian = (semiMajor * (1 - eccentricity)) / (bulge * sqrt(bulge))
  return {
    latitude: (northward * 180) / (meridian * PI),
    longitude: ((eastward + ofLongitude(x)) * 180) / ((semiMajor / sqrt(bulge)) * cos(angle) * PI),
  }
}

function ofLatitude(y: number): number {
  return (
    (20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * (2 / 3) +
    (160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * (2 / 3)
  )
}

function ofLongitude(x: number): number {
  return (
    (20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * (2 / 3) +
    (150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * (2 / 3)
  )
}

/** Metres of a degree of latitude; of one of longitude at the equator. */
const metresPerDegree = 111_320

/** Metres, flat: good to a few centimetres within a subdistrict. */
export function metresBetween(a: Position, b: Position): number {
  const middle = ((a.latitude + b.latitude) / 2) * (PI / 180)
  return hypot(
    (a.latitude - b.latitude) * metresPerDegree,
    (a.longitude - b.longitude) * metresPerDegree * cos(middle),
  )
}

/** So many metres further north and east; the other way where negative. */
export function moveBy(from: Position, north: number, east: number): Position {
  const wide = metresPerDegree * cos(from.latitude * (PI / 180))
  return {
    latitude: from.latitude + north / metresPerDegree,
    longitude: from.longitude + east / wide,
  }
}

/** To the sixth place, a hand's breadth: more would only look exact. */
export function roundPosition({ latitude, longitude }: Position): Position {
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6
  return { latitude: round(latitude), longitude: round(longitude) }
}

/** Where a record stands; null where one of the two is not known. */
export function positionOf(fields: {
  readonly latitude?: number | null | undefined
  readonly longitude?: number | null | undefined
}): Position | null {
  const { latitude, longitude } = fields
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return null
  return { latitude, longitude }
}

export type ReadPosition =
  | { readonly ok: true; readonly position: Position }
  | { readonly ok: false; readonly problem: 'not-two-numbers' | 'not-in-china' }

/**
 * Two numbers as people copy them: `119.9556,30.0487`, `30.0487 119.9556`, `北纬30°2′55″ 东经119°57′20″`. Which of
 * them is the longitude needs no order: in China the longitude is always the larger one.
 */
export function readPosition(text: string): ReadPosition {
  const parts = [...text.normalize('NFKC').matchAll(degreesPattern)].map(
    ([, degrees, minutes, seconds]) =>
      Number(degrees) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3_600,
  )
  const [first, second] = parts
  if (parts.length !== 2 || first === undefined || second === undefined) {
    return { ok: false, problem: 'not-two-numbers' }
  }
  const position = {
    latitude: Math.min(first, second),
    longitude: Math.max(first, second),
  }
  return isInChina(position) ? { ok: true, position } : { ok: false, problem: 'not-in-china' }
}

/** A number with its minutes and seconds where it has any; NFKC turns ″ into two ′. */
const degreesPattern =
  /(-?\d+(?:\.\d+)?)\s*(?:[°度º]\s*(?:(\d+(?:\.\d+)?)\s*['′’分]\s*(?:(\d+(?:\.\d+)?)\s*(?:''|"|′′|”|秒))?)?)?/g

/** `30.048712, 119.955631`. */
export function formatPosition({ latitude, longitude }: Position): string {
  return `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`
}
