import type { Entity, Face, Tone } from '../../../kernel/index.ts'
import type { Container } from '../kubelet/container.ts'
import { containerLogs } from './podLogs.ts'

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
  Entity & { readonly spec?: { readonly image: string }; readonly restarts?: number; readonly wait?: number }
> = {
  label: 'Container',
  plural: 'Containers',
  pictogram: 'container',
  shape: 'chip',
  // What the system runs is told in one line on its node, pods and containers alike.
  within: (container) => (container.id.startsWith('k8s.Container/kube-system/') ? null : container.owner),
  logs: (container, world) => containerLogs(container as Container, world),
  look: (container) => ({
    title: container.id.slice(container.id.lastIndexOf('/') + 1),
    note: container.spec?.image,
    tone: TONES[container.state] ?? 'idle',
    word: container.state,
    due:
      container.wait !== undefined && container.state.endsWith('BackOff')
        ? container.since + container.wait
        : undefined,
    facts: [
      ['image', container.spec?.image ?? ''],
      ['restarts', String(container.restarts ?? 0)],
    ],
  }),
}
