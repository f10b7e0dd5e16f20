import { expect, it, vi } from 'vitest'
import { Updates } from '../../src/data/update.ts'
import { aDevice } from './support.ts'

interface Workers {
  readonly updates: Updates
  readonly container: EventTarget & { controller: object | null }
  readonly registration: EventTarget & { waiting: { postMessage: (message: unknown) => void } | null }
  readonly told: unknown[]
  readonly reload: () => void
}

async function begin(controller: object | null, isWaiting: boolean): Promise<Workers> {
  const told: unknown[] = []
  const waiting = isWaiting ? { postMessage: (message: unknown) => told.push(message) } : null
  const registration = Object.assign(new EventTarget(), { waiting, installing: null, update: () => Promise.resolve() })
  const container = Object.assign(new EventTarget(), { controller, register: () => Promise.resolve(registration) })
  const reload = vi.fn<() => void>()
  const { environment } = aDevice(undefined, { serviceWorker: container as unknown as ServiceWorkerContainer, reload })
  const updates = new Updates(environment)
  await updates.watch()
  updates.stop()
  return { updates, container, registration, told, reload }
}

it('a newer version waits until it is applied, and then the page begins anew', async () => {
  const { updates, container, told, reload } = await begin({}, true)
  expect(updates.ready.get()).toBe(true)
  container.dispatchEvent(new Event('controllerchange'))
  expect(reload).not.toHaveBeenCalled()

  updates.apply()
  expect(told).toEqual([{ type: 'activate' }])
  updates.apply()
  expect(reload).not.toHaveBeenCalled()
  container.dispatchEvent(new Event('controllerchange'))
  updates.apply()
  expect(reload).toHaveBeenCalledTimes(1)
})

it('a browser that hands over late, in the middle of a ticket, does not take the page away', async () => {
  const { updates, container, registration, reload } = await begin({}, true)
  updates.apply()
  registration.waiting = null
  container.dispatchEvent(new Event('controllerchange'))
  expect(updates.ready.get()).toBe(true)
  expect(reload).not.toHaveBeenCalled()
})

it('the first installation is no update', async () => {
  const { updates } = await begin(null, true)

  expect(updates.ready.get()).toBe(false)
})

it('without a newer version there is nothing to apply', async () => {
  const { updates, told } = await begin({}, false)
  updates.apply()

  expect([updates.ready.get(), told]).toEqual([false, []])
})
