import { type MouseEvent, useRef } from 'react'
import { useSelection } from '../../../workspace/index.ts'

/**
 * Hovers what the pointer is moved onto. What comes to lie under a resting pointer because the canvas was fitted anew is not hovered:
 * a key that follows a click means what was clicked.
 */
export function useHover(): Hover {
  const over = useRef<string | undefined>(undefined)
  const at = useRef({ x: -1, y: -1 })
  const hands = useRef<Hover>({
    move({ target, clientX: x, clientY: y }) {
      if (x === at.current.x && y === at.current.y) return
      at.current = { x, y }
      const id = (target as Element).closest<HTMLElement>('.react-flow__node')?.dataset['id']
      if (id === over.current) return
      over.current = id
      useSelection.getState().hover(id)
    },
    leave() {
      at.current = { x: -1, y: -1 }
      if (over.current === undefined) return
      over.current = undefined
      useSelection.getState().hover(undefined)
    },
  })
  return hands.current
}

export interface Hover {
  move(event: MouseEvent): void
  leave(): void
}
