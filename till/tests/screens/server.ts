// A small server for looking at the screens: it serves the built till and answers the protocol from memory.
// Use: node --experimental-strip-types tests/screens/server.ts [port] [extra products]
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { CATEGORIES, COMBOS, FAMILIES, KITS, MODIFIERS, NEEDS, ORGANIZATION, part, PLACES, products, PROMISES, RULES, SAMPLES, SHEETS, STORE, TAXES, TAX_GROUPS, TILL, TOPICS } from './shop.ts'

const [port = '8720', extra = '0'] = process.argv.slice(2)
/** TILL_BUILD: another build than the one of this checkout. */
const ROOT = process.env['TILL_BUILD'] ?? join(import.meta.dirname, '../../../build/root/till')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.webmanifest': 'application/manifest+json', '.json': 'application/json', '.wasm': 'application/wasm',
}
const POLICY = "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
/** As the server says of the worker that reads codes. */
const READER_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
const PART_SIZE = 5000
const EPOCH = '0199f000-0000-7000-8000-000000000001'
const rows = products(Number(extra))
const names = Object.keys(rows[0] ?? {}) as (keyof (typeof rows)[number])[]
const parts = Array.from({ length: Math.ceil(rows.length / PART_SIZE) }, (_, k) => {
  const piece = rows.slice(k * PART_SIZE, (k + 1) * PART_SIZE)
  return `${JSON.stringify(Object.fromEntries(names.map((name) => [name, piece.map((row) => row[name])])))}\n`
})
const received: unknown[] = []
let watermark = 0
let head = '0'.repeat(64)
/** Kinds of facts that this server parks, to look at that screen: PARK=cash.moved */
const parked = new Set((process.env['PARK'] ?? '').split(','))

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(body))
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
}

function manifest(): object {
  return {
    epoch: EPOCH, n: 1, version: `v${String(rows.length)}`, format: 2, count: rows.length,
    parts: parts.map((_, k) => ({ path: `catalogue/v${String(rows.length)}/${String(k)}`, count: Math.min(PART_SIZE, rows.length - k * PART_SIZE) })),
    categories: CATEGORIES, taxes: TAXES, tax_groups: TAX_GROUPS, families: FAMILIES, barcode_rules: RULES,
    modifier_groups: MODIFIERS, combos: COMBOS, kits: KITS,
  }
}

/** What the shop has promised, seen from today. */
function promisesOf(now: number): object {
  const day = (more: number): string => new Date(now + more * 86_400_000).toISOString().slice(0, 10)
  const one = (n: number, name: string, more: number, rest: object = {}): object => ({
    id: `0199b2a4-7000-7b00-8b00-000000000c0${String(n)}`, name, product: '', words: '', ticket: `C1A-${String(400 + n)}`, first: day(more), due: day(more), state: 'made', ended: false, revision: 0, order: null, order_kind: '', made_at: now, ...rest,
  })
  return {
    promises: [
      one(1, 'Averiguarlo', -1, { state: 'late', product: 'Chocolate de metate' }), one(2, 'Guardárselo', 0, { product: 'Quesillo de hebra' }),
      one(3, 'Llevárselo a casa', 0, { first: day(-2), words: 'Dos garrafones' }), one(4, 'Avisarle si llega', 0, { state: 'kept', ended: true }), one(5, 'Pedirlo para usted', 3, { product: 'Mole negro' }),
    ], more: 0, known: { journal: EPOCH, seq: 1 },
  }
}

async function push(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await read(request)
  const facts = body['facts'] as { seq: number; id: string; kind: string }[]
  const signed = body['head'] as { seq: number; hash: string }
  received.push(...facts.filter(({ seq }) => seq > watermark))
  watermark = Math.max(watermark, signed.seq)
  head = signed.hash
  const answers = facts.map(({ seq, id, kind }) => ({ seq, id, state: parked.has(kind) ? 'parked' : 'accepted', reason: parked.has(kind) ? 'totals' : null }))
  send(response, 200, { protocol: 1, epoch: EPOCH, watermark, head, journal: 'open', time: Date.now(), answers })
}

const BUYERS = [
  { id: '01a21078-0000-7000-8000-0000000000b1', name: 'Doña Petra Méndez', phone: '', tax_id: '', fiado: { limit: 60_000, balance: 3825 }, credit: 0, points: 340 },
  { id: '01a21078-0000-7000-8000-0000000000b2', name: 'Taller Mecánico El Chino', phone: '951 555 0171', tax_id: '', fiado: { limit: 0, balance: 0 }, credit: 4500, points: 0 },
]

async function api(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (path === 'push') { await push(request, response); return }
  if (path === 'pair') {
    const { code } = await read(request)
    if (code === 'MAL') { send(response, 404, {}); return }
    watermark = 0
    send(response, 200, { token: 'fixture', organization: ORGANIZATION, store: STORE, till: TILL, series: 'A1', epoch: EPOCH, server_head: null })
    return
  }
  if (path === 'ping') { send(response, 200, { epoch: EPOCH, n: 1, time: Date.now(), journal: 'open', watermark }); return }
  if (path === 'till') { send(response, 200, { ...part('https://compra.example'), epoch: EPOCH }); return }
  if (path === 'promises') { send(response, 200, promisesOf(Date.now())); return }
  if (path === 'guidance') { send(response, 200, { epoch: EPOCH, needs: NEEDS, samples: SAMPLES, places: PLACES, promises: PROMISES, finds_out: PROMISES[3]?.id ?? null, sheets: SHEETS, topics: TOPICS, closed_weekdays: [], closed_dates: [] }); return }
  if (path === 'catalogue') { send(response, 200, manifest()); return }
  if (path.startsWith('catalogue/')) {
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' }).end(parts[Number(path.split('/')[2])] ?? '{}')
    return
  }
  if (path === 'changes') { send(response, 200, { epoch: EPOCH, n: 1, more: false, changes: [] }); return }
  if (path === 'buyers') { send(response, 200, { buyers: BUYERS, more: false, known: { journal: '', seq: 0 } }); return }
  if (path.startsWith('stock')) {
    send(response, 200, { here: 24_000, others: [{ store: STORE, name: 'La Esquina Norte', quantity: 6_000 }], more: 0, known: { seq: watermark } })
    return
  }
  if (path === 'received') { send(response, 200, received); return }
  send(response, 200, { products: [] })
}

async function file(path: string, response: ServerResponse): Promise<void> {
  const name = path === '/till/' || path === '/till' ? 'index.html' : path.replace('/till/', '')
  try {
    const content = await readFile(join(ROOT, name))
    response.writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream', 'Content-Security-Policy': name.includes('/code_reader-') ? READER_POLICY : POLICY }).end(content)
  } catch {
    response.writeHead(404).end()
  }
}

createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://local')
  const answer = pathname.startsWith('/api/till/v1/') ? api(pathname.slice('/api/till/v1/'.length), request, response) : file(pathname, response)
  answer.catch((problem: unknown) => { send(response, 500, { problem: String(problem) }) })
}).listen(Number(port), '127.0.0.1')
