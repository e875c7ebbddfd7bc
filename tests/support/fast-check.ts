/**
 * What generated tests draw from: the same seed each time, so that a check says the same of the same commit.
 * `npm run test:long` draws anew; `WUSE_SEED=…` replays what it found.
 */
import fc from 'fast-check'

const usualSeed = 20_261_129

fc.configureGlobal({ seed: Number(process.env['WUSE_SEED'] ?? usualSeed) })

export default fc
