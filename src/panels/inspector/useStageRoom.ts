import { useEffect, useState } from 'react'
import { useLayout } from '../../workspace/index.ts'
import { wallZoom } from './theatreSizes.ts'

/** How wide a stage may be, in px: the page without its margins, no wider than what is read at one glance, and less where all is larger. */
export function useStageRoom(): number {
  const presenting = useLayout((layout) => layout.mode === 'present')
  const [width, setWidth] = useState(window.innerWidth)
  useEffect(() => {
    const measure = () => setWidth(window.innerWidth)
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [])
  return Math.min(1840, Math.floor(width / (presenting ? wallZoom() : 1)) - 54)
}
