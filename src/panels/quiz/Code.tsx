import './code.css'
import { encode } from 'uqr'
import { Sheet } from '../../ui/Sheet.tsx'

/** A question passed on: its code, and its link as a picture that a phone reads. */
export function Code({ code, open, onOpenChange }: CodeProps) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="This question" side="bottom">
      <Picture code={code} />
    </Sheet>
  )
}

interface CodeProps {
  readonly code: string
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

function Picture({ code }: { readonly code: string }) {
  const link = `${location.origin}${location.pathname}#/q/${code}`
  const { data, size } = encode(link, { border: 2 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('')
  return (
    <figure className="quiz-qr">
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={`QR code of question ${code}`}
        shapeRendering="crispEdges"
      >
        <path d={`M0 0h${size}v${size}H0z`} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <figcaption>
        <code>{code}</code>
        <span>Whoever opens this has the same question.</span>
      </figcaption>
    </figure>
  )
}
