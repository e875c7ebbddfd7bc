/**
 * The map itself: MapLibre over one element, with what this app draws on it. The only file that holds a map object;
 * screens say what is to be seen and hear where somebody moved.
 */
import { GeoJSONSource, Map as MapLibre, setWorkerUrl, type StyleSpecification } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import type { Rectangle } from '#domain/bounds.ts'
import type { Position } from '#domain/position.ts'
import workerUrl from './map-worker.ts?worker&url'
import { shapesToData, type Corner, type Shapes } from './shapes.ts'

export interface Camera {
  readonly center: Corner
  readonly zoom: number
}

export interface Glass {
  /** What lies over the canvas and moves with it: marks belong in here. */
  readonly overlay: HTMLElement
  setShapes(shapes: Shapes): void
  /** The whole style anew: another ground, another light. */
  setStyle(style: StyleSpecification): void
  /** Shows all of an area. */
  fit(area: Rectangle): void
  /** Closer to an area by one step at least, however wide it is. */
  closerTo(area: Rectangle): void
  isClosest(): boolean
  /** So many steps closer; away where negative. */
  zoomBy(steps: number): void
  bringIntoView(position: Position): void
  /** Pixels from the map's upper left corner. */
  place(position: Position): { readonly x: number; readonly y: number }
  unplace(x: number, y: number): Position
  camera(): Camera
  remove(): void
}

export interface GlassOptions {
  readonly style: StyleSpecification
  /** Where the map was left; else all of the area. */
  readonly camera: Camera | null
  readonly area: Rectangle
  /** The class of the overlay. */
  readonly overlay: string
  /** What the map is, for those who cannot see it. */
  readonly label: string
  /** With each frame in which the map moves. */
  readonly onMove: () => void
  /** Somebody changed how close the map is, or it has another size: marks may have more room or less. */
  readonly onZoomed: () => void
  /** The style has come, and what is drawn first can be drawn. */
  readonly onReady: () => void
  /** A tile of the ground is neither on the device nor to be had. */
  readonly onGroundMissing: () => void
}

/** Closer than this nothing more is to be seen; two doors stand apart by then. */
const closest = 20
const farthest = 9
/** Marks stand above their places, buttons below. */
const padding = { top: 104, bottom: 72, left: 24, right: 24 }

/** Throws where the device cannot draw it. */
export function openGlass(element: HTMLElement, options: GlassOptions): Glass {
  // Its script is one of the app's own files: the policy lets no other worker in.
  setWorkerUrl(workerUrl)
  const { camera, area } = options
  const map = new MapLibre({
    container: element,
    style: options.style,
    ...(camera
      ? { center: [...camera.center] as [number, number], zoom: camera.zoom }
      : { bounds: boxOf(area), fitBoundsOptions: { padding, maxZoom: 18 } }),
    minZoom: farthest,
    maxZoom: closest,
    attributionControl: false,
    renderWorldCopies: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    locale: { 'Map.Title': options.label },
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  const overlay = document.createElement('div')
  overlay.className = options.overlay
  map.getCanvasContainer().append(overlay)
  let shapes: Shapes = { bounds: [], outlines: [], points: [] }
  const draw = () => {
    for (const [id, data] of Object.entries(shapesToData(shapes))) {
      const source = map.getSource(id)
      if (source instanceof GeoJSONSource) void source.setData(data)
    }
  }
  map.on('move', options.onMove)
  map.on('zoomend', options.onZoomed)
  map.on('resize', options.onZoomed)
  map.on('style.load', draw)
  map.once('style.load', options.onReady)
  map.on('error', (event) => {
    // Told by its source; anything else is a fault of this app and belongs into the console.
    if ('sourceId' in event) options.onGroundMissing()
    else reportError(event.error)
  })
  return {
    overlay,
    setShapes(next) {
      shapes = next
      draw()
    },
    setStyle: (style) => map.setStyle(style, { diff: false }),
    fit: (to) => map.fitBounds(boxOf(to), { padding, maxZoom: closest }),
    closerTo(to) {
      const camera = map.cameraForBounds(boxOf(to), { padding, maxZoom: closest })
      const zoom = Math.min(closest, Math.max(camera?.zoom ?? 0, map.getZoom() + 1))
      const center = camera?.center ?? map.getCenter()
      map.easeTo({ center, zoom })
    },
    isClosest: () => map.getZoom() > closest - 0.01,
    zoomBy: (steps) => map.zoomTo(map.getZoom() + steps),
    bringIntoView({ longitude, latitude }) {
      if (!map.getBounds().contains([longitude, latitude])) map.panTo([longitude, latitude])
    },
    place: ({ longitude, latitude }) => map.project([longitude, latitude]),
    unplace(x, y) {
      const { lng, lat } = map.unproject([x, y])
      return { longitude: lng, latitude: lat }
    },
    camera() {
      const { lng, lat } = map.getCenter()
      return { center: [lng, lat], zoom: map.getZoom() }
    },
    remove: () => map.remove(),
  }
}

function boxOf({ west, south, east, north }: Rectangle): [number, number, number, number] {
  return [west, south, east, north]
}
