// The packages that the app and the server carry, with the words under which their makers give them.
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * @typedef {object} Notice
 * @property {string} name
 * @property {string} version
 * @property {string} license an SPDX expression
 * @property {string} text its licence and notice files, one behind the other; empty where it brings none
 */

/** Packages whose published file names no licence, with the one that their makers give them elsewhere. */
/** @type {Readonly<Record<string, string>>} */
const unnamed = {
  // The package file of 2.0.3 says so.
  '@mapbox/jsonlint-lines-primitives 2.0.2': 'MIT',
}

const wordFiles = /^(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i

/**
 * Those of the lock file that are not for developers alone and are installed here, each version once, by name.
 * @param {string} root folder of the project
 * @returns {Promise<Notice[]>}
 */
export async function readNotices(root) {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  /** @type {Map<string, Notice>} */
  const found = new Map()
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '' || entry.dev || !existsSync(join(root, path))) continue
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const { version, license = unnamed[`${name} ${entry.version}`] ?? '' } = entry
    found.set(`${name} ${version}`, {
      name,
      version,
      license,
      text: await wordsOf(join(root, path)),
    })
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** @param {string} folder */
async function wordsOf(folder) {
  const names = (await readdir(folder)).filter((name) => wordFiles.test(name)).sort()
  const texts = await Promise.all(
    names.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  )
  return texts
    .map((text) => text.replaceAll('\r\n', '\n').trim())
    .filter((text) => text !== '')
    .join('\n\n')
}
