/// <reference lib="webworker" />
// Reads codes in pictures, beside the page: a picture takes tens of milliseconds, and no key waits for it.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import binary from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { OPTIONS, sightOf } from './reading.ts'

// The types know a worker, not which kind.
const worker = self as unknown as DedicatedWorkerGlobalScope

const ready = prepareZXingModule({ overrides: { locateFile: () => binary }, fireImmediately: true })
ready.then(() => { worker.postMessage('ready') }, (problem: unknown) => { worker.postMessage({ problem: String(problem) }) })

worker.addEventListener('message', (event: MessageEvent<ImageData>) => {
  const picture = event.data
  readBarcodes(picture, OPTIONS).then(
    (found) => { worker.postMessage(found.filter(({ isValid }) => isValid).map((one) => sightOf(one, picture.width, picture.height))) },
    (problem: unknown) => { worker.postMessage({ problem: String(problem) }) },
  )
})
