/** Brings a snapshot into memory: from the disk at the start, from the server when it is new. Resumes where it stopped. */
import type { Environment } from '../environment.ts'
import { callServer, callText, NoAnswer } from '../sync/http.ts'
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

const AT_ONCE = 2

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
  async all(seen: () => void, atOnce = 1): Promise<void> {
    let next = 0
    const line = async (): Promise<void> => {
      for (let k = next++; k < this.#snapshot.manifest.parts.length; k = next++) {
        await this.want(k)
        seen()
      }
    }
    await Promise.all(Array.from({ length: atOnce }, line))
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

/** A loader that asks the server for what the disk does not have, and keeps it there. */
export function serverLoader(snapshot: Snapshot, environment: Environment, disk: CatalogueDisk, token: string): PartLoader {
  const { version, parts } = snapshot.manifest
  return new PartLoader(snapshot, environment, async (k) => {
    const kept = await disk.part(version, k)
    const known = kept === undefined ? null : parse(kept)
    if (known) return known
    const { status, text } = await callText(environment, { path: parts[k]?.path ?? '', token })
    const columns = status === 200 ? parse(text) : null
    if (!columns) throw new NoAnswer(`part ${String(k)}: status ${String(status)}`)
    await keep(disk.putPart(version, k, text))
    return columns
  })
}

/** Load the whole of a snapshot from the server and build its indexes, on the disk too. */
export async function loadFromServer(
  snapshot: Snapshot,
  environment: Environment,
  disk: CatalogueDisk,
  loader: PartLoader,
  seen: () => void,
): Promise<void> {
  await loader.all(seen, AT_ONCE)
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
