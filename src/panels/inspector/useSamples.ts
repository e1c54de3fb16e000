import { useEffect, useState } from 'react'
import type { Look } from '../../kernel/index.ts'
import { addSample, figuresOf, type Sample } from './samples.ts'
import { useNow } from './useNow.ts'

/** The figures of a look once a virtual second, for as long as it is watched. */
export function useSamples(look: Look | undefined, known: number): readonly Sample[] {
  const second = Math.floor(useNow(known) / 1000)
  const [samples, setSamples] = useState<readonly Sample[]>([])
  useEffect(() => setSamples((old) => addSample(old, second * 1000, figuresOf(look))), [second, look])
  return samples
}
