import { lazy, type ReactNode, Suspense, useRef } from 'react'

const DialogPopup = lazy(() => import('./DialogPopup.tsx').then(({ DialogPopup }) => ({ default: DialogPopup })))

/** A modal conversation: focus moves in, stays in and comes back; Escape and the veil close it. `actions` stand at its foot, the primary last. */
export function Dialog(props: DialogProps) {
  // Once opened it stays, so that it can leave as it came.
  const wanted = useRef(false)
  wanted.current ||= props.open
  if (!wanted.current) return null
  return (
    <Suspense>
      <DialogPopup {...props} />
    </Suspense>
  )
}

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode | undefined
  actions?: ReactNode | undefined
  /** Pixels, where there is room. */
  width?: number | undefined
  children: ReactNode
}
