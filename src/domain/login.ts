/** What an account signs in with: no character that looks like another or is typed in two ways. */
export const loginPattern = /^[a-z0-9](?:[a-z0-9.-]{0,30}[a-z0-9])?$/
