/// <reference lib="webworker" />
/**
 * The service worker: the till starts from cold without a network, and changes its version only when the page says so.
 *
 * Serves the addresses of `FILES` from the cache of its own `VERSION`, all of one build or none. Everything else, and above all /api,
 * goes to the network untouched: facts are kept by the journal, never by a cache.
 * `VERSION` and `FILES` are written in front by the build (vite.config.ts).
 */
declare const VERSION: string
declare const FILES: readonly string[]

// The types know a worker, not which kind.
const worker = self as unknown as ServiceWorkerGlobalScope

const CACHE = `till-${VERSION}`
const HOME = '/till/'

async function keepAll(): Promise<void> {
  const cache = await caches.open(CACHE)
  // `reload` goes round the HTTP cache, so that files of two builds cannot be mixed.
  await cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' })))
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith('till-') && name !== CACHE).map((name) => caches.delete(name)))
  await worker.clients.claim()
}

async function answer(request: Request, address: string): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(address)) ?? fetch(request)
}

/** A browser that can lead requests past the worker (the Static Routing API; the types do not know it yet). */
interface Router { addRoutes(routes: readonly { condition: { urlPattern: string }, source: 'network' }[]): Promise<void> }

// The journal's requests would wake a worker that is just making way for the next one, and the hand-over would hang until it slept again.
// Only a shorter way: where it is refused they go through `fetch` below, which leaves them alone.
function passByForFacts(event: ExtendableEvent): void {
  if (!('addRoutes' in event)) return
  const routes = (event as unknown as Router).addRoutes([{ condition: { urlPattern: '/api/*' }, source: 'network' }])
  event.waitUntil(routes.catch(() => undefined))
}

worker.addEventListener('install', (event) => {
  passByForFacts(event)
  event.waitUntil(keepAll())
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers())
})

// Waiting is the rule: the page sends this when no ticket is open.
worker.addEventListener('message', (event) => {
  const message: unknown = event.data
  if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'activate') void worker.skipWaiting()
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== worker.location.origin || !address.pathname.startsWith(HOME)) return
  if (request.mode === 'navigate') {
    event.respondWith(answer(request, HOME))
    return
  }
  if (FILES.includes(address.pathname)) event.respondWith(answer(request, address.pathname))
})
