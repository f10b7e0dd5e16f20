/** Hand a file to the person at the till, as a download. */
export function offerFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // The browser reads the file after the click has returned.
  setTimeout(() => { URL.revokeObjectURL(address) }, 60_000)
}
