/** The map's style: plain paper or the deployment's ground, and over it the shapes that this app draws. */
import type { StyleSpecification } from 'maplibre-gl'
import { shapeLayers, shapeSources } from './shapes.ts'
import { groundSource, pictureGround, vectorGround, type Inks } from './ground-layers.ts'

/** What is known of a ground once it is open. */
export type OpenGround =
  | { readonly kind: 'paper' }
  | {
      readonly kind: 'vector' | 'pictures'
      readonly address: string
      readonly layers: readonly string[]
      readonly minZoom: number
      readonly maxZoom: number
    }

export const paper: OpenGround = { kind: 'paper' }

export function styleOf(ground: OpenGround, inks: Inks): StyleSpecification {
  const empty = { type: 'FeatureCollection' as const, features: [] }
  return {
    version: 8,
    sources: {
      ...Object.fromEntries(
        shapeSources.map((id) => [id, { type: 'geojson' as const, data: empty }]),
      ),
      ...(ground.kind === 'paper' ? {} : { [groundSource]: sourceOf(ground) }),
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': inks('sunk') } },
      ...(ground.kind === 'vector' ? vectorGround(ground.layers, inks) : []),
      ...(ground.kind === 'pictures' ? pictureGround() : []),
      ...shapeLayers(inks),
    ],
  }
}

function sourceOf(
  ground: Exclude<OpenGround, { kind: 'paper' }>,
): StyleSpecification['sources'][string] {
  const { address, minZoom, maxZoom } = ground
  const tiles = { tiles: [address], minzoom: minZoom, maxzoom: maxZoom }
  return ground.kind === 'vector'
    ? { type: 'vector', ...tiles }
    : { type: 'raster', tileSize: 256, ...tiles }
}

/** The tokens as they are on this page now; a new light needs a new style. */
export function inksOf(element: HTMLElement): Inks {
  const style = getComputedStyle(element)
  return (token) => style.getPropertyValue(`--${token}`).trim()
}
