/** Where a box of that size goes beside an anchor, in window pixels: on the wished side, on the other if it does not fit there, centred along
 *  it and pushed back inside the window. */
export function placeBeside(anchor: Box, box: Size, side: Side, window: Size, gap = 6): { x: number; y: number } {
  const room: Record<Side, number> = {
    top: anchor.top - gap - box.height,
    bottom: window.height - anchor.bottom - gap - box.height,
    left: anchor.left - gap - box.width,
    right: window.width - anchor.right - gap - box.width,
  }
  const other = opposite[side]
  const chosen = room[side] < 4 && room[other] > room[side] ? other : side
  const middle = {
    x: inside((anchor.left + anchor.right - box.width) / 2, window.width - box.width),
    y: inside((anchor.top + anchor.bottom - box.height) / 2, window.height - box.height),
  }
  switch (chosen) {
    case 'top':
      return { x: middle.x, y: room.top }
    case 'bottom':
      return { x: middle.x, y: anchor.bottom + gap }
    case 'left':
      return { x: room.left, y: middle.y }
    case 'right':
      return { x: anchor.right + gap, y: middle.y }
  }
}

/** The side of an anchor. */
export type Side = 'top' | 'bottom' | 'left' | 'right'

interface Size {
  width: number
  height: number
}

interface Box {
  top: number
  bottom: number
  left: number
  right: number
}

const opposite: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' }

function inside(value: number, most: number): number {
  return Math.max(4, Math.min(value, most - 4))
}
