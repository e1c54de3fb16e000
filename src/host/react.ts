import { createContext, useContext, useEffect, useRef, useState } from 'react'
import type { Json } from '../kernel/index.ts'
import type { LabClient } from './client.ts'
import { watch } from './watch.ts'

/** The lab that the components below look at. */
export const LabContext = createContext<LabClient | undefined>(undefined)

/** The lab of this page. Throws outside of `LabContext`. */
export function useLab(): LabClient {
  const lab = useContext(LabContext)
  if (!lab) throw new Error('useLab outside of LabContext')
  return lab
}

/** The present value of a view; undefined until it has come. Looks again when `params` changes as JSON. */
export function useView<T>(name: string, params: Json = null): T | undefined {
  const lab = useLab()
  const [value, setValue] = useState<{ readonly of: T } | undefined>(undefined)
  const key = JSON.stringify(params)
  const latest = useRef(params)
  latest.current = params
  useEffect(() => {
    setValue(undefined)
    return watch(lab, name, latest.current, (of) => setValue((old) => (old?.of === of ? old : { of: of as T })))
  }, [lab, name, key])
  return value?.of
}
