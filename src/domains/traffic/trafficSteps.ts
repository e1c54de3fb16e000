import { type ExportedStep, STEP, type World } from '../../kernel/index.ts'
import type { TrafficClient } from './client.ts'

/** The command lines that start the load generators of a world anew. Visitors come by themselves to the real thing. */
export function trafficSteps(world: World): readonly ExportedStep[] {
  const clients = ([...world.all('traffic.Client')] as TrafficClient[])
    .filter(({ state }) => state === 'Sending')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  if (clients.length === 0) return []
  return [{ order: STEP.visitors, says: 'Visitors', lines: clients.map(lineOf), lab: true }]
}

function lineOf({ name, target, rate, from, pattern, durationMs }: TrafficClient): string {
  const how =
    pattern.is === 'ramp'
      ? ` --ramp ${pattern.from}:${pattern.overMs}ms`
      : pattern.is === 'spike'
        ? ` --spike ${pattern.peak}:${pattern.afterMs}ms:${pattern.forMs}ms`
        : ''
  const until = durationMs === undefined ? '' : ` --for ${durationMs}ms`
  const sender = from === 'outside' ? '' : ` --from pod/${from.slice(from.lastIndexOf('/') + 1)}`
  return `lab traffic start ${name} --to ${target} --rate ${rate}${how}${until}${sender}`
}
