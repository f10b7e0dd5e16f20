/** Seeds a bug into one module of the till as it is loaded, when the environment names one (`tests/histories/bugs.py`). Loaded before all else. */
import { registerHooks } from 'node:module'

interface Bug {
  readonly name: string
  readonly file: string
  readonly old: string
  readonly new: string
}

const told = process.env['HISTORIES_BUG']
if (told !== undefined) seed(JSON.parse(told) as Bug)

function seed(bug: Bug): void {
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context)
      if (!url.endsWith(`/${bug.file}`)) return loaded
      const source = Buffer.from(loaded.source as Uint8Array).toString()
      if (source.split(bug.old).length !== 2) throw new Error(`${bug.name}: not once in ${bug.file}`)
      return { ...loaded, source: source.replace(bug.old, () => bug.new) }
    },
  })
}
