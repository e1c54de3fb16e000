import History from 'lucide-react/icons/history'
import { lazy, Suspense, useCallback } from 'react'
import { useLab } from '../../host/react.ts'
import { Button } from '../../ui/index.ts'
import { useDialogs, useFirsts } from '../../workspace/index.ts'
import { Boundary } from './Boundary.tsx'
import { useClock } from './useClock.ts'
import { dropFiles } from './worlds/dropFiles.ts'
import { droppedOf } from './worlds/dropped.ts'

const Diagram = lazy(() => import('../diagram/index.ts').then(({ Diagram }) => ({ default: Diagram })))
const FirstThings = lazy(() => import('../firsts/index.ts').then(({ FirstThings }) => ({ default: FirstThings })))

/**
 * The canvas with what stands round it: the amber frame of the past, and the way back from there. `embedded` leaves out its tools; `firsts`
 * adds the list of first things to try until it is sent away.
 */
export function CanvasArea({ embedded = false, firsts = false }: { embedded?: boolean; firsts?: boolean }) {
  const away = useFirsts(({ away }) => away)
  const lab = useLab()
  const inPast = useClock((clock) => clock.inPast) ?? false
  const drop = useCallback((transfer: DataTransfer) => void dropFiles(lab, droppedOf(transfer)), [lab])
  return (
    <main id="canvas" aria-label="Canvas" className="relative min-h-0 min-w-0 flex-1 bg-canvas">
      <Boundary name="The canvas">
        <Suspense fallback={<p className="sub absolute inset-0 m-0 grid place-items-center">Drawing…</p>}>
          <Diagram embedded={embedded} onDrop={drop} empty={empty} />
        </Suspense>
      </Boundary>
      {inPast ? <PastFrame /> : null}
      {firsts && !away ? (
        <Suspense>
          <FirstThings />
        </Suspense>
      ) : null}
    </main>
  )
}

const empty = {
  title: 'Nothing is here yet',
  label: 'Open a scene',
  run: () => useDialogs.getState().show('scenes'),
}

function PastFrame() {
  const lab = useLab()
  return (
    <div className="wb-past">
      <Button
        size="sm"
        icon={<History size={14} aria-hidden="true" />}
        className="pointer-events-auto"
        onClick={() => void lab.ask('clock').then((clock) => lab.seek((clock as { end: number }).end))}
      >
        Return to now
      </Button>
    </div>
  )
}
