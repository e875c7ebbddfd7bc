/** What only the map asks of the browser. */
export type { MapActs } from '#app/platform/map-acts.ts'
