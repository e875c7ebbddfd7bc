/** A file for the person, as screens hand one over: a screen imports no more of the browser. */
export { saveBlob } from '#app/platform/save-file.ts'
