/** Hands a file to the person by the browser's own way of saving one. */
export function saveFile(name: string, text: string): void {
  saveBlob(name, new Blob([text], { type: 'application/octet-stream' }))
}

export function saveBlob(name: string, file: Blob): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has read it by then; kept, it would hold the work in memory for as long as the page lives.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
