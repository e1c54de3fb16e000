import type { Inspection } from '../../host/views/index.ts'
import { type Status, TimerRing } from '../../ui/index.ts'
import { leftText, lengthText } from '../timeline/index.ts'
import { useNow } from './useNow.ts'

/** What is left of a timer, as the world's time passes: a ring, or with `size` 0 only the words. */
export function Remaining({
  timer: { delay, setAt, at },
  size,
  status,
}: {
  timer: Inspection['timers'][number]
  size: number
  status?: Status | undefined
}) {
  const left = Math.max(0, at - useNow(setAt))
  if (size === 0) return <span className="num">{leftText(left)}</span>
  const text = size < 56 ? leftText(left) : left < 100_000 ? (left / 1000).toFixed(1) : String(Math.round(left / 1000))
  return (
    <TimerRing
      label={delay}
      left={left}
      of={at - setAt}
      text={text}
      total={size < 56 ? undefined : `of ${lengthText(at - setAt)}`}
      size={size}
      status={status}
    />
  )
}
