// The four sounds of the till: short, dry, each with its own pitch and rhythm. WebAudio, so that nothing is fetched.

export type SoundName = 'scanned' | 'unknown' | 'charged' | 'attention'

interface Beep { readonly hertz: number; readonly startMs: number; readonly lengthMs: number }

const PATTERNS: Readonly<Record<SoundName, readonly Beep[]>> = {
  scanned: [{ hertz: 1200, startMs: 0, lengthMs: 30 }],
  unknown: [{ hertz: 320, startMs: 0, lengthMs: 110 }, { hertz: 320, startMs: 170, lengthMs: 110 }],
  charged: [{ hertz: 660, startMs: 0, lengthMs: 60 }, { hertz: 990, startMs: 80, lengthMs: 60 }],
  attention: [{ hertz: 520, startMs: 0, lengthMs: 90 }, { hertz: 520, startMs: 150, lengthMs: 90 }, { hertz: 520, startMs: 300, lengthMs: 90 }],
}
const VOLUME = 0.12

let context: AudioContext | null = null

/** Play one of the four sounds; do nothing where the browser has no audio or has not yet allowed it. */
export function play(name: SoundName): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  if (context.state === 'suspended') void context.resume()
  const now = context.currentTime
  for (const beep of PATTERNS[name]) {
    const start = now + beep.startMs * 0.001
    const end = start + beep.lengthMs * 0.001
    const oscillator = new OscillatorNode(context, { type: 'square', frequency: beep.hertz })
    const gain = new GainNode(context, { gain: 0 })
    gain.gain.setValueAtTime(VOLUME, start)
    gain.gain.setTargetAtTime(0, end - 0.008, 0.003)
    oscillator.connect(gain).connect(context.destination)
    oscillator.start(start)
    oscillator.stop(end + 0.02)
  }
}

/** Answer a key press on a phone with ten milliseconds of vibration; what nobody pressed is felt by more. */
export function tick(ms = 10): void {
  if (typeof navigator !== 'undefined' && 'vibrate' in navigator) navigator.vibrate(ms)
}
