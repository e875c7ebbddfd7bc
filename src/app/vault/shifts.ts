/**
 * Within a shift a PIN opens a locked app again whose disk asks for a passphrase. The wrapping lies in memory alone:
 * closing the app, a restart or the end of the shift ask for the passphrase (decision 0041).
 */
import { shiftMs } from '#domain/unlocking.ts'
import type { ArgonCost, DeriveKey } from '#app/platform/argon.ts'
import { makeDeviceKey, unwrapRaw, wrapRaw } from '#app/platform/device-keys.ts'
import { randomBytes, type Bytes } from '#app/platform/sealing.ts'

/** Wrong PINs, and the passphrase is asked: whoever holds the tablet has no more tries than that. */
const triesOfAShift = 5

export interface ShiftParts {
  readonly derive: DeriveKey
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly cost: ArgonCost
  readonly after?: ((milliseconds: number, act: () => void) => () => void) | undefined
}

interface Wrapping {
  readonly salt: Bytes
  readonly key: CryptoKey
  readonly wrapped: Bytes
}

interface Shift {
  readonly until: number
  readonly wrapping: Promise<Wrapping>
  readonly cancel: () => void
  triesLeft: number
}

export interface Shifts {
  /** The raw data key is copied at once, wrapped while the app goes on, and forgotten. */
  begin(account: string, raw: Bytes, pin: string): void
  isOn(account: string): boolean
  /** Null where there is no shift, or none any more; `raw` null where the PIN is wrong. */
  tryPin(
    account: string,
    pin: string,
  ): Promise<{ readonly raw: Bytes | null; readonly triesLeft: number } | null>
  end(account: string): void
}

export function createShifts({ derive, now, cost, after }: ShiftParts): Shifts {
  const shifts = new Map<string, Shift>()

  const end = (account: string) => {
    shifts.get(account)?.cancel()
    shifts.delete(account)
  }

  const wrap = async (account: string, raw: Bytes, pin: string): Promise<Wrapping> => {
    try {
      const salt = randomBytes(16)
      const key = await makeDeviceKey()
      const secret = await derive(pin, salt, cost)
      return { salt, key, wrapped: await wrapRaw(raw, key, secret, 'shift', account) }
    } finally {
      raw.fill(0)
    }
  }

  const current = (account: string): Shift | null => {
    const shift = shifts.get(account)
    if (shift && now() < shift.until) return shift
    end(account)
    return null
  }

  return {
    begin(account, raw, pin) {
      end(account)
      const wrapping = wrap(account, raw.slice(), pin)
      const shift: Shift = {
        until: now() + shiftMs,
        wrapping,
        cancel: after?.(shiftMs, () => end(account)) ?? (() => {}),
        triesLeft: triesOfAShift,
      }
      shifts.set(account, shift)
      // No memory for it: the passphrase is asked, as if there had been no shift.
      wrapping.catch(() => {
        if (shifts.get(account) === shift) end(account)
      })
    },
    isOn: (account) => current(account) !== null,
    async tryPin(account, pin) {
      const shift = current(account)
      if (!shift || shift.triesLeft === 0) return null
      shift.triesLeft -= 1
      const { salt, key, wrapped } = await shift.wrapping
      const raw = await unwrapRaw(wrapped, key, await derive(pin, salt, cost), 'shift', account)
      if (raw) shift.triesLeft = triesOfAShift
      else if (shift.triesLeft === 0) end(account)
      if (!raw && shift.triesLeft === 0) return null
      return { raw, triesLeft: shift.triesLeft }
    },
    end,
  }
}
