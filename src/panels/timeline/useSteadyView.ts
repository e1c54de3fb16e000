import { useEffect, useRef, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Json } from '../../kernel/index.ts'

/** Like `useView`, but keeps the last value until that for new parameters has come: for a window that moves. */
export function useSteadyView<T>(name: string, params: Json): T | undefined {
  const lab = useLab()
  const [value, setValue] = useState<{ readonly of: T } | undefined>(undefined)
  const key = JSON.stringify(params)
  const latest = useRef(params)
  latest.current = params
  useEffect(
    () => lab.subscribe(name, latest.current, (of) => setValue((old) => (old?.of === of ? old : { of: of as T }))),
    [lab, name, key],
  )
  return value?.of
}
