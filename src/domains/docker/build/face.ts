import type { Face, Segment, Tone } from '../../../kernel/index.ts'
import { shortReference } from '../image/names.ts'
import { sizeText } from '../image/sizeText.ts'
import type { Build, StepRecord } from './build.ts'

/** A build as a card: one segment a step, the reused ones plain, the new ones marked, with the reason why they were not reused. */
export const buildFace: Face<Build> = {
  label: 'Build',
  plural: 'Builds',
  pictogram: 'build',
  shape: 'card',
  rank: 2,
  within: (build, world) => (world.get(build.owner) ? build.owner : null),
  look: (build) => {
    const { vertices } = build.plan
    const records = vertices.map(({ id }) => build.steps[id])
    const reused = records.filter((record) => record?.status === 'reused').length
    const over = records.filter((record) => record?.endedAt !== undefined).length
    const running = vertices.find(({ id }) => build.steps[id]?.status === 'running')
    const first = vertices.find(({ id }) => build.steps[id]?.why !== undefined)
    const [tone, word] = TONES[build.state] ?? ['idle', build.state]
    return {
      title: shortReference(build.title) ?? build.title,
      note: 'docker build',
      tone,
      word,
      detail:
        build.error?.message ?? running?.name ?? (first ? `${first.name}: ${build.steps[first.id]?.why}` : undefined),
      segments: records.map(segment),
      figures: [`${over}/${vertices.length}`, `${reused} reused`],
      facts: vertices.map(({ id, name }) => [name, told(build.steps[id])] as const),
      beat: over,
    }
  },
  actions: (build) =>
    build.state === 'done' && build.tags[0] !== undefined
      ? [{ id: 'history', label: 'Show the layers', line: `docker history ${build.tags[0]}` }]
      : [],
  marks: { 'after.exported': 'deploy' },
}

const TONES: { readonly [state: string]: readonly [Tone, string] } = {
  loading: ['prog', 'loading'],
  solving: ['prog', 'building'],
  exporting: ['prog', 'exporting'],
  done: ['ok', 'built'],
  failed: ['err', 'failed'],
  canceled: ['warn', 'canceled'],
}

function segment(record: StepRecord | undefined): Segment {
  if (!record) return { fill: 'dashed' }
  const fills = { running: 'half', reused: 'old', done: 'new', failed: 'failed' } as const
  return { fill: fills[record.status] }
}

function told(record: StepRecord | undefined): string {
  if (!record) return 'waits'
  if (record.status === 'reused') return 'reused'
  const size = record.layer ? `, ${sizeText(record.layer.size)}` : ''
  const why = record.why === undefined ? '' : ` (${record.why})`
  if (record.status === 'running') return `runs${why}`
  if (record.status === 'failed') return 'failed'
  return `${(((record.endedAt ?? 0) - record.startedAt) / 1000).toFixed(1)}s${size}${why}`
}
