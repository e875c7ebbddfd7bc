import { useMemo } from 'preact/hooks'
import qrcode from 'qrcode-generator'

/**
 * Drawn here and sent nowhere, as wide as what it stands in: dark modules on white in either colour of the app, since
 * readers need that.
 */
export function QrPicture(props: { readonly text: string; readonly label: string }) {
  const { path, size } = useMemo(() => {
    qrcode.stringToBytes = (text) => [...new TextEncoder().encode(text)]
    const code = qrcode(0, 'M')
    code.addData(props.text)
    code.make()
    const count = code.getModuleCount()
    const cells = Array.from({ length: count * count }, (_, index) => index)
    const dark = cells.filter((at) => code.isDark(Math.floor(at / count), at % count))
    // Four modules of quiet around it, as ISO/IEC 18004 asks.
    const square = (at: number) => `M${(at % count) + 4} ${Math.floor(at / count) + 4}h1v1h-1z`
    return { path: dark.map(square).join(''), size: count + 8 }
  }, [props.text])
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={props.label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} rx="1" fill="white" />
      <path d={path} fill="black" />
    </svg>
  )
}
