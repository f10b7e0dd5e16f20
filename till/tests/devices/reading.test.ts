// Our reader as it is shipped, on pictures that its sister draws: what it finds is what the till's own reading of codes expects.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { prepareZXingModule as prepareWriter, writeBarcode, type WriterOptions } from 'zxing-wasm/writer'
import { readCode } from '../../src/core/barcode.ts'
import { OPTIONS, sightOf } from '../../src/devices/reading.ts'
import type { Sight } from '../../src/core/seeing.ts'

const resolve = createRequire(import.meta.url).resolve
const binary = (name: string): ArrayBuffer => new Uint8Array(readFileSync(resolve(`zxing-wasm/${name}/zxing_${name}.wasm`))).buffer

beforeAll(async () => {
  await prepareWriter({ overrides: { wasmBinary: binary('writer') }, fireImmediately: true })
  await prepareZXingModule({ overrides: { wasmBinary: binary('reader') }, fireImmediately: true })
})

async function read(text: string, options: WriterOptions): Promise<readonly Sight[]> {
  const { image, error } = await writeBarcode(text, { scale: 4, addQuietZones: true, ...options })
  if (image === null) throw new Error(error)
  return (await readBarcodes(image, OPTIONS)).map((found) => sightOf(found, 400, 200))
}

const first = (code: string): string | undefined => readCode(code, { rules: [], digits: 2, year: 2026 }).attempts[0]?.code

describe('a picture of a code', () => {
  it.each([
    ['7501030459941', 'EAN13', '7501030459941'], ['96385074', 'EAN8', '96385074'], ['AB-1234', 'Code128', 'AB-1234'], ['CAJA 7', 'Code39', 'CAJA 7'],
    ['17501030459948', 'ITF14', '17501030459948'],
  ] as const)('%s as %s is read as it is', async (text, format, code) => {
    const [sight, ...others] = await read(text, { format })

    expect(others).toEqual([])
    expect(sight).toMatchObject({ code, isLinear: true })
  })

  it('of a UPC names the article by a form that the till tries', async () => {
    const [long] = await read('036000291452', { format: 'UPCA' })
    const [short] = await read('04252614', { format: 'UPCE' })

    expect(readCode(long?.code ?? '', { rules: [], digits: 2, year: 2026 }).attempts.map(({ code }) => code)).toContain('036000291452')
    expect(readCode(short?.code ?? '', { rules: [], digits: 2, year: 2026 }).attempts.map(({ code }) => code)).toContain('042100005264')
  })

  it('of a GS1 label brings lot and expiry, by lines and by squares', async () => {
    const elements = '(01)07501030459941(17)270331(10)L-42'
    for (const format of ['Code128', 'DataMatrix'] as const) {
      const [sight] = await read(elements, { format, options: 'gs1' })
      const reading = readCode(sight?.code ?? '', { rules: [], digits: 2, year: 2026 })

      expect(reading).toMatchObject({ lot: 'L-42', expires: '2027-03-31' })
      expect(reading.attempts.map(({ code }) => code)).toContain('7501030459941')
    }
  })

  it('of a paper is the text of its QR code, and needs one look', async () => {
    const [sight] = await read('C1A-1-0A1B2C', { format: 'QRCode' })

    expect(sight).toMatchObject({ code: 'C1A-1-0A1B2C', isLinear: false })
    expect(first('C1A-1-0A1B2C')).toBe('C1A-1-0A1B2C')
  })
})
