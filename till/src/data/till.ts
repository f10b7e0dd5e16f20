import type { Till } from './index.ts'

/** Open this browser's till. */
export function openTill(): Promise<Till> {
  return Promise.reject(new Error('the till is not built yet'))
}
