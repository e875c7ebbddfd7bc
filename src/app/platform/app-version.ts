/** As in package.json, which `tests/app/platform/app-version.test.ts` compares: what the office sees of a device. */
export const appVersion = '0.4.0'
