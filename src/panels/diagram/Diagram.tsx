import '@xyflow/react/dist/base.css'
import './diagram.css'
import { ReactFlowProvider } from '@xyflow/react'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { useLab } from '../../host/react.ts'
import type { Clock } from '../../host/views/clock.view.ts'
import type { Scene } from '../../host/views/scene.view.ts'
import { watch } from '../../host/watch.ts'
import { useReducedMotion } from '../../ui/index.ts'
import { useLayout } from '../../workspace/index.ts'
import { Canvas } from './Canvas.tsx'
import { GestureContext } from './gesture/context.ts'
import { GestureStore } from './gesture/gestureStore.ts'
import { SceneContext } from './scene/context.ts'
import { SceneStore } from './scene/sceneStore.ts'

const Fleet = lazy(() => import('./fleet/Fleet.tsx').then(({ Fleet }) => ({ default: Fleet })))

/** The canvas: the world drawn as boxes in boxes with requests between them, or as a fleet of cells. Everything done on it is a command line. */
export function Diagram(props: DiagramProps) {
  const lod = useLayout((layout) => layout.lod)
  if (lod === 'fleet' && !props.embedded) {
    return (
      <Suspense>
        <Fleet />
      </Suspense>
    )
  }
  return <World {...props} open={lod === 'pod' && !props.embedded} />
}

export interface DiagramProps {
  /** A small living world without tools: it is looked at, and a thing in it can be selected. */
  readonly embedded?: boolean
  /** What is offered when the world is empty: exactly one thing to do. */
  readonly empty?: { readonly title: string; readonly label: string; readonly run: () => void } | undefined
  /** Files that were dropped or pasted onto the canvas. */
  readonly onDrop?: ((carried: DataTransfer) => void) | undefined
}

function World({ embedded = false, empty, onDrop, open }: DiagramProps & { open: boolean }) {
  const lab = useLab()
  const reduced = useReducedMotion()
  const store = useMemo(() => new SceneStore(), [])
  const gestures = useMemo(() => (embedded ? undefined : new GestureStore(lab)), [lab, embedded])
  store.reduced = reduced
  // Straight into the store: a frame draws only those things that it has changed, and never the canvas as a whole.
  useEffect(() => watch(lab, 'clock', null, (clock) => store.tick(clock as Clock)), [lab, store])
  useEffect(() => watch(lab, 'scene', null, (scene) => store.take(scene as Scene)), [lab, store])
  return (
    <SceneContext value={store}>
      <GestureContext value={gestures}>
        <ReactFlowProvider>
          <Canvas embedded={embedded} empty={empty} onDrop={onDrop} open={open} still={reduced} />
        </ReactFlowProvider>
      </GestureContext>
    </SceneContext>
  )
}
