// The camera and what reads its pictures: the browser's own reader where it knows enough codes, else ours in a worker.
import { nativeFormats, nativeSight, problemOf, type CameraProblem, type Sight } from '../core/seeing.ts'

export class CameraFailed extends Error {
  readonly problem: CameraProblem
  constructor(problem: CameraProblem) {
    super(problem)
    this.problem = problem
  }
}

export interface Camera { readonly id: string; readonly label: string }

/** What finds codes in the picture of a video; one picture at a time. */
export interface CodeReader {
  read(video: HTMLVideoElement): Promise<readonly Sight[]>
  close(): void
}

// Of these the types know nothing yet.
interface Detector { detect(source: HTMLVideoElement): Promise<readonly { rawValue: string; format: string; boundingBox: DOMRectReadOnly }[]> }
interface Detectors { new (options: { formats: readonly string[] }): Detector; getSupportedFormats(): Promise<readonly string[]> }
type Torch = MediaTrackCapabilities & { readonly torch?: boolean }

const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, advanced: [{ focusMode: 'continuous' } as MediaTrackConstraintSet] }

/** Open a camera: this one if it is still there, else the one that looks away from the person. Throws `CameraFailed`. */
export async function openCamera(id: string): Promise<MediaStream> {
  // Outside https and localhost browsers do not even have the door.
  if (!('mediaDevices' in navigator)) throw new CameraFailed('insecure')
  // Asked for and not demanded: the one that was chosen may be gone, and another one scans as well.
  const which: MediaTrackConstraints = id === '' ? { facingMode: { ideal: 'environment' } } : { deviceId: { ideal: id } }
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { ...PICTURE, ...which } })
  } catch (problem) {
    throw new CameraFailed(problemOf(nameOf(problem)))
  }
}

function nameOf(problem: unknown): string {
  return problem instanceof DOMException || problem instanceof Error ? problem.name : ''
}

/** The cameras of this device. Their names are known once one of them was allowed. */
export async function cameras(): Promise<readonly Camera[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ id: deviceId, label }))
}

export function hasTorch(stream: MediaStream): boolean {
  const [track] = stream.getVideoTracks()
  return track !== undefined && 'getCapabilities' in track && (track.getCapabilities() as Torch).torch === true
}

export async function setTorch(stream: MediaStream, on: boolean): Promise<void> {
  await stream.getVideoTracks()[0]?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
}

/** Return what reads codes here. Throws `CameraFailed` when ours cannot start. */
export async function codeReader(): Promise<CodeReader> {
  const detectors = (globalThis as { BarcodeDetector?: Detectors }).BarcodeDetector
  const formats = detectors === undefined ? null : nativeFormats(await detectors.getSupportedFormats().catch(() => []))
  return detectors === undefined || formats === null ? ourReader() : nativeReader(new detectors({ formats }))
}

function nativeReader(detector: Detector): CodeReader {
  let ours: CodeReader | null = null
  return {
    async read(video) {
      if (ours === null) {
        try {
          return (await detector.detect(video)).map((one) => {
            const { x, y, width, height } = one.boundingBox
            return nativeSight(one, Math.hypot(x + (width - video.videoWidth) / 2, y + (height - video.videoHeight) / 2))
          })
        } catch {
          // A reader that the system promises and does not have: Android without its services.
          ours = await ourReader()
        }
      }
      return ours.read(video)
    },
    close() { ours?.close() },
  }
}

type Answer = 'ready' | readonly Sight[] | { readonly problem: string }

/** Beyond this width a picture only takes longer. */
const WIDEST = 1280

async function ourReader(): Promise<CodeReader> {
  const worker = new Worker(new URL('./code_reader.ts', import.meta.url), { type: 'module' })
  const answer = async (): Promise<readonly Sight[]> => {
    const said = await new Promise<Answer>((resolve) => {
      worker.onmessage = (event: MessageEvent<Answer>) => { resolve(event.data) }
      worker.onerror = (event) => { resolve({ problem: event.message }) }
    })
    if (typeof said === 'object' && 'problem' in said) {
      worker.terminate()
      throw new CameraFailed('reader')
    }
    return said === 'ready' ? [] : said
  }
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  await answer()
  return {
    read(video) {
      const scale = Math.min(1, WIDEST / video.videoWidth)
      const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)]
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
      pen?.drawImage(video, 0, 0, width, height)
      const picture = pen?.getImageData(0, 0, width, height)
      if (picture === undefined) return Promise.resolve([])
      worker.postMessage(picture, [picture.data.buffer])
      return answer()
    },
    close() { worker.terminate() },
  }
}
