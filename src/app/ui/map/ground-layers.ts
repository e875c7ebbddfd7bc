/**
 * How a ground is drawn: quietly, in the page's own inks, since the five colours are kept for the marks. Vector tiles
 * are told by the names of their layers, which two schemas share among themselves (OpenMapTiles, Protomaps); of any
 * other only what bears one of these names is drawn. Names on it are drawn from the system's own fonts.
 */
import type { LayerSpecification } from 'maplibre-gl'

export type Ink = 'paper' | 'card' | 'sunk' | 'ink' | 'ink-soft' | 'line' | 'edge' | 'accent-soft'

/** A token as it is on this screen now. */
export type Inks = (token: Ink) => string

export const groundSource = 'ground'

type Name = readonly ['coalesce', ...(readonly ['get', string])[]]
const chinese: Name = ['coalesce', ['get', 'name:zh-Hans'], ['get', 'name:zh'], ['get', 'name']]

/** Wider the closer one is; metres cannot be told to the style. */
const roadWidth = (least: number) =>
  ['interpolate', ['exponential', 1.6], ['zoom'], 12, least, 20, least * 16] as const

export function vectorGround(ids: readonly string[], inks: Inks): LayerSpecification[] {
  const fill = (layer: string, color: string): LayerSpecification => ({
    id: `ground-${layer}`,
    type: 'fill',
    source: groundSource,
    'source-layer': layer,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': color },
  })
  const line = (layer: string, color: string, width: number, name: string) =>
    ({
      id: `ground-${layer}-${name}`,
      type: 'line',
      source: groundSource,
      'source-layer': layer,
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': color, 'line-width': roadWidth(width) },
    }) as unknown as LayerSpecification
  const names = (layer: string, placement: 'line' | 'point') =>
    ({
      id: `ground-${layer}-names`,
      type: 'symbol',
      source: groundSource,
      'source-layer': layer,
      minzoom: placement === 'line' ? 14 : 10,
      layout: {
        'text-field': chinese,
        'text-font': ['sans-serif'],
        'text-size': 18,
        'symbol-placement': placement,
      },
      paint: {
        'text-color': inks('ink-soft'),
        'text-halo-color': inks('paper'),
        'text-halo-width': 2,
      },
    }) as unknown as LayerSpecification
  const has = (layer: string) => ids.includes(layer)
  return [
    ...['earth', 'landcover', 'landuse'].filter(has).map((id) => fill(id, inks('paper'))),
    ...['park'].filter(has).map((id) => fill(id, inks('sunk'))),
    ...['water'].filter(has).map((id) => fill(id, inks('accent-soft'))),
    ...['water', 'waterway'].filter(has).map((id) => line(id, inks('accent-soft'), 1, 'line')),
    ...['building', 'buildings'].filter(has).map((id) => fill(id, inks('line'))),
    ...['roads', 'transportation']
      .filter(has)
      .flatMap((id) => [line(id, inks('edge'), 1.3, 'edge'), line(id, inks('card'), 1, 'middle')]),
    ...['roads', 'transportation_name'].filter(has).map((id) => names(id, 'line')),
    ...['places', 'place'].filter(has).map((id) => names(id, 'point')),
  ]
}

export function pictureGround(): LayerSpecification[] {
  return [{ id: 'ground', type: 'raster', source: groundSource }]
}
