/** One call to the server. What is not the documented JSON is no answer at all, whatever its status says. */
import type { Environment } from '../environment.ts'

export interface Call {
  readonly path: string
  readonly token?: string
  /** JSON text: then the call is a POST. */
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Reply {
  readonly status: number
  /** The body, when it is JSON. */
  readonly json: unknown
  readonly etag: string | null
  /** Milliseconds that the server asks to wait, or null. */
  readonly retryAfter: number | null
}

/** What somebody said who was asked. */
export type Said = Pick<Reply, 'status' | 'json'>

/** Nothing that can be trusted came back: no network, too late, a redirect, or not JSON. */
export class NoAnswer extends Error {
  readonly code = 'no_answer'
}

const RETRY_AT_MOST_S = 600

// A path of the server's own making stays at the server: the token goes nowhere else.
function addressOf(environment: Environment, path: string): string {
  const address = new URL(path, environment.api)
  if (address.origin !== new URL(environment.api).origin) throw new NoAnswer('another origin')
  return address.href
}

async function ask(environment: Environment, call: Call, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...call.headers }
  if (call.token !== undefined) headers['Authorization'] = `Bearer ${call.token}`
  if (call.body !== undefined) headers['Content-Type'] = 'application/json'
  const options: RequestInit = {
    method: call.body === undefined ? 'GET' : 'POST',
    headers,
    // A captive portal answers with a redirect to its own page.
    redirect: 'error',
    cache: 'no-store',
    credentials: 'omit',
    signal,
  }
  if (call.body !== undefined) options.body = call.body
  return environment.fetch(addressOf(environment, call.path), options)
}

async function trusted<T>(doing: Promise<T>): Promise<T> {
  try {
    return await doing
  } catch (cause) {
    throw cause instanceof NoAnswer ? cause : new NoAnswer('no answer', { cause })
  }
}

/** Read a call's answer line by line, as it comes: each step may take as long as a whole answer may, for a long one takes many. */
export async function* callLines(environment: Environment, call: Call): AsyncGenerator<string, void> {
  const stop = new AbortController()
  const soon = <T>(doing: Promise<T>): Promise<T> => {
    const tooLate = setTimeout(() => {
      stop.abort()
    }, environment.rhythm.answer)
    return trusted(doing).finally(() => {
      clearTimeout(tooLate)
    })
  }
  try {
    const response = await soon(ask(environment, call, stop.signal))
    if (response.status !== 200 || !response.body) throw new NoAnswer(`status ${String(response.status)}`)
    const reader = response.body.getReader()
    const decoder = new TextDecoder()
    let begun = ''
    for (let step = await soon(reader.read()); !step.done; step = await soon(reader.read())) {
      const [first = '', ...others] = decoder.decode(step.value, { stream: true }).split('\n')
      begun += first
      for (const next of others) {
        yield begun
        begun = next
      }
    }
    if (begun !== '') throw new NoAnswer('half a line')
  } finally {
    stop.abort()
  }
}

const PATIENCE_MS = 5000

/** Ask what no sale waits for; null when nobody answers. */
export async function askServer(environment: Environment, call: Call): Promise<Said | null> {
  try {
    return await callServer({ ...environment, rhythm: { ...environment.rhythm, answer: PATIENCE_MS } }, call)
  } catch (error) {
    if (error instanceof NoAnswer) return null
    throw error
  }
}

export async function callServer(environment: Environment, call: Call): Promise<Reply> {
  const response = await trusted(ask(environment, call, AbortSignal.timeout(environment.rhythm.answer)))
  const text = await trusted(response.text())
  let json: unknown
  try {
    json = text === '' ? null : (JSON.parse(text) as unknown)
  } catch (cause) {
    // A refusal may be plain text; a success may not.
    if (response.ok) throw new NoAnswer('not JSON', { cause })
    json = null
  }
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10)
  const retryAfter = seconds > 0 ? Math.min(seconds, RETRY_AT_MOST_S) * 1000 : null
  return { status: response.status, json, etag: response.headers.get('ETag'), retryAfter }
}
