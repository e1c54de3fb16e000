import { type KeyboardEvent, type RefObject, useRef } from 'react'
import type { LabClient } from '../../../host/client.ts'
import type { Inspection } from '../../../host/views/inspect.view.ts'
import { announce } from '../../../ui/index.ts'
import { useLayout, useSelection } from '../../../workspace/index.ts'
import type { GestureStore } from '../gesture/gestureStore.ts'
import type { Arrangement } from '../layout/arrange.ts'
import { openMenuAt } from '../menu/openMenu.ts'
import { elementId } from '../nodes/Shell.tsx'
import type { SceneStore } from '../scene/sceneStore.ts'
import { type Direction, neighbour, readingOrder } from './neighbour.ts'

/** What the keys act on. */
export interface CanvasHands {
  readonly lab: LabClient
  readonly scene: SceneStore
  readonly gestures: GestureStore | undefined
  readonly arrangement: RefObject<Arrangement>
  /** Brings a thing into view. */
  reveal(id: string): void
  /** Looks at a thing from near. */
  dive(id: string): void
  /** Looks from further away; false at the outermost. */
  climb(): boolean
  fit(): void
  zoom(by: number): void
  openPalette(): void
  openFind(): void
  onPaste(text: string): void
}

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** The keys of the canvas while it has the focus. The ring is the hovered thing, so it shows everywhere that thing is shown. */
export function useCanvasKeys(hands: CanvasHands): (event: KeyboardEvent) => void {
  const now = useRef(hands)
  now.current = hands
  const handler = useRef((event: KeyboardEvent) => {
    if (isTyping(event.target) || event.defaultPrevented) return
    if (press(event, now.current)) {
      event.preventDefault()
      event.stopPropagation()
    }
  })
  return handler.current
}

/** Does what a key stands for; false when it stands for nothing here. */
function press(event: KeyboardEvent, hands: CanvasHands): boolean {
  const { gestures, arrangement, lab } = hands
  const control = event.ctrlKey || event.metaKey
  const selection = useSelection.getState()
  const active = activeThing(arrangement.current)
  const direction = arrows[event.key]
  if (control) {
    if (event.key === 'a')
      selection.select(...[...arrangement.current.boxes.keys()].filter((id) => hands.scene.get(id)?.shape !== 'frame'))
    else if (event.key === 'c' && active) void copy(lab, active)
    else if (event.key === 'v') void navigator.clipboard?.readText().then(hands.onPaste, () => {})
    else return false
    return true
  }
  if (direction && !event.altKey) {
    const { boxes, parents } = arrangement.current
    const next = active === undefined ? readingOrder(boxes)[0] : neighbour(boxes, active, direction, parents)
    if (next !== undefined) ring(next, hands, event.shiftKey)
    return true
  }
  switch (event.key) {
    case 'Home':
    case 'End': {
      const next = readingOrder(arrangement.current.boxes).at(event.key === 'Home' ? 0 : -1)
      if (next !== undefined) ring(next, hands, false)
      return true
    }
    case 'Enter':
      if (gestures?.pending) void gestures.finish()
      else if (active) {
        selection.select(active)
        useLayout.getState().openInspector('why')
      }
      return true
    case 'Escape':
      if (gestures?.pending || gestures?.refused) gestures.cancel()
      else if (selection.selected.length > 0) selection.select()
      else return hands.climb()
      return true
    case 'Delete':
    case 'Backspace':
      for (const id of selection.selected.length > 0 ? selection.selected : active ? [active] : []) void remove(lab, id)
      return true
    case 'F10':
      if (!event.shiftKey) return false
      if (active) openMenuAt(document.getElementById(elementId(active)))
      return true
    case 'ContextMenu':
    case 'x':
      if (active) openMenuAt(document.getElementById(elementId(active)))
      return true
    case 'a':
      hands.openPalette()
      return true
    case 'c':
      if (active) gestures?.begin({ sort: 'connect', from: active }, false)
      return true
    case 'm':
      if (active) gestures?.begin({ sort: 'move', id: active }, false)
      return true
    case 'd':
      if (active) hands.dive(active)
      return true
    case '/':
      hands.openFind()
      return true
    case '+':
    case '=':
      hands.zoom(1.25)
      return true
    case '-':
      hands.zoom(0.8)
      return true
    case '!':
    case '1':
      if (!event.shiftKey) return false
      hands.fit()
      return true
    default:
      return false
  }
}

/** The thing with the keyboard's ring: the hovered one, else the first that is selected. */
export function activeThing({ boxes }: Arrangement): string | undefined {
  const { hovered, selected } = useSelection.getState()
  if (hovered !== undefined && boxes.has(hovered)) return hovered
  return selected.find((id) => boxes.has(id))
}

function ring(id: string, { scene, gestures, reveal }: CanvasHands, extend: boolean): void {
  useSelection.getState().hover(id)
  if (extend) useSelection.getState().toggle(id)
  gestures?.hover(id, undefined)
  reveal(id)
  const thing = scene.get(id)
  if (thing)
    announce(
      `${thing.label} ${thing.look.title}, ${thing.look.word || thing.look.tone}${thing.look.detail ? `, ${thing.look.detail}` : ''}`,
    )
}

async function remove(lab: LabClient, id: string): Promise<void> {
  const found = (await lab.ask('inspect', { id })) as Inspection | null
  const action = found?.actions.find(({ sort }) => sort === 'danger')
  if (action) await lab.command(action.line, 'main', 'canvas')
  else announce('There is no command that takes it away.')
}

async function copy(lab: LabClient, id: string): Promise<void> {
  const found = (await lab.ask('inspect', { id })) as Inspection | null
  if (found?.source) {
    await navigator.clipboard?.writeText(found.source.text)
    announce(`${found.label} ${found.name} copied`)
  }
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
