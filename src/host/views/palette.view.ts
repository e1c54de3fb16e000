import type { PaletteItem } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { type Meaning, meaningOf } from './reach.view.ts'

/** What can be placed, and what would be run for placing it. */
export interface PaletteEntry extends Omit<PaletteItem, 'line'> {
  readonly kind: string
}

/** Everything in the palette, by domain. */
export const paletteView = defineLabView<null, readonly PaletteEntry[]>({
  name: 'palette',
  reads: [],
  ofDomains: true,
  selectLab(lab) {
    const entries: PaletteEntry[] = []
    for (const kind of lab.simulation.allKinds()) {
      for (const { line: _line, ...item } of kind.face?.palette ?? []) entries.push({ ...item, kind: kind.kind })
    }
    return entries
  },
})

/** A gesture on the canvas, asked about before it is made. */
export type Gesture =
  | { readonly place: string; readonly into?: string }
  | { readonly connect: string; readonly to: string }
  | { readonly move: string; readonly into: string }

export type { Meaning }

/** What a gesture means: asked while dragging, so that a refusal has its reason before the drop. */
export const gestureView = defineLabView<Gesture, Meaning>({
  name: 'gesture',
  reads: ['*'],
  selectLab(lab, gesture) {
    const { simulation } = lab
    const { world } = simulation
    if ('place' in gesture) {
      for (const kind of simulation.allKinds()) {
        const item = kind.face?.palette?.find((one) => one.id === gesture.place)
        if (!item) continue
        const into = gesture.into === undefined ? undefined : world.get(gesture.into)
        const allowed = item.into.length === 0 || (into !== undefined && item.into.includes(into.kind))
        const here = allowed ? into : undefined
        return item.line(here, world, world.count(kind.kind) + 1)
      }
      return { refuse: 'There is no such thing in the palette.' }
    }
    const connects = 'connect' in gesture
    return meaningOf(simulation, connects ? 'connect' : 'move', ...endsOf(gesture))
  },
})

function endsOf(gesture: Exclude<Gesture, { readonly place: string }>): [from: string, to: string] {
  return 'connect' in gesture ? [gesture.connect, gesture.to] : [gesture.move, gesture.into]
}
