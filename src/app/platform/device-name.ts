/** What a device calls itself to its office: system and browser, e.g. "Android · Chrome"; nothing that tells two apart. */
export function userAgentToDeviceName(userAgent: string): string {
  const system = firstOf(userAgent, {
    // Before Android, which HarmonyOS 2 to 4 call themselves as well.
    HarmonyOS: /HarmonyOS|OpenHarmony/,
    Android: /Android/,
    iOS: /iPhone|iPad|iPod/,
    Windows: /Windows/,
    macOS: /Macintosh/,
    Linux: /Linux|X11/,
  })
  const browser = firstOf(userAgent, {
    WeChat: /MicroMessenger/,
    Edge: /Edg\//,
    Firefox: /Firefox\/|FxiOS/,
    Chrome: /Chrome\/|CriOS/,
    Safari: /Safari\//,
  })
  return `${system} · ${browser}`
}

function firstOf(text: string, patterns: Readonly<Record<string, RegExp>>): string {
  return Object.entries(patterns).find(([, pattern]) => pattern.test(text))?.[0] ?? '?'
}
