import { encode } from 'uqr'

/** An address as a square that a phone reads. */
export function QrCode({ text, label, size = 160 }: { text: string; label: string; size?: number | undefined }) {
  const { data, size: cells } = encode(text, { ecc: 'M', border: 2 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg className="qr" width={size} height={size} viewBox={`0 0 ${cells} ${cells}`} role="img" aria-label={label}>
      <rect width={cells} height={cells} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
