import type { Entity, Face, Tone } from '../../../kernel/index.ts'

const TONES: Readonly<Record<string, Tone>> = {
  Waiting: 'pend',
  Pulling: 'prog',
  Creating: 'prog',
  Running: 'ok',
  Stopping: 'idle',
  Exited: 'warn',
  Terminated: 'idle',
  CrashLoopBackOff: 'err',
  ImagePullBackOff: 'err',
}

/** A container inside its pod, seen at the nearest zoom level. */
export const containerFace: Face<
  Entity & { readonly image?: string; readonly restartCount?: number; readonly until?: number }
> = {
  label: 'Container',
  plural: 'Containers',
  pictogram: 'container',
  shape: 'chip',
  within: (container) => container.owner,
  look: (container, world) => ({
    title: container.id.slice(container.id.lastIndexOf('/') + 1),
    note: container.image,
    tone: TONES[container.state] ?? 'idle',
    word: container.state,
    due: container.until !== undefined && container.until > world.now ? container.until : undefined,
    facts: [
      ['image', container.image ?? ''],
      ['restarts', String(container.restartCount ?? 0)],
    ],
  }),
}
