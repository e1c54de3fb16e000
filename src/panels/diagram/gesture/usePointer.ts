import { useReactFlow } from '@xyflow/react'
import { type RefObject, useContext, useEffect } from 'react'
import type { Arrangement } from '../layout/arrange.ts'
import { thingAt } from '../layout/target.ts'
import type { SceneStore } from '../scene/sceneStore.ts'
import { GestureContext, usePending } from './context.ts'
import type { GestureStore } from './gestureStore.ts'

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
      gestures.hover(isInside(event) ? targetOf(gestures, arrangement.current, scene, x, y) : undefined, at)
    }
    const end = (event: PointerEvent) => {
      if (!isInside(event) || (event.target as Element).closest('.dg-strip, .dg-tools')) {
        if (held) gestures.cancel()
        return
      }
      move(event)
      const { pending } = gestures
      // A line let go over nothing is given up; one that is drawn by clicks waits for the next.
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

/** What the gesture under way would be about at a point. */
export function targetOf(
  gestures: GestureStore,
  arrangement: Arrangement,
  scene: SceneStore,
  x: number,
  y: number,
): string | undefined {
  const intent = gestures.pending?.intent
  if (!intent) return undefined
  const without = intent.sort === 'move' ? intent.id : undefined
  return targetFrom(gestures, arrangement, scene, thingAt(arrangement.boxes, arrangement.parents, x, y, without))
}

/**
 * What the gesture under way would be about at the innermost thing under the pointer or the ring: for placing, the innermost that takes it;
 * for moving, the innermost other container; for a line, the innermost that it may end at, else the thing itself.
 */
export function targetFrom(
  gestures: GestureStore,
  { parents }: Arrangement,
  scene: SceneStore,
  innermost: string | undefined,
): string | undefined {
  const intent = gestures.pending?.intent
  if (!intent) return undefined
  const climb = (fits: (id: string) => boolean): string | undefined => {
    for (let at = innermost; at !== undefined; at = parents.get(at)) if (fits(at)) return at
    return undefined
  }
  const shape = (id: string) => scene.get(id)?.shape
  const bare = innermost === undefined || shape(innermost) === 'frame'
  switch (intent.sort) {
    case 'pick':
      return climb((id) => gestures.connects(scene.get(id)?.kind))
    case 'connect':
      return climb((id) => gestures.reach?.get(id) === 'open') ?? (bare ? undefined : innermost)
    case 'place':
      return (
        climb((id) => intent.item.into.includes(scene.get(id)?.kind ?? '')) ??
        (intent.item.into.length > 0 ? innermost : undefined)
      )
    case 'move': {
      const container = climb(
        (id) => id !== intent.id && (gestures.reach?.has(id) === true || ['frame', 'host'].includes(shape(id) ?? '')),
      )
      return container === parents.get(intent.id) ? undefined : container
    }
  }
}
