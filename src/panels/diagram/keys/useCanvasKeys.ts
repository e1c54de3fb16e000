import { type KeyboardEvent, type RefObject, useRef } from 'react'
import type { LabClient } from '../../../host/client.ts'
import { announce } from '../../../ui/index.ts'
import { useLayout, useSelection } from '../../../workspace/index.ts'
import { copyThings, duplicateThings, removeThings } from '../edits/things.ts'
import type { GestureStore } from '../gesture/gestureStore.ts'
import { targetFrom } from '../gesture/usePointer.ts'
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
  tidy(): void
  /** Keeps a thing in view while it moves, or lets go of it again. */
  follow(id: string | undefined): void
  /** Whether a thing is looked at from near, so that Escape goes back from there first. */
  dived(): boolean
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
  const chosen = chosenThings(arrangement.current)
  const direction = arrows[event.key]
  if (control) {
    if (event.key === 'a')
      selection.select(...[...arrangement.current.boxes.keys()].filter((id) => hands.scene.get(id)?.shape !== 'frame'))
    else if (event.key === 'c' && chosen.length > 0) void copyThings(lab, chosen)
    else if (event.key === 'x' && chosen.length > 0) void copyThings(lab, chosen).then(() => removeThings(lab, chosen))
    else if (event.key === 'd' && chosen.length > 0) void duplicateThings(lab, chosen)
    // Ctrl+V is left to the browser, which brings the text without asking for leave.
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
        hands.dive(active)
      }
      return true
    case 'w':
      if (active) {
        selection.select(active)
        useLayout.getState().openInspector('why')
      }
      return true
    case 'Escape':
      if (gestures?.pending || gestures?.refused) gestures.cancel()
      else if (hands.dived()) return hands.climb()
      else if (selection.selected.length > 0) selection.select()
      else return hands.climb()
      return true
    case 'Delete':
    case 'Backspace':
      if (chosen.length > 0) void removeThings(lab, chosen)
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
      gestures?.begin(active === undefined ? { sort: 'pick' } : { sort: 'connect', from: active }, false)
      return true
    case 'm':
      if (active) gestures?.begin({ sort: 'move', id: active }, false)
      return true
    case 't':
      hands.tidy()
      return true
    case 'f':
      hands.follow(active)
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

/** What a key that takes many is about: all that is selected, else the thing with the ring. */
export function chosenThings(arrangement: Arrangement): readonly string[] {
  const selected = useSelection.getState().selected.filter((id) => arrangement.boxes.has(id))
  if (selected.length > 0) return selected
  const active = activeThing(arrangement)
  return active === undefined ? [] : [active]
}

function ring(id: string, { scene, gestures, reveal, arrangement }: CanvasHands, extend: boolean): void {
  useSelection.getState().hover(id)
  if (extend) useSelection.getState().toggle(id)
  if (gestures?.pending) gestures.hover(targetFrom(gestures, arrangement.current, scene, id), undefined)
  reveal(id)
  const thing = scene.get(id)
  if (thing)
    announce(
      `${thing.label} ${thing.look.title}, ${thing.look.word || thing.look.tone}${thing.look.detail ? `, ${thing.look.detail}` : ''}`,
    )
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
