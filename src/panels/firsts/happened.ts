import type { Firsts } from '../../host/views/index.ts'
import type { FirstThing } from '../../workspace/index.ts'

/** Which first things the world and the timeline show to have happened. */
export function happened(seen: Firsts | undefined, inPast: boolean): readonly FirstThing[] {
  const things: readonly (readonly [FirstThing, boolean | undefined])[] = [
    ['kill', seen?.killed],
    ['scrub', inPast],
    ['break', seen?.broke],
    ['type', seen?.typed],
    ['build', seen?.built],
  ]
  return things.flatMap(([thing, yes]) => (yes ? [thing] : []))
}
