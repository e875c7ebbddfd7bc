/** What is drawn on the map's own canvas, under the marks: bounds, walls and points, as data and as layers. */
import type { LayerSpecification } from 'maplibre-gl'
import type { Inks } from './ground-layers.ts'

/** Longitude before latitude, as GeoJSON has it. */
export type Corner = readonly [longitude: number, latitude: number]

export interface Shapes {
  /** The line around a grid; no corners where there is none. */
  readonly bounds: readonly Corner[]
  readonly outlines: readonly (readonly Corner[])[]
  readonly points: readonly Corner[]
}

export const shapeSources = ['bounds', 'outlines', 'points'] as const

type Geometry =
  { type: 'Polygon'; coordinates: number[][][] } | { type: 'Point'; coordinates: number[] }

interface Features {
  type: 'FeatureCollection'
  features: { type: 'Feature'; properties: Record<string, never>; geometry: Geometry }[]
}

/** As GeoJSON (RFC 7946): rings end where they begin. */
export function shapesToData(
  shapes: Shapes,
): Readonly<Record<(typeof shapeSources)[number], Features>> {
  const collect = (geometries: readonly Geometry[]): Features => ({
    type: 'FeatureCollection',
    features: geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
  })
  const polygon = (corners: readonly Corner[]): Geometry => ({
    type: 'Polygon',
    coordinates: [[...corners, ...corners.slice(0, 1)].map(([x, y]) => [x, y])],
  })
  return {
    bounds: collect(shapes.bounds.length > 2 ? [polygon(shapes.bounds)] : []),
    outlines: collect(shapes.outlines.map(polygon)),
    points: collect(shapes.points.map(([x, y]) => ({ type: 'Point', coordinates: [x, y] }))),
  }
}

/** The layers of `shapes`, over whatever ground. */
export function shapeLayers(inks: Inks): LayerSpecification[] {
  return [
    {
      id: 'bounds',
      type: 'line',
      source: 'bounds',
      paint: { 'line-color': inks('edge'), 'line-width': 3, 'line-dasharray': [2, 2] },
    },
    {
      id: 'outlines',
      type: 'fill',
      source: 'outlines',
      paint: { 'fill-color': inks('card'), 'fill-outline-color': inks('edge') },
    },
    {
      id: 'walls',
      type: 'line',
      source: 'outlines',
      paint: { 'line-color': inks('edge'), 'line-width': 2 },
    },
    {
      id: 'points',
      type: 'circle',
      source: 'points',
      paint: {
        'circle-radius': 5,
        'circle-color': inks('card'),
        'circle-stroke-color': inks('ink-soft'),
        'circle-stroke-width': 2,
      },
    },
  ]
}
