import { expect, it } from 'vitest'
import { idMaker } from '../../src/core/ids.ts'

const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count))

it('an id is a UUIDv7 that begins with its millisecond', () => {
  const id = idMaker(() => 0x0199b2a47000, random)()

  expect(id).toMatch(/^0199b2a4-7000-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

it('ids rise within one millisecond and when the clock goes back', () => {
  let now = 1_764_032_400_000
  const make = idMaker(() => now, random)
  const ids = Array.from({ length: 9000 }, make)
  now -= 3_600_000
  ids.push(...Array.from({ length: 10 }, make))

  expect(ids).toEqual([...ids].sort())
  expect(new Set(ids).size).toBe(9010)
})
