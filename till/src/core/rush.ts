/** When tickets come so fast that the strip folds itself («modo fila»): it asks for nothing while people stand in line. */

const TICKETS = 3
const GAP_MS = 60_000
const QUIET_MS = 120_000

/** Whether the last three tickets ended less than a minute after each other, and the last of them within two minutes. `ends`: ms, oldest first. */
export function isRush(ends: readonly number[], now: number): boolean {
  const last = ends.slice(-TICKETS)
  const newest = last.at(-1)
  if (newest === undefined || last.length < TICKETS || now - newest >= QUIET_MS) return false
  return last.every((at, place) => place === 0 || at - (last[place - 1] ?? 0) < GAP_MS)
}
