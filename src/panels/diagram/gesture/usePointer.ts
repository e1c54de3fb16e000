import { useReactFlow } from '@xyflow/react'
import { type RefObject, useContext, useEffect } from 'react'
import type { Arrangement } from '../layout/arrange.ts'
import { thingAt } from '../layout/target.ts'
import type { SceneStore } from '../scene/sceneStore.ts'
import { GestureContext, usePending } from './context.ts'
import type { Intent } from './gestureStore.ts'

/** Lets the pointer carry the gesture under way: over what it is, and where it ends. A held one ends when it is let go, else with a click. */
export function usePointer(
  frame: RefObject<HTMLElement | null>,
  arrangement: RefObject<Arrangement>,
  scene: SceneStore,
): void {
  const gestures = useContext(GestureContext)
  const flow = useReactFlow()
  const pending = usePending()
  // A thing that is dragged is carried by the canvas itself.
  const active = pending !== undefined && !(pending.intent.sort === 'move' && pending.held)
  const held = pending?.held === true
  useEffect(() => {
    if (!gestures || !active) return
    const isInside = (event: PointerEvent) => {
      const rect = frame.current?.getBoundingClientRect()
      return (
        rect !== undefined &&
        event.clientX >= rect.left &&
        event.clientX <= rect.right &&
        event.clientY >= rect.top &&
        event.clientY <= rect.bottom
      )
    }
    const move = (event: PointerEvent) => {
      const intent = gestures.pending?.intent
      if (!intent) return
      const at = { x: event.clientX, y: event.clientY }
      const { x, y } = flow.screenToFlowPosition(at)
      gestures.hover(isInside(event) ? targetOf(intent, arrangement.current, scene, x, y) : undefined, at)
    }
    const end = (event: PointerEvent) => {
      if (!isInside(event) || (event.target as Element).closest('.dg-strip, .dg-tools')) {
        if (held) gestures.cancel()
        return
      }
      move(event)
      const { pending } = gestures
      // A line let go over nothing goes on as click and click.
      if (pending?.intent.sort === 'connect' && pending.over === undefined) {
        if (!held) gestures.cancel()
        return
      }
      void gestures.finish()
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', end)
    return () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', end)
    }
  }, [gestures, active, held, flow, frame, arrangement, scene])
}

/** What a gesture at a point is about: for placing, the innermost thing that takes it; for moving, the innermost other container. */
export function targetOf(
  intent: Intent,
  { boxes, parents }: Arrangement,
  scene: SceneStore,
  x: number,
  y: number,
): string | undefined {
  const without = intent.sort === 'connect' ? intent.from : intent.sort === 'move' ? intent.id : undefined
  const innermost = thingAt(boxes, parents, x, y, without)
  if (intent.sort === 'connect') return scene.get(innermost ?? '')?.shape === 'frame' ? undefined : innermost
  const climb = (fits: (id: string) => boolean): string | undefined => {
    for (let at = innermost; at !== undefined; at = parents.get(at)) if (fits(at)) return at
    return undefined
  }
  if (intent.sort === 'place')
    return (
      climb((id) => intent.item.into.includes(scene.get(id)?.kind ?? '')) ??
      (intent.item.into.length > 0 ? innermost : undefined)
    )
  const container = climb((id) => ['frame', 'host'].includes(scene.get(id)?.shape ?? ''))
  return container === parents.get(intent.id) ? undefined : container
}
