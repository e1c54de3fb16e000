import { useReactFlow, useStore } from '@xyflow/react'
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useLayout, useSelection } from '../../../workspace/index.ts'
import type { Arrangement } from '../layout/arrange.ts'
import type { Box } from '../layout/box.ts'

/** Room that the tools take at the edges, px. */
const EDGES = { left: 62, top: 18, right: 14, bottom: 16 }
const BARE = { left: 12, top: 12, right: 12, bottom: 12 }
/** Text stays readable down to here; a picture that needs less is looked at in part. */
const LEAST = 0.5
/** Cards full of words need more. */
const LEAST_OPEN = 0.92
const LEAST_PHONE = 0.8
/** A small world is not blown up beyond this. */
const MOST = 1.4

/** Where the canvas looks. It follows the picture until the learner takes the camera. */
export function useCamera(
  arrangement: RefObject<Arrangement>,
  embedded: boolean,
  still: boolean,
  open: boolean,
): Camera {
  const flow = useReactFlow()
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const touched = useRef(false)
  const waiting = useRef<string | undefined>(undefined)
  const dived = useRef(false)
  const first = useRef(true)
  const followed = useRef<{ id: string; x: number; y: number } | undefined>(undefined)
  const [aimed, setAimed] = useState(false)
  const { bounds, boxes } = arrangement.current

  const look = useCallback(
    (box: Box, most: number, animated: boolean) => {
      const phone = width < 560
      const edges = embedded ? BARE : { ...EDGES, top: phone ? 70 : EDGES.top, left: phone ? 12 : EDGES.left }
      const [roomX, roomY] = [width - edges.left - edges.right, height - edges.top - edges.bottom]
      if (roomX <= 0 || roomY <= 0 || box.w <= 0) return
      const zoom = Math.min(
        most,
        Math.max(
          embedded ? 0.3 : open ? LEAST_OPEN : phone ? LEAST_PHONE : LEAST,
          Math.min(roomX / box.w, roomY / box.h),
        ),
      )
      const x = edges.left + Math.max(0, (roomX - box.w * zoom) / 2) - box.x * zoom
      const y = edges.top + Math.max(0, (roomY - box.h * zoom) / (embedded ? 2 : 3)) - box.y * zoom
      void flow.setViewport({ x, y, zoom }, animated && !still ? { duration: 240 } : undefined)
    },
    [flow, width, height, embedded, still, open],
  )

  useLayoutEffect(() => {
    if (width === 0 || boxes.size === 0) return
    const { sought, seek } = useSelection.getState()
    if (sought !== undefined && !embedded) {
      waiting.current = sought
      touched.current = boxes.has(sought)
      seek(undefined)
    }
    const box = waiting.current === undefined ? undefined : boxes.get(waiting.current)
    if (box) {
      waiting.current = undefined
      look(box, 1.25, true)
    } else if (!touched.current) look(bounds, MOST, !first.current)
    const { current: following } = followed
    const at = following && boxes.get(following.id)
    if (following && at && (at.x !== following.x || at.y !== following.y)) {
      followed.current = { id: following.id, x: at.x, y: at.y }
      void flow.setCenter(at.x + at.w / 2, at.y + Math.min(at.h / 2, 160), {
        zoom: flow.getZoom(),
        ...(still ? {} : { duration: 480 }),
      })
    }
    first.current = false
    setAimed(true)
  }, [bounds, boxes, width, look, embedded, flow, still])

  return {
    aimed,
    fit: () => {
      touched.current = false
      dived.current = false
      followed.current = undefined
      look(arrangement.current.bounds, MOST, true)
    },
    take: () => {
      touched.current = true
    },
    dive: (id, shape) => {
      const { lod, setLod } = useLayout.getState()
      touched.current = true
      dived.current = true
      if (shape === 'chip' && lod === 'node' && !embedded) {
        waiting.current = id
        setLod('pod')
        return
      }
      const box = arrangement.current.boxes.get(id)
      if (box) look(box, shape === 'chip' || shape === 'card' ? 1.5 : 1.25, true)
    },
    climb: () => {
      const { lod, setLod } = useLayout.getState()
      if (embedded) return false
      if (lod === 'pod') setLod('node')
      else if (!touched.current) setLod('fleet')
      touched.current = false
      dived.current = false
      look(arrangement.current.bounds, MOST, true)
      return true
    },
    dived: () => dived.current || (!embedded && useLayout.getState().lod === 'pod'),
    follow: (id) => {
      const box = id === undefined ? undefined : arrangement.current.boxes.get(id)
      followed.current = id !== undefined && box ? { id, x: box.x, y: box.y } : undefined
      if (!box) return
      touched.current = true
      void flow.setCenter(box.x + box.w / 2, box.y + Math.min(box.h / 2, 160), {
        zoom: flow.getZoom(),
        ...(still ? {} : { duration: 240 }),
      })
    },
    reveal: (id) => {
      const box = arrangement.current.boxes.get(id)
      if (!box) return
      const { x, y, zoom } = flow.getViewport()
      const [left, top, right, bottom] = [
        box.x * zoom + x,
        box.y * zoom + y,
        (box.x + box.w) * zoom + x,
        (box.y + box.h) * zoom + y,
      ]
      const dx = left < EDGES.left ? EDGES.left - left : right > width - 14 ? width - 14 - right : 0
      const dy = top < 14 ? 14 - top : bottom > height - 14 ? height - 14 - bottom : 0
      if (dx === 0 && dy === 0) return
      touched.current = true
      void flow.setViewport({ x: x + dx, y: y + dy, zoom }, still ? undefined : { duration: 140 })
    },
    zoom: (by) => {
      touched.current = true
      void flow.zoomTo(flow.getZoom() * by, still ? undefined : { duration: 140 })
    },
  }
}

export interface Camera {
  /** Whether it has looked at the picture for the first time; before that nothing is where it will be. */
  readonly aimed: boolean
  /** The whole picture, and follows it again. */
  fit(): void
  /** The learner has moved it: it no longer follows. */
  take(): void
  dive(id: string, shape: string): void
  climb(): boolean
  /** Whether something is looked at from near. */
  dived(): boolean
  /** Keeps a thing in the middle wherever it goes; undefined lets go. */
  follow(id: string | undefined): void
  reveal(id: string): void
  zoom(by: number): void
}
