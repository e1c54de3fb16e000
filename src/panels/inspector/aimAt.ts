import type { Layered, Size } from './layered.ts'

/** Zoom of the drawing in a narrow panel, and elsewhere: no less, or its text would fall below 11 px. */
const NARROW = 0.92
/** Room around the drawing; more at the left, where the arrow of the beginning stands. */
const EDGE = 24
const START = 44

/** Where to look: at the whole drawing in the middle if it fits, else at the present state, but never past the drawing's edge. */
export function aimAt(
  drawing: Layered,
  state: string,
  room: Size,
  mini: boolean,
): { x: number; y: number; zoom: number } {
  const zoom = mini ? NARROW : 1
  const box = drawing.boxes.get(state)
  const along = (whole: number, size: number, middle: number, before: number): number => {
    const spare = size - whole * zoom - before - EDGE
    if (spare >= 0) return before + spare / 2
    return Math.min(before, Math.max(size - EDGE - whole * zoom, size / 2 - middle * zoom))
  }
  return {
    zoom,
    x: along(drawing.width, room.width, box ? box.x + box.width / 2 : 0, START),
    y: along(drawing.height, room.height, box ? box.y + box.height / 2 : 0, EDGE),
  }
}
