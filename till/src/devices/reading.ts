// How ZXing is asked, and what its answer means here. Nothing of ours but types: the worker that reads stays small.
import type { ReaderOptions, ReadResult } from 'zxing-wasm/reader'
import type { Sight } from '../core/seeing.ts'

/** What shops scan. ITF only as the fourteen digits of a case: shorter ones are read out of the middle of longer ones. */
export const OPTIONS: ReaderOptions = {
  formats: ['EAN13', 'EAN8', 'UPCA', 'UPCE', 'Code128', 'Code39', 'ITF14', 'DataBar', 'DataBarLtd', 'DataBarExp', 'QRCode', 'DataMatrix'],
  textMode: 'Plain', tryInvert: false, maxNumberOfSymbols: 6,
}

const MATRIX = new Set(['QRCode', 'DataMatrix'])

/** One answer of the reader, in a picture of this size. GS1 codes bring the prefix by which a scanner says so. */
export function sightOf(found: ReadResult, width: number, height: number): Sight {
  const { topLeft, bottomRight } = found.position
  const [x, y] = [(topLeft.x + bottomRight.x) / 2 - width / 2, (topLeft.y + bottomRight.y) / 2 - height / 2]
  const isGs1 = found.contentType === 'GS1'
  return { code: (isGs1 ? found.symbologyIdentifier : '') + found.text, isLinear: !MATRIX.has(found.symbology), offset: Math.hypot(x, y) }
}
