/** The device PIN: six digits, none of those that everybody tries first. */
export const pinLength = 6

/** True for one digit repeated, a run up or down, a repeated pair or triple, and what is no PIN at all. */
export function isWeakPin(pin: string): boolean {
  if (!/^\d{6}$/.test(pin)) return true
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]))
  const sameStep = steps.every((step) => step === steps[0])
  const isRun = sameStep && Math.abs(steps[0] ?? 0) <= 1
  const isRepeated = pin === pin.slice(0, 2).repeat(3) || pin === pin.slice(0, 3).repeat(2)
  return isRun || isRepeated
}
