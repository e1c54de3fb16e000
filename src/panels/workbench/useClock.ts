import { useEffect, useRef, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Clock } from '../../host/views/index.ts'
import { watch } from '../../host/watch.ts'

/** One part of the clock: looks again only when that part has changed, though the clock itself ticks with every frame. */
export function useClock<T extends string | number | boolean | undefined>(part: (clock: Clock) => T): T | undefined {
  const lab = useLab()
  const latest = useRef(part)
  latest.current = part
  const [value, setValue] = useState<T | undefined>(undefined)
  useEffect(() => watch(lab, 'clock', null, (clock) => setValue(latest.current(clock as Clock))), [lab])
  return value
}
