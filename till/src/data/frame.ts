/** Waits until the screen shows what it now has to show. Where no frame comes, as in a hidden tab, not longer than a moment. */
const LONGEST_MS = 150

export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestAnimationFrame === 'undefined') {
      setTimeout(resolve, 0)
      return
    }
    const timer = setTimeout(resolve, LONGEST_MS)
    requestAnimationFrame(() => {
      clearTimeout(timer)
      // The frame is painted when its callbacks have run: the next task comes after it.
      setTimeout(resolve, 0)
    })
  })
}
