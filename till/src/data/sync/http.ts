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

async function send(environment: Environment, call: Call): Promise<{ response: Response; text: string }> {
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
    signal: AbortSignal.timeout(environment.rhythm.answer),
  }
  if (call.body !== undefined) options.body = call.body
  try {
    const response = await environment.fetch(addressOf(environment, call.path), options)
    return { response, text: await response.text() }
  } catch (cause) {
    throw new NoAnswer('no answer', { cause })
  }
}

/** Read a call's answer as text: for the catalogue's parts, which are stored as they come. */
export async function callText(environment: Environment, call: Call): Promise<{ readonly status: number; readonly text: string }> {
  const { response, text } = await send(environment, call)
  return { status: response.status, text }
}

export async function callServer(environment: Environment, call: Call): Promise<Reply> {
  const { response, text } = await send(environment, call)
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
