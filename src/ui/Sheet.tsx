import { lazy, type ReactNode, Suspense, useRef } from 'react'

const SheetPopup = lazy(() => import('./SheetPopup.tsx').then(({ SheetPopup }) => ({ default: SheetPopup })))

/** A panel that slides in where the frame has no room for it, below 1024 px: the lesson from the left, the inspector from the right or
 *  from below. It is modal: the world behind keeps its place and gets the focus back. */
export function Sheet(props: SheetProps) {
  // Once opened it stays, so that it can leave as it came.
  const wanted = useRef(false)
  wanted.current ||= props.open
  if (!wanted.current) return null
  return (
    <Suspense>
      <SheetPopup {...props} />
    </Suspense>
  )
}

export interface SheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  side?: 'left' | 'right' | 'bottom' | undefined
  children: ReactNode
}
