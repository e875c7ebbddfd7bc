/** The browser's root: makes the real pieces, puts them together, and shows a panel instead of a white page. */
import './floor/polyfills.ts'
import { render } from 'preact'
import { argonCost, deriveKey, prepareToDerive } from '#app/platform/argon.ts'
import { createBrowserNetwork, watchOnline } from '#app/platform/browser-network.ts'
import { systemClock as clock } from '#app/platform/clock.ts'
import { userAgentToDeviceName } from '#app/platform/device-name.ts'
import { systemIds } from '#app/platform/ids.ts'
import { homeScreenStep, watchInstall } from '#app/platform/install.ts'
import { createTabSpeech } from '#app/platform/locks.ts'
import { createDeviceStorage } from '#app/platform/storage.ts'
import { openStrictStore } from '#app/platform/strict-store.ts'
import { createPause } from '#app/platform/pause.ts'
import { saveFile } from '#app/platform/save-file.ts'
import { showBadge } from '#app/platform/badge.ts'
import { createBackgroundSync } from '#app/platform/background-sync.ts'
import { markStep, timed } from '#app/platform/timing.ts'
import { watchAppFiles } from '#app/platform/app-files.ts'
import { watchForUpdate } from '#app/platform/update.ts'
import { onTouch, watchVisible } from '#app/platform/visibility.ts'
import { createWasHere } from '#app/platform/was-here.ts'
import { createRegister } from '#app/register/create-register.ts'
import { createReadings } from '#app/register/readings.ts'
import { createSignIn } from '#app/stores/sign-in.ts'
import { createPasses } from '#app/sync/passes.ts'
import { Root } from '#app/ui/Root.tsx'
import { createAccounts } from '#app/vault/accounts.ts'
import { createKeyStore } from '#app/vault/key-store.ts'
import { createKeyring } from '#app/vault/keyring.ts'
import { createSettings } from '#app/vault/settings.ts'
import type { VaultParts } from '#app/vault/open-vault.ts'
import { VaultFault, type Vault } from '#app/vault/vault.ts'
import { createApp } from './create-app.ts'
import './floor/before-start.css'
import './ui/tokens.css'

/** The database's code is no part of the first screen: it comes with the first touch, while the PIN is typed. */
const vaultCode = () => import('#app/vault/open-vault.ts')

/** So does what only the map asks of the browser, with the map. */
const mapActs = async () => (await import('#app/platform/map-acts.ts')).browserMapActs()

/** And what asks a passkey, with the first who has one. */
const passkeyCode = () => import('#app/platform/passkey.ts')

/** Here before anybody has typed a password or PIN; an account that opens waits for it. */
const syncCode = () => import('#app/sync/sync-code.ts')

const loadVaultCode = () =>
  vaultCode().catch((error: unknown) => {
    throw new VaultFault('storage', error)
  })

const openVault = async (parts: VaultParts): Promise<Vault> => {
  const vault = await (await loadVaultCode()).openVault(parts)
  return { ...vault, save: timed('wuse save', vault.save) }
}

function start(root: HTMLElement): void {
  const fetched = onTouch(() => {
    fetched()
    vaultCode().catch(() => {}) // said when it is needed
  })
  const chance = () => Math.random()
  const network = createBrowserNetwork(clock)
  const passes = createPasses(network, clock)
  const store = createKeyStore(openStrictStore('wuse-keys'))
  const keyring = createKeyring({
    store,
    derive: timed('wuse key', deriveKey),
    now: clock.now,
    after: clock.after,
    cost: argonCost,
  })
  const device = createApp({
    clock,
    ids: systemIds,
    chance,
    language: 'zh-CN',
    network: passes.network,
    passes,
    saveFile,
    mapActs: {
      ground: async () => (await mapActs()).ground(),
      groundBytes: async (part) => (await mapActs()).groundBytes(part),
      here: async () => (await mapActs()).here(),
    },
    async wire() {
      const { createListen, createWire } = await syncCode()
      const { network: asked } = passes
      return createWire({
        ...{ network: asked, clock },
        listen: createListen({ network: asked, clock, chance }),
      })
    },
    signIn: createSignIn(network, userAgentToDeviceName(navigator.userAgent)),
    accounts: {
      ...createAccounts({
        keyring,
        open: timed('wuse vault', openVault),
        deleteBook: async (account, book) => (await loadVaultCode()).deleteBook(account, book),
        patience: (milliseconds) =>
          new Promise((resolve) => void clock.after(milliseconds, () => resolve())),
      }),
      revoke: (account) => keyring.revoke(account),
    },
    passkeys: {
      make: async (login) => (await passkeyCode()).makePasskey(login),
      ask: async (question) => (await passkeyCode()).askPasskey(question),
    },
    register: createRegister(createReadings(), createPause()),
    pause: createPause(),
    settings: createSettings(),
    online: watchOnline(),
    visible: watchVisible(),
    onTouch,
    tabs: createTabSpeech(),
    background: createBackgroundSync(),
    badge: showBadge,
    stir: () => void navigator.vibrate?.(10),
    wasHere: createWasHere(),
    homeScreen: homeScreenStep(
      navigator.userAgent,
      'standalone' in navigator ? navigator.standalone === true : undefined,
    ),
    watchForUpdate,
    appFiles: watchAppFiles(),
    watchInstall,
    storage: createDeviceStorage(),
    onFault: (error) => reportError(error),
  })
  onTouch(() => {
    if (device.app.session.getState().phase === 'locked') prepareToDerive()
  })
  device.app.session.subscribe(({ phase }, before) => {
    if (phase === 'open' && before.phase !== 'open') markStep('wuse ready')
  })
  // Nobody types before the first screen is drawn.
  import('#app/platform/keyboard.ts').then(({ watchKeyboard }) => watchKeyboard()).catch(() => {})
  render(<Root app={device.app} />, root)
  syncCode().catch(() => {})
  device.start().catch((error: unknown) => showFault(root, error))
}

/** In both languages, since the words may be what did not load. What is on the disk is not touched by any of it. */
function showFault(root: HTMLElement, error: unknown): void {
  reportError(error)
  render(
    <div role="alert" style="padding: 2rem; font-size: 1.25rem; line-height: 1.6">
      <h1>没能启动</h1>
      <p>已保存的内容还在本机，没有丢失。请重新打开；仍不行，请联系社区。</p>
      <p lang="en">
        The app could not start. What you saved is still on this device. Open it again; if that does
        not help, tell your office.
      </p>
      <p>
        <button type="button" onClick={() => location.reload()}>
          重新打开 · Open again
        </button>
      </p>
    </div>,
    root,
  )
}

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no #app')
// Below the floor the words of index.html stay: an app that starts there would have buttons that do nothing.
if (!document.documentElement.hasAttribute('data-below-floor')) {
  // They go now: with them on the page, the first render would take their elements over.
  root.textContent = ''
  try {
    start(root)
  } catch (error) {
    showFault(root, error)
  }
}
