import type { FaceLine } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'

/** The end of what a thing has written. */
export interface LogPicture {
  readonly lines: readonly FaceLine[]
  /** How many older lines there are. */
  readonly left: number
}

/** The last `tail` lines that a thing wrote; `null` for what is gone or never writes. */
export const logsView = defineLabView<{ id: string; tail: number }, LogPicture | null>({
  name: 'logs',
  reads: ['journal'],
  selectLab({ simulation }, { id, tail }) {
    const { world } = simulation
    const entity = world.get(id)
    const lines = entity && simulation.kind(entity.kind)?.face?.logs?.(entity, world)
    if (!lines) return null
    const left = Math.max(0, lines.length - tail)
    return { lines: lines.slice(left).map(({ at, text, from }) => ({ at, text, from })), left }
  },
})
