/** MapLibre's own worker, on the oldest browsers too. */
import '#app/floor/polyfills.ts'
// Its package says that its files do nothing by themselves, so the build would leave a plain import out.
import * as worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs'

Object.assign(globalThis, { mapWorker: worker as unknown })
