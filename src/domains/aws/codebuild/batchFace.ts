import type { Face, Tone } from '../../../kernel/index.ts'
import { type Batch, batchName, isBatchOver } from './batch.ts'
import { type Build, isOver } from './build.ts'

const TONES: { readonly [state: string]: Tone } = { SUCCEEDED: 'ok', FAILED: 'err', TIMED_OUT: 'err', STOPPED: 'warn' }

/** A batch: a chip with a segment a build. */
export const batchFace: Face<Batch> = {
  label: 'Build batch',
  plural: 'Build batches',
  pictogram: 'build',
  shape: 'chip',
  within: (batch) => (isBatchOver(batch) ? null : batch.owner),
  look: (batch, world) => ({
    title: `batch #${batch.number}`,
    tone: TONES[batch.state] ?? 'prog',
    word: batch.state.toLowerCase().replaceAll('_', ' '),
    detail: batch.phases.find(({ context }) => context)?.context?.message,
    segments: batch.groups.slice(1).map(({ build }) => {
      const found = world.get(build ?? '') as Build | undefined
      if (!found) return { fill: 'dashed' }
      return { fill: found.state === 'SUCCEEDED' ? 'new' : isOver(found) ? 'failed' : 'half' }
    }),
    facts: batch.groups.map(({ task, build, passedOver }) => [
      task.identifier,
      passedOver ? 'not done' : (world.get(build ?? '')?.state ?? 'waits'),
    ]),
  }),
  actions: (batch) => {
    const of = `--id ${batchName(batch)} --region ${batch.region}`
    return isBatchOver(batch)
      ? [
          { id: 'retry', label: 'Retry', line: `aws codebuild retry-build-batch ${of}` },
          { id: 'delete', label: 'Delete', line: `aws codebuild delete-build-batch ${of}`, sort: 'danger' },
        ]
      : [{ id: 'stop', label: 'Stop', line: `aws codebuild stop-build-batch ${of}`, sort: 'danger' }]
  },
  marks: { Failed: 'alert' },
}
