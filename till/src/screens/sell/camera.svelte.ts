// The camera while it scans: opened, read picture after picture, and let go of whenever nobody looks at it.
import { look, nothingSeen, resumed, type CameraProblem } from '../../core/seeing.ts'
import { CameraFailed, cameras, codeReader, hasTorch, openCamera, setTorch, type Camera, type CodeReader } from '../../devices/camera.ts'
import { tick } from '../../devices/sound.ts'
import { app } from '../app.svelte.ts'
import { fault } from '../fault.ts'
import { prefer, preferences } from '../preferences.svelte.ts'
import { scanned } from './scanning.ts'

/** From the beginning of one picture to the next at least: a phone in the hand stays cool. */
const PICTURE_MS = 90
/** Without a code for so long it goes off by itself. */
const REST_MS = 180_000
const FELT_MS = 60
/** So long the frame says that something was read. */
const HIT_MS = 400

class Scanner {
  stream = $state.raw<MediaStream | null>(null)
  problem = $state.raw<CameraProblem | null>(null)
  cameras = $state.raw<readonly Camera[]>([])
  /** null: this camera has no light. */
  torch = $state.raw<boolean | null>(null)
  rests = $state(false)
  /** A code was read just now. */
  hit = $state(false)
  #reader: CodeReader | null = null
  #video: HTMLVideoElement | null = null
  #watch = nothingSeen
  /** Rises with each start and stop: what was begun before is over. */
  #turn = 0

  /** Open the camera and read what this video shows until `stop`. */
  async start(video: HTMLVideoElement): Promise<void> {
    this.stop()
    const turn = this.#turn
    this.problem = null
    this.rests = false
    this.#video = video
    try {
      const stream = await openCamera(preferences.camera)
      // Left again while the browser asked.
      if (turn !== this.#turn) { endOf(stream); return }
      this.#takes(stream)
      video.srcObject = stream
      await video.play()
      this.cameras = await cameras()
      this.#reader ??= await codeReader()
      await this.#read(video, this.#reader, turn)
    } catch (problem) {
      // A play() that was cut off by leaving is no problem of anybody.
      if (turn !== this.#turn) return
      this.close()
      this.problem = problem instanceof CameraFailed ? problem.problem : 'failed'
      app.sound('attention')
      if (!(problem instanceof CameraFailed)) fault(problem)
    }
  }

  /** Let go of the camera. What is still before it when it opens again is no new piece. */
  stop(): void {
    this.#turn += 1
    if (this.stream) endOf(this.stream)
    this.stream = this.torch = null
  }

  /** Let go of everything: the next time begins anew. */
  close(): void {
    this.stop()
    this.#reader?.close()
    this.#reader = null
    this.#watch = nothingSeen
  }

  #takes(stream: MediaStream): void {
    this.stream = stream
    this.torch = hasTorch(stream) ? false : null
    // Pulled out, or taken by the system.
    stream.getVideoTracks()[0]?.addEventListener('ended', () => {
      if (this.stream !== stream) return
      this.stop()
      this.problem = 'failed'
    })
  }

  async #read(video: HTMLVideoElement, reader: CodeReader, turn: number): Promise<void> {
    let lastCode = performance.now()
    this.#watch = resumed(this.#watch, lastCode)
    while (turn === this.#turn) {
      const begun = performance.now()
      const sights = video.videoWidth === 0 ? [] : await reader.read(video)
      if (turn !== this.#turn) return
      const seen = look(this.#watch, sights, begun)
      this.#watch = seen.watch
      if (seen.scan !== null) {
        lastCode = begun
        this.#says()
        scanned(seen.scan)
      } else if (begun - lastCode > REST_MS) {
        this.stop()
        this.rests = true
      }
      await new Promise((resolve) => { setTimeout(resolve, Math.max(0, PICTURE_MS - (performance.now() - begun))) })
    }
  }

  #says(): void {
    tick(FELT_MS)
    this.hit = true
    setTimeout(() => { this.hit = false }, HIT_MS)
  }

  async light(): Promise<void> {
    const { stream, torch } = this
    if (stream === null || torch === null) return
    await setTorch(stream, !torch)
    this.torch = !torch
  }

  /** The next of several cameras, remembered for this device. */
  other(): void {
    const now = this.stream?.getVideoTracks()[0]?.getSettings().deviceId
    const place = this.cameras.findIndex(({ id }) => id === now)
    const next = this.cameras[(place + 1) % this.cameras.length]
    if (next === undefined || this.#video === null) return
    prefer({ camera: next.id })
    void this.start(this.#video)
  }

  /** Whether the camera looks at the person: then the picture is shown as a mirror does, so that the hand finds its way. */
  get isMirror(): boolean {
    return this.stream?.getVideoTracks()[0]?.getSettings().facingMode === 'user'
  }
}

function endOf(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

export const scanner = new Scanner()
