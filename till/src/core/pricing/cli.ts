/**
 * `npm run price -- FILE`: read a basket document, print its totals. The only file of core that knows Node.
 *
 * With `--stream` it prices one basket per line of standard input and answers one line each: the totals, or {"error": code, "data": ...};
 * with `--stream-returns` it says of one return per line what it gives back.
 */
import { readFileSync } from 'node:fs'
import { stdin, stdout } from 'node:process'
import { priceDocument, PricingError, refund, type ReturnDocument } from './index.ts'

const REFUSED = 2
const STANDARD_INPUT = 0

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new PricingError('malformed', { path: '$', problem: 'value' })
    throw cause
  }
}

/** Read as UTF-8, strictly: bytes that are not UTF-8 are malformed, as they are in Python. */
function read(path: string): string {
  const bytes = readFileSync(path === '-' ? STANDARD_INPUT : path)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new PricingError('malformed', { path: '$', problem: 'value' })
  }
}

type Answer = (document: unknown) => unknown

const MODES: Readonly<Record<string, Answer>> = {
  '--stream': priceDocument,
  // Its shape is not looked at: what a till returns it has typed itself, and the server reads by types of its own.
  '--stream-returns': (document) => refund(document as ReturnDocument),
}

function answer(line: string, how: Answer): string {
  try {
    return JSON.stringify(how(parse(line)))
  } catch (refusal) {
    if (refusal instanceof PricingError) return JSON.stringify({ error: refusal.code, data: refusal.data })
    throw refusal
  }
}

/** Each chunk that arrives is answered with one write; only a line feed ends a line, because a text may hold any other separator. */
async function stream(how: Answer): Promise<void> {
  let unfinished = ''
  for await (const chunk of stdin.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (unfinished + chunk).split('\n')
    unfinished = lines.pop() ?? ''
    if (lines.length > 0) stdout.write(`${lines.map((line) => answer(line, how)).join('\n')}\n`)
  }
}

function one(path: string): number {
  try {
    console.log(JSON.stringify(priceDocument(parse(read(path))), null, 2))
    return 0
  } catch (fault) {
    if (fault instanceof PricingError) console.error(`price: ${fault.message}`)
    else if (fault instanceof Error && 'syscall' in fault) console.error(`price: unreadable path=${JSON.stringify(path)} ${fault.message}`)
    else throw fault
    return REFUSED
  }
}

const [path] = process.argv.slice(2)
const mode = path === undefined ? undefined : MODES[path]
if (mode !== undefined) await stream(mode)
else if (path === undefined) {
  console.error('price: npm run price -- FILE')
  process.exitCode = REFUSED
} else process.exitCode = one(path)
