// Paper by way of the browser's own printing: any printer that the device knows, in rolls of 58 or 80 mm.

export type PaperWidth = 58 | 80

const MICRONS_PER_PIXEL = 265 // 25.4 mm / 96, rounded up so that the last line is never cut

let sheet: CSSStyleSheet | null = null

/**
 * Print the slip that stands in the page, on one page exactly as long as the slip.
 * The page's size is set through the CSSOM, which the content security policy allows.
 */
export function printSlip(slip: HTMLElement, width: PaperWidth): void {
  const heightMm = Math.ceil((measuredHeight(slip) * MICRONS_PER_PIXEL) / 1000) + 6
  sheet ??= new CSSStyleSheet()
  sheet.replaceSync(`@page { size: ${String(width)}mm ${String(Math.max(heightMm, width))}mm; margin: 0 }`)
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet)
  window.print()
}

// The slip is hidden on the screen: it is laid out beside it for a moment, only to be measured.
function measuredHeight(slip: HTMLElement): number {
  slip.classList.add('measured')
  const height = slip.scrollHeight
  slip.classList.remove('measured')
  return height
}
