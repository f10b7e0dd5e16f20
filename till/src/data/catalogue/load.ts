/** Brings a snapshot into memory: from the disk at the start, from the server when it is new. Resumes where it stopped. */
import type { Environment } from '../environment.ts'
import { callLines, callServer, NoAnswer } from '../sync/http.ts'
import { refuseStatus } from '../sync/push.ts'
import { buildCodes } from './codes.ts'
import type { CatalogueDisk } from './disk.ts'
import { keep } from './disk.ts'
import { readColumns, readManifest } from './rows.ts'
import type { Columns, Manifest } from './rows.ts'
import { buildWords } from './search.ts'
import { slices } from './slices.ts'
import type { Breathe } from './slices.ts'
import type { Snapshot } from './snapshot.ts'

/** The cache lacks something that it should hold: it is loaded again. */
export class CacheIncomplete extends Error {
  readonly code = 'cache_incomplete'
}

function parse(text: string): Columns | null {
  try {
    return readColumns(JSON.parse(text))
  } catch {
    return null
  }
}

/** Loads the parts of one snapshot, each once; `hurry` brings one forward. */
export class PartLoader {
  readonly #snapshot: Snapshot
  readonly #read: (k: number) => Promise<Columns>
  readonly #breathe: Breathe
  readonly #underWay = new Map<number, Promise<void>>()
  /** How many people wait for a part. */
  #hurries = 0

  constructor(snapshot: Snapshot, environment: Environment, read: (k: number) => Promise<Columns>) {
    this.#snapshot = snapshot
    this.#read = read
    const breathe = slices(environment)
    this.#breathe = () => (this.#hurries > 0 ? undefined : breathe())
  }

  /** Load one part now, without giving way to anything: a person holds the product in the hand. */
  async hurry(k: number): Promise<void> {
    this.#hurries += 1
    try {
      await this.want(k)
    } finally {
      this.#hurries -= 1
    }
  }

  /** Load one part; resolves when its products are in memory. */
  want(k: number): Promise<void> {
    if (this.#snapshot.shelf.hasPart(k)) return Promise.resolve()
    const known = this.#underWay.get(k)
    if (known) return known
    const loading = this.#load(k).finally(() => this.#underWay.delete(k))
    this.#underWay.set(k, loading)
    return loading
  }

  async #load(k: number): Promise<void> {
    const columns = await this.#read(k)
    if (columns.length !== this.#snapshot.manifest.parts[k]?.count) throw new CacheIncomplete('a part of another length')
    await this.#breathe()
    await this.#snapshot.shelf.addPart(k, columns, this.#breathe)
  }

  /** Load all parts, in order; `seen` is called after each. */
  async all(seen: () => void): Promise<void> {
    for (const k of this.#snapshot.manifest.parts.keys()) {
      await this.want(k)
      seen()
    }
  }
}

/** The files of a snapshot at the server, a part a line, each read once as long as it is asked for its lines in order. */
class ServerFiles {
  readonly #manifest: Manifest
  readonly #open: (path: string) => AsyncGenerator<string, void>
  #reading: { readonly path: string; readonly lines: AsyncGenerator<string, void>; line: number } | null = null

  constructor(manifest: Manifest, open: (path: string) => AsyncGenerator<string, void>) {
    this.#manifest = manifest
    this.#open = open
  }

  /** The text of part k; lines before it that nobody asked for are passed over. Throws NoAnswer. */
  async part(k: number): Promise<string> {
    const { parts } = this.#manifest
    const path = parts[k]?.path ?? ''
    const wanted = k - parts.findIndex((part) => part.path === path)
    if (this.#reading?.path !== path || this.#reading.line > wanted) {
      await this.close()
      this.#reading = { path, lines: this.#open(path), line: 0 }
    }
    const { lines } = this.#reading
    for (;;) {
      const step = await lines.next()
      if (step.done) throw new NoAnswer(`part ${String(k)} is missing`)
      this.#reading.line += 1
      if (this.#reading.line > wanted) return step.value
    }
  }

  /** Let go of the file that is being read. */
  async close(): Promise<void> {
    const reading = this.#reading
    this.#reading = null
    await reading?.lines.return()
  }
}

/** A loader that reads the disk. */
export function diskLoader(snapshot: Snapshot, environment: Environment, disk: CatalogueDisk): PartLoader {
  return new PartLoader(snapshot, environment, async (k) => {
    const text = await disk.part(snapshot.manifest.version, k)
    const columns = text === undefined ? null : parse(text)
    if (!columns) throw new CacheIncomplete('a part is missing')
    return columns
  })
}

/** A loader that asks the server for what the disk does not have, and keeps it there; `close` when no more is asked of it. */
export function serverLoader(
  snapshot: Snapshot, environment: Environment, disk: CatalogueDisk, token: string,
): { readonly loader: PartLoader; readonly close: () => Promise<void> } {
  const { manifest } = snapshot
  const files = new ServerFiles(manifest, (path) => callLines(environment, { path, token }))
  const loader = new PartLoader(snapshot, environment, async (k) => {
    const kept = await disk.part(manifest.version, k)
    const known = kept === undefined ? null : parse(kept)
    if (known) return known
    const text = await files.part(k)
    const columns = parse(text)
    if (!columns) throw new NoAnswer(`part ${String(k)} cannot be read`)
    await keep(disk.putPart(manifest.version, k, text))
    return columns
  })
  return { loader, close: () => files.close() }
}

/** Load the whole of a snapshot from the server and build its indexes, on the disk too. */
export async function loadFromServer(
  snapshot: Snapshot,
  environment: Environment,
  disk: CatalogueDisk,
  { loader, close }: ReturnType<typeof serverLoader>,
  seen: () => void,
): Promise<void> {
  await loader.all(seen).finally(close)
  const breathe = slices(environment)
  snapshot.codes = await buildCodes(snapshot.shelf.codes(), breathe)
  seen()
  snapshot.words = await buildWords(snapshot.shelf, breathe)
  await keep(disk.putIndexes(snapshot.manifest.version, snapshot.codes, snapshot.words))
  await keep(disk.activate(snapshot.manifest))
  seen()
}

/** Ask the server which catalogue there is. */
export async function fetchManifest(environment: Environment, token: string): Promise<Manifest> {
  const reply = await callServer(environment, { path: 'catalogue', token })
  refuseStatus(reply)
  const manifest = readManifest(reply.json)
  if (!manifest) throw new NoAnswer('not a manifest')
  return manifest
}
