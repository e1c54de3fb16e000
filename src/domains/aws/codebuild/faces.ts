import type { Face, Tone } from '../../../kernel/index.ts'
import { regionId } from '../../places/index.ts'
import { type Build, buildName, buildsOf, isOver, type Project } from './build.ts'
import { logOf } from './log.ts'
import { BUILD_PHASES } from './phases.rule.ts'

const TONES: { readonly [state: string]: Tone } = { SUCCEEDED: 'ok', FAILED: 'err', TIMED_OUT: 'err', STOPPED: 'warn' }
const WORDS: { readonly [state: string]: string } = {
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  TIMED_OUT: 'Timed out',
  STOPPED: 'Stopped',
}

/** A build project: its builds in it, the newest of them alone drawn. */
export const projectFace: Face<Project> = {
  label: 'Build project',
  plural: 'Build projects',
  pictogram: 'build',
  shape: 'host',
  rank: 2,
  within: ({ region }) => regionId(region),
  look: (project, world) => {
    const last = buildsOf(world, project.region, project.name).at(-1)
    return {
      title: project.name,
      note: project.project.environment?.image,
      tone: last ? (TONES[last.state] ?? 'prog') : 'idle',
      word: last ? (WORDS[last.state] ?? 'Building') : 'No build yet',
      figures: project.count > 0 ? [`${project.count} ${project.count === 1 ? 'build' : 'builds'}`] : [],
      beat: project.count,
    }
  },
  actions: ({ name, region }) => [
    { id: 'build', label: 'Start build', line: `aws codebuild start-build --project-name ${name} --region ${region}` },
    {
      id: 'delete',
      label: 'Delete',
      line: `aws codebuild delete-project --name ${name} --region ${region}`,
      sort: 'danger',
    },
  ],
}

/** A build: a chip with a segment a phase. */
export const buildFace: Face<Build> = {
  label: 'Build',
  plural: 'Builds',
  pictogram: 'build',
  shape: 'chip',
  within: (build, world) =>
    buildsOf(world, build.region, build.settings.name).at(-1)?.id === build.id ? build.owner : null,
  look: (build) => {
    const failed = build.phases.find(({ status }) => status === 'FAILED')
    return {
      title: `#${build.number}`,
      note: build.revision?.id.slice(0, 7),
      tone: TONES[build.state] ?? 'prog',
      word: WORDS[build.state] ?? build.state.toLowerCase().replaceAll('_', ' '),
      detail: failed?.context?.message,
      segments: BUILD_PHASES.slice(4, 8).map((phase) => {
        const record = build.phases.find((one) => one.phase === phase)
        if (!record) return { fill: 'dashed' }
        return { fill: record.status === 'FAILED' ? 'failed' : record.ended === undefined ? 'half' : 'new' }
      }),
      facts: build.phases.map(
        ({ phase, began, ended, status }) =>
          [
            phase,
            ended === undefined ? 'in progress' : `${status ?? ''} in ${Math.round((ended - began) / 1000)} s`,
          ] as const,
      ),
    }
  },
  logs: (build, world) => logOf(build, world),
  actions: (build) =>
    isOver(build)
      ? []
      : [
          {
            id: 'stop',
            label: 'Stop',
            line: `aws codebuild stop-build --id ${buildName(build)} --region ${build.region}`,
            sort: 'danger',
          },
        ],
  marks: { Failed: 'alert' },
}
