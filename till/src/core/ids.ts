/** UUIDv7 (RFC 9562, 5.7), made where the thing is born and rising within one maker, even within one millisecond. */
import { toHex } from './bytes.ts'

export type RandomBytes = (count: number) => Uint8Array

/** Make a maker of ids. `now` is milliseconds since 1970; an id is never earlier than the one before it. */
export function idMaker(now: () => number, random: RandomBytes): () => string {
  let last = 0
  let counter = 0
  return () => {
    const time = now()
    if (time > last) {
      last = time
      // Half of the counter's room is left for the ids of this millisecond.
      const start = random(2)
      counter = (((start[0] ?? 0) << 8) | (start[1] ?? 0)) & 0x7ff
    } else if (++counter > 0xfff) {
      last += 1
      counter = 0
    }
    return written(last, counter, random(8))
  }
}

function written(time: number, counter: number, tail: Uint8Array): string {
  const head = time.toString(16).padStart(12, '0')
  const rest = Uint8Array.from(tail)
  rest[0] = ((rest[0] ?? 0) & 0x3f) | 0x80
  const end = toHex(rest)
  return `${head.slice(0, 8)}-${head.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${end.slice(0, 4)}-${end.slice(4)}`
}
