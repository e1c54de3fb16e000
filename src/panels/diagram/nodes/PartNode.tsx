import { memo } from 'react'
import { Glyph, Movement, type MovementPart, Pictogram } from '../../../ui/index.ts'
import { useThing } from '../scene/context.ts'
import type { DiagramNodeProps } from './nodeData.ts'
import { Shell } from './Shell.tsx'

/** A piece of the mechanism in brass: it moves one tooth whenever it acts. In a machine there is room for its wheel only. */
export const PartNode = memo(function PartNode({ id, height }: DiagramNodeProps) {
  const thing = useThing(id)
  if (!thing) return null
  const { look, name, pictogram } = thing
  const part = partOf(`${name} ${look.title}`)
  const small = (height ?? 58) < 40
  const wheel = part ? (
    <Movement
      part={part}
      beat={look.beat ?? 0}
      size={small ? 20 : 31}
      status={small ? undefined : look.tone}
      label={look.title}
    />
  ) : (
    <span className="text-brass">
      <Pictogram name={pictogram} size={small ? 16 : 20} />
    </span>
  )
  if (small) {
    return (
      <Shell thing={thing} className="dg-part small">
        <span title={`${look.title}: ${look.word}`} className="relative">
          {wheel}
          {look.tone === 'ok' ? null : (
            <span className="absolute -right-1.5 -bottom-1 rounded-pill bg-panel">
              <Glyph status={look.tone} size={11} />
            </span>
          )}
        </span>
      </Shell>
    )
  }
  return (
    <Shell thing={thing} className="dg-part">
      {wheel}
      <span className="min-w-0">
        <b>{look.title}</b>
        <small>{look.tone === 'ok' ? (look.note ?? look.word) : look.word}</small>
      </span>
    </Shell>
  )
})

/** Which part of a watch does in the movement what this one does in the system. */
function partOf(words: string): MovementPart | undefined {
  const found = roles.find(([pattern]) => pattern.test(words))
  return found?.[1]
}

const roles: readonly (readonly [RegExp, MovementPart])[] = [
  [/etcd|store/i, 'etcd'],
  [/api.?server/i, 'apiserver'],
  [/controller|manager/i, 'controllers'],
  [/sched/i, 'scheduler'],
  [/dns/i, 'dns'],
  [/proxy/i, 'proxy'],
  [/kubelet|agent/i, 'kubelet'],
]
