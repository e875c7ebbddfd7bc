/** The browser’s turn between two steps of a count, for screens. */
export { nextTask } from '#app/platform/pause.ts'
