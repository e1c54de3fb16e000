import { useEffect, useState } from 'react'

/** The time that is left of an exam; says once when a minute is left, and calls when it is over. */
export function Timer({ ends, onEnd }: { readonly ends: number; readonly onEnd: () => void }) {
  const [now, setNow] = useState(() => Date.now())
  const left = Math.max(0, Math.ceil((ends - now) / 1000))
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(ticking)
  }, [])
  useEffect(() => {
    if (left === 0) onEnd()
  }, [left, onEnd])
  return (
    <span className="quiz-timer" role="timer" data-short={left < 60 || undefined}>
      {`${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`}
    </span>
  )
}
