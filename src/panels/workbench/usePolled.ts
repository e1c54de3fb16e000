import { useEffect, useRef, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Json } from '../../kernel/index.ts'

/** A view that is asked for at most every `ms` while the world goes on: for long lists that nobody reads at 60 frames a second. */
export function usePolled<T>(name: string, params: Json = null, ms = 300): T | undefined {
  const lab = useLab()
  const [value, setValue] = useState<T | undefined>(undefined)
  const key = JSON.stringify(params)
  const latest = useRef(params)
  latest.current = params
  useEffect(() => {
    let stopped = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let waits = false
    const ask = () => {
      waits = false
      timer = setTimeout(() => {
        timer = undefined
        if (waits) ask()
      }, ms)
      lab.ask(name, latest.current).then(
        (next) => {
          if (!stopped) setValue(next as T)
        },
        () => {},
      )
    }
    const stop = lab.subscribe('clock', null, () => {
      if (timer === undefined) ask()
      else waits = true
    })
    return () => {
      stopped = true
      clearTimeout(timer)
      stop()
    }
  }, [lab, name, key, ms])
  return value
}
