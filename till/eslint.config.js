import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import svelteParser from 'svelte-eslint-parser'
import tseslint from 'typescript-eslint'
import direction from './lint/direction.js'
import integers from './lint/integers.js'
import svelteConfig from './svelte.config.js'

const ours = { rules: { direction, integers } }

/** What core and locale may not touch: they are pure, so that the same input gives the same bytes, on every device and in every test. */
const IMPURE = [
  'window', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'indexedDB', 'fetch', 'performance',
  'setTimeout', 'setInterval', 'requestAnimationFrame', 'process', 'Buffer',
].map((name) => ({ name, message: 'core and locale are pure: take it as an argument.' }))

export default tseslint.config(
  { ignores: ['node_modules/**', '../build/**', 'coverage/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { plugins: { ours } },
  ...svelte.configs.recommended,

  {
    files: ['src/**/*.ts', 'tests/**/*.ts', '*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: {
        // One program for all files: the project service opens them one by one, which takes three times as long.
        project: ['./tsconfig.json', './tsconfig.sw.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'max-params': ['error', 6],
      'max-lines': ['error', { max: 500 }],
      // Each `??`, `?.` and `&&` counts as a branch here, so a plain reader of a document needs room.
      complexity: ['error', 20],
      'max-depth': ['error', 3],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // An id or an amount in a text is a number or a string on purpose; objects, null and undefined stay refused.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Barcodes and digits are spread by character; texts of people are never cut by us.
      '@typescript-eslint/no-misused-spread': 'off',
      // A handler may answer at once or later.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Arrow functions that only pass a call on read better without braces.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // Rules that need types are left to svelte-check here: this parser knows no type that one component takes from another, and it is slow.
    files: ['**/*.svelte'],
    extends: [tseslint.configs.strict],
    languageOptions: { globals: { ...globals.browser }, parser: svelteParser, parserOptions: { parser: tseslint.parser, svelteConfig } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'max-lines': ['error', { max: 500 }],
      complexity: ['error', 20],
      // Props and derived values are read by the template, where the type checker sees them and this rule does not.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all', excludedRunes: ['$props', '$derived'] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An effect names what it follows.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    files: ['**/*.svelte.ts'],
    languageOptions: { parserOptions: { svelteConfig } },
    rules: {
      // Reactive values are written once and read elsewhere.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all', excludedRunes: ['$props', '$derived'] }],
      // `void value` inside an effect says that the effect follows it.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
    },
  },
  { files: ['src/**/*.{ts,svelte}'], rules: { 'ours/direction': 'error' } },
  { files: ['src/core/**/*.ts', 'src/locale/**/*.ts'], ignores: ['src/core/pricing/cli.ts'], rules: { 'no-restricted-globals': ['error', ...IMPURE] } },
  { files: ['src/core/**/*.ts'], ignores: ['src/core/integer.ts'], rules: { 'ours/integers': 'error' } },
  {
    files: ['tests/**/*.ts'],
    languageOptions: { globals: { ...globals.node } },
    rules: {
      // A describe block is a chapter, not a function.
      'max-lines-per-function': 'off',
      // Tests state what is there by asserting it; a missing element fails them anyway.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['src/core/pricing/cli.ts', 'tests/vectors/make.ts'], rules: { 'no-console': 'off' } },
)
