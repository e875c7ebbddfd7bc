/** It starts itself; what it exports is of no use here. */
declare module 'maplibre-gl/dist/maplibre-gl-worker.mjs'
