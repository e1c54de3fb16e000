import { useEffect, useState } from 'react'

/** A dot that follows the pointer, large enough for the last row. */
export function Laser() {
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | undefined>(undefined)
  useEffect(() => {
    const move = ({ clientX, clientY }: PointerEvent) => setAt({ x: clientX, y: clientY })
    window.addEventListener('pointermove', move)
    return () => window.removeEventListener('pointermove', move)
  }, [])
  return at ? <span className="laser" style={{ translate: `${at.x}px ${at.y}px` }} aria-hidden="true" /> : null
}
