import { ESLintUtils } from '@typescript-eslint/utils'
import ts from 'typescript'

const FLOATING = new Set(['round', 'fround', 'random', 'sqrt', 'pow', 'exp', 'log', 'sin', 'cos'])

/**
 * Money, quantities and rates are integers: in core nothing makes a fraction. Refused: `/` and `/=` of anything but bigint, a number
 * written with a fraction, parseFloat, toFixed, toPrecision, Math.round and its kin. The one place that divides is core/integer.ts.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: { fraction: '{{what}} makes a fraction: use core/integer.ts.' },
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context)
    const isBigint = (node) => (services.getTypeAtLocation(node).flags & ts.TypeFlags.BigIntLike) !== 0
    const report = (node, what) => context.report({ node, messageId: 'fraction', data: { what } })
    const divides = (node) => {
      if ((node.operator === '/' || node.operator === '/=') && !(isBigint(node.left) && isBigint(node.right))) report(node, node.operator)
    }
    return {
      BinaryExpression: divides,
      AssignmentExpression: divides,
      Literal(node) {
        if (typeof node.value === 'number' && !Number.isInteger(node.value)) report(node, node.raw)
      },
      MemberExpression(node) {
        const name = node.computed ? node.property.value : node.property.name
        const owner = node.object.type === 'Identifier' ? node.object.name : ''
        if (name === 'toFixed' || name === 'toPrecision' || name === 'parseFloat') report(node, name)
        if (owner === 'Math' && FLOATING.has(name)) report(node, `Math.${name}`)
      },
      Identifier(node) {
        if (node.name === 'parseFloat' && node.parent.type !== 'MemberExpression') report(node, 'parseFloat')
      },
    }
  },
}
