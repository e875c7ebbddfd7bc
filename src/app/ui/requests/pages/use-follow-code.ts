import { useEffect, useState } from 'preact/hooks'
import { makeFollowCode, type FollowCode } from '#app/acts/follow-codes.ts'

/** A code of this page's own: made as it opens, so that a save waits for nothing, and gone with it. */
export function useFollowCode(): FollowCode | null {
  const [code, setCode] = useState<FollowCode | null>(null)
  useEffect(() => {
    let isMine = true
    const make = async () => {
      const made = await makeFollowCode()
      if (isMine) setCode(made)
    }
    void make()
    return () => {
      isMine = false
    }
  }, [])
  return code
}
