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
  /** Asks the browser not to evict this app's data; false where it says no, or has no such promise. */
  persist(): Promise<boolean>
}

/** `manager` is `navigator.storage`, which is absent outside a secure context. */
export function createDeviceStorage(
  manager: StorageManager | undefined = navigator.storage,
): DeviceStorage {
  const ask = async <T>(question: (() => Promise<T>) | undefined, otherwise: T): Promise<T> => {
    try {
      return question ? await question() : otherwise
    } catch {
      return otherwise // refused by the person's settings: known as "does not say"
    }
  }
  return {
    async estimate() {
      const [figures, persisted] = await Promise.all([
        ask(manager?.estimate.bind(manager), null),
        ask(manager?.persisted.bind(manager), false),
      ])
      const { usage, quota } = figures ?? {}
      return usage === undefined || quota === undefined ? null : { used: usage, quota, persisted }
    },
    persist: () => ask(manager?.persist.bind(manager), false),
  }
}
