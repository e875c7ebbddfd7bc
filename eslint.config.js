import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { doors } from './tests/support/doors.mjs'

/** Clock, ids, chance and network are arguments; only these name the globals, so that tests can hand in their own. */
const mains = ['src/app/main.tsx', 'src/server/{main,seed,dev,system}.ts']
/** The same for the resident's page, which is small. */
const pageOfResidents = 'src/ask/page.ts'
const platform = 'src/app/platform/**'
/** The one way out of the server (docs/decisions/0081). */
const wayOut = 'src/server/keepers/outward.ts'

const argumentsInstead = 'Take it as an argument: only the platform folder and the mains name it.'

/** @type {import('eslint').Linter.RulesRecord} */
const noGlobals = {
  'no-restricted-globals': [
    'error',
    ...['fetch', 'XMLHttpRequest', 'EventSource', 'WebSocket', 'BroadcastChannel'].map(byArgument),
    ...['localStorage', 'sessionStorage', 'indexedDB', 'caches'].map(byArgument),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: argumentsInstead },
    { object: 'Math', property: 'random', message: argumentsInstead },
    { object: 'crypto', property: 'randomUUID', message: argumentsInstead },
    { object: 'performance', property: 'now', message: argumentsInstead },
    { property: 'sendBeacon', message: argumentsInstead },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: 'NewExpression[callee.name=Date][arguments.length=0]', message: argumentsInstead },
    { selector: 'CallExpression[callee.name=Date]', message: argumentsInstead },
  ],
}

/** @param {string} name */
function byArgument(name) {
  return { name, message: argumentsInstead }
}

const anywhere = [
  { regex: '\\.\\./\\.\\.', message: 'Write #layer/file.ts instead of ../../.' },
  { regex: '^zustand$', message: 'It is made for React: take zustand/vanilla and use-store.ts.' },
]

/** One block a layer: what its files may name in an import. `tests/house.test.ts` also follows relative paths. */
/** @type {{ files: string[], rules: import('eslint').Linter.RulesRecord }[]} */
const layers = Object.entries(doors).map(([path, { layers, packages }]) => {
  const inside = [path, ...layers].filter((layer) => layer.startsWith('src/'))
  const names = inside.map((layer) =>
    layer
      .replace(/^src\//, '')
      .replaceAll('.', '\\.')
      .replace(/\*$/, '[^/]+$'),
  )
  return {
    files: [path.endsWith('/') ? `${path}**` : path],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...anywhere,
            {
              regex: `^#(?!${names.join('|') || '$.'})`,
              message: `Not a door of ${path}: see tests/support/doors.mjs.`,
            },
            {
              regex: `^(?![.#/])(?!(?:${packages.join('|') || '$.'})(?:[/:]|$))`,
              message: `Not a package of ${path}: see tests/support/doors.mjs.`,
            },
          ],
        },
      ],
    },
  }
})
// The general layer of a folder comes before the special ones in it, which then have the last word.
layers.sort((a, b) => a.files.join().length - b.files.join().length)

export default defineConfig(
  globalIgnores(['dist', 'data', 'coverage']),
  // Read by browsers that are too old for everything else.
  { files: ['public/*.js'], languageOptions: { ecmaVersion: 5, sourceType: 'script' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-restricted-imports': ['error', { patterns: anywhere }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      ...noGlobals,
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  ...layers,
  {
    files: [...mains, platform, pageOfResidents, wayOut],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['src/app/**/*.{ts,tsx}', 'tests/**/*.tsx'],
    plugins: { 'react-hooks': { rules: reactHooks.rules } },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['src/server/{main,seed,dev}.ts', 'tests/**', '*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['tests/**/*.{ts,tsx}'],
    rules: {
      // A test may know better than the type that something is there.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
)
