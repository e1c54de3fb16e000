import { lazy, Suspense } from 'react'
import { useView } from '../../../host/react.ts'
import type { Clock } from '../../../host/views/index.ts'
import { useDialogs } from '../../../workspace/index.ts'

const Compare = lazy(() => import('../../timeline/Compare.tsx').then(({ Compare }) => ({ default: Compare })))

/** The comparison that was asked for, from wherever: it outlives the dialog that asked for it. Looks at the clock only while it is open. */
export function CompareBranches({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return open ? <Open onOpenChange={onOpenChange} /> : null
}

function Open({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const compared = useDialogs((dialogs) => dialogs.compared)
  const clock = useView<Clock>('clock')
  if (!clock || !compared) return null
  return (
    <Suspense>
      <Compare
        open
        onOpenChange={onOpenChange}
        branches={clock.branches}
        shown={compared.shown}
        other={compared.other}
      />
    </Suspense>
  )
}
