import type { Scene } from '../../host/views/index.ts'
import { useClock } from '../workbench/useClock.ts'
import type { Arrangement, Place } from './arrangement.ts'

/** Requests on their way: a dot for each few, closer together where there are more of them. They stand while the world does. */
export function Wires({ scene, arrangement }: { scene: Scene; arrangement: Arrangement }) {
  const playing = useClock((clock) => clock.playing) ?? false
  const { cards, hosts } = arrangement
  const last = cards.at(-1)
  const rateInto = (ids: ReadonlySet<string>) =>
    scene.edges.reduce((sum, { kind, to, rate }) => (kind === 'traffic' && ids.has(to) ? sum + (rate ?? 0) : sum), 0)
  const wires = [
    ...cards.slice(1).map((to, i) => {
      const from = cards[i] as Place
      return {
        id: `${from.node.id}>${to.node.id}`,
        path: `M${from.x + from.w} ${from.y + from.h / 2}H${to.x}`,
        rate: rateInto(new Set([to.node.id])),
      }
    }),
    ...(last
      ? hosts.flatMap((host, h) =>
          host.chips.map((chip, i) => {
            const x = host.x - 34
            const y = last.y + last.h / 2 + (h === 0 ? -10 : 10)
            const end = host.y + 42 + i * 46 + 20
            const turn = end < y ? -14 : 14
            return {
              id: `${last.node.id}>${chip.id}`,
              path: `M${last.x + last.w} ${y}H${x - 14}Q${x} ${y} ${x} ${y + turn}V${end - turn}Q${x} ${end} ${x + 14} ${end}H${host.x + 12}`,
              rate: rateInto(new Set([chip.id])),
            }
          }),
        )
      : []),
  ]
  return (
    <svg
      className="wires"
      width="812"
      height="470"
      viewBox="0 0 812 470"
      aria-hidden="true"
      data-playing={playing || undefined}
    >
      {wires.map(({ id, path, rate }) => (
        <g key={id}>
          <path className="wire" d={path} data-idle={rate === 0 || undefined} />
          {rate > 0 ? (
            <path
              className="flow"
              d={path}
              strokeDasharray={`0 ${gapOf(rate)}`}
              style={{ '--gap': `${gapOf(rate)}px` } as React.CSSProperties}
            />
          ) : null}
        </g>
      ))}
    </svg>
  )
}

/** Px between two dots: 40 requests a second are 36 px apart in the lab; here, at a quarter of its size, half of that. */
function gapOf(rate: number): number {
  return Math.round(Math.max(8, Math.min(40, 540 / rate)))
}
