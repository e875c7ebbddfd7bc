/** How much of the device's disk the app uses, and whether the browser may evict it. */

/** Bytes. */
export interface StorageUse {
  readonly used: number
  readonly quota: number
  readonly persisted: boolean
}

export interface DeviceStorage {
  /** Null where the browser does not say. */
  estimate(): Promise<StorageUse | null>
  /** Whether asking shows the person no question: not in Firefox, where it does. */
  readonly isQuiet: boolean
  /** Asks the browser not to evict this app's data; false where it says no, or has no such promise. */
  persist(): Promise<boolean>
}

/** `manager` is `navigator.storage`: absent outside a secure context, and in older browsers only a part of it. */
export function createDeviceStorage(
  manager: Partial<StorageManager> | undefined = navigator.storage,
  userAgent = (globalThis.navigator as Navigator | undefined)?.userAgent ?? '',
): DeviceStorage {
  /** Undefined where the browser cannot say, or the person's settings refuse it. */
  const ask = async <T>(question: (() => Promise<T>) | undefined): Promise<T | undefined> => {
    try {
      return await question?.call(manager)
    } catch {
      return undefined
    }
  }
  return {
    isQuiet: !/Firefox\//.test(userAgent),
    async estimate() {
      const [figures, persisted] = await Promise.all([
        ask(manager?.estimate),
        ask(manager?.persisted),
      ])
      const { usage, quota } = figures ?? {}
      if (usage === undefined || quota === undefined) return null
      return { used: usage, quota, persisted: persisted ?? false }
    },
    persist: async () => (await ask(manager?.persist)) ?? false,
  }
}
