import { dirname, relative, resolve } from 'node:path'

/** What each layer may import of ours, beside itself. The till's half of docs/adr/0007. */
const MAY_IMPORT = {
  core: [],
  locale: [],
  ui: [],
  data: ['core'],
  devices: ['core'],
  screens: ['core', 'data', 'devices', 'locale', 'ui', 'styles'],
}

/** The first folder of a file under src/, or null for files outside it and at its top (main.ts, sw.ts), which may import all. */
function layerOf(root, file) {
  const [top, ...rest] = relative(resolve(root, 'src'), file).split(/[\\/]/)
  return top === '..' || rest.length === 0 ? null : top
}

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      upward: '{{from}} may not import {{to}}: it may import {{allowed}}.',
      unknown: 'src/{{from}} is no layer of the till: give it a place in lint/direction.js.',
    },
  },
  create(context) {
    const from = layerOf(context.cwd, context.filename)
    if (from === null || from === 'styles') return {}
    const check = (node) => {
      const source = node.source?.value
      if (typeof source !== 'string' || !source.startsWith('.')) return
      const to = layerOf(context.cwd, resolve(dirname(context.filename), source))
      const allowed = MAY_IMPORT[from]
      if (allowed === undefined) return context.report({ node, messageId: 'unknown', data: { from } })
      if (to === from || (to !== null && allowed.includes(to))) return
      context.report({ node, messageId: 'upward', data: { from, to: to ?? source, allowed: allowed.join(', ') || 'nothing of ours' } })
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    }
  },
}
