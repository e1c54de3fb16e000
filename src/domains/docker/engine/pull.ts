import type { Emission, World } from '../../../kernel/index.ts'
import { findImage, type Image, pullTime, RESOLVE_TIME } from '../../containerd/index.ts'
import { findLocalImage, pulledImage } from '../image/index.ts'

/** What asking for an image comes to. `ms` is how long it takes before its events are due. */
export type PullOrder =
  | { readonly present: true; readonly image: string }
  | { readonly present: false; readonly image: Image; readonly ms: number; readonly emit: readonly Emission[] }
  | { readonly error: string; readonly ms: number }

/**
 * Fetches an image to an engine: its events come after the time that it takes. `always` asks the registry although the engine has it.
 * The error is the runtime's own words.
 */
export function pullImage(
  world: World,
  engine: string,
  reference: string,
  options: { readonly always?: boolean; readonly slowness?: number } = {},
): PullOrder {
  const present = findLocalImage(world, engine, reference)
  if (present && !options.always) return { present: true, image: present.id }
  const found = findImage(world, reference)
  if ('error' in found) return { error: found.error, ms: RESOLVE_TIME }
  const ms = present ? RESOLVE_TIME : pullTime(found.image, options.slowness)
  const emit = pulledImage(world, engine, found.image).map((emission) => ({ ...emission, after: ms }))
  return { present: false, image: found.image, ms, emit }
}
