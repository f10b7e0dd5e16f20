import { svelte } from '@sveltejs/vite-plugin-svelte'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { defineConfig, transformWithOxc, type Plugin, type Rolldown } from 'vite'

const BASE = '/till/'
const WORKER = 'src/sw.ts'
const PRECACHED = /\.(?:js|css|html|woff2|svg|png|webp|wasm|webmanifest|json)$/

/**
 * Emit sw.js: src/sw.ts without its types, after a line with what it keeps.
 *
 * `FILES` are the addresses of everything a till needs to start from cold without a network, the till's own address first;
 * `VERSION` changes with any byte of them or of the worker. The worker is one file: it imports nothing.
 */
function serviceWorker(): Plugin {
  return {
    name: 'till-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        if (!existsSync(WORKER)) this.error(`${WORKER} is missing: without it the till does not start offline`)
        const worker = await transformWithOxc(readFileSync(WORKER, 'utf8'), WORKER)
        const parts = [...built(bundle), ...published('public')].sort(([a], [b]) => (a < b ? -1 : 1))
        const files = [BASE, ...parts.map(([name]) => BASE + name).filter((name) => name !== `${BASE}index.html`)]
        const version = createHash('sha256')
        for (const [name, content] of parts) version.update(name).update(content)
        version.update(worker.code)
        const head = `const VERSION = '${version.digest('hex').slice(0, 12)}'\nconst FILES = ${JSON.stringify(files)}\n`
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: head + worker.code })
      },
    },
  }
}

/** The emitted files worth keeping, as [name, content]. */
function built(bundle: Rolldown.OutputBundle): [string, string | Uint8Array][] {
  return Object.values(bundle)
    .filter((file) => PRECACHED.test(file.fileName))
    .map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source])
}

/** The files that Vite copies as they are. */
function published(folder: string): [string, Uint8Array][] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && PRECACHED.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path)])
}

export default defineConfig({
  base: BASE,
  plugins: [svelte(), serviceWorker()],
  build: {
    outDir: '../build/root/till',
    emptyOutDir: true,
    target: 'es2022',
    // No data: addresses and no inline script: the server's content security policy allows neither for fonts and code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': process.env['MOSTRADOR_SERVER'] ?? 'http://127.0.0.1:8000' } },
})
