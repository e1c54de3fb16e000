import { defineKind, defineLifecycle, type Fields, type SimEvent } from '../../../kernel/index.ts'
import { recordKind } from '../core/index.ts'
import { batchLifecycle } from './batch.lifecycle.ts'
import { BATCH, type Batch } from './batch.ts'
import { batchFace } from './batchFace.ts'
import { buildLifecycle } from './build.lifecycle.ts'
import { BUILD, type Build, PROJECT, type Project } from './build.ts'
import { buildFace, projectFace } from './faces.ts'
import { REPORT, REPORT_GROUP } from './report.ts'
import { POLICY } from './sharing.ts'
import { CREDENTIALS } from './sourceCredentials.ts'

const data = (_entity: unknown, event: SimEvent): Fields => (event.data ?? {}) as Fields

/**
 * What is kept of a build project.
 * Models: AWS CodeBuild API, Project
 */
const projectLifecycle = defineLifecycle({
  id: PROJECT,
  initial: 'Present',
  states: {
    Present: {
      description: 'Builds can be started from it.',
      tags: ['ok'],
      on: {
        Changed: { description: 'Someone changes its settings.' },
        BuildStarted: { description: 'A build of it is started.' },
        Deleted: { target: 'Gone', description: 'Someone deletes it, and its builds with it.' },
      },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})

export const projectKind = defineKind<Project>({
  kind: PROJECT,
  lifecycle: projectLifecycle,
  apply: { Changed: data, BuildStarted: data },
  face: projectFace,
  tell: {
    Created: (event) => `The build project [${(event.data as Project).name}](${event.to}) is created.`,
  },
})

const named = (build: Build | undefined) => (build ? `build ${build.number}` : 'a build')

export const buildKind = defineKind<Build>({
  kind: BUILD,
  lifecycle: buildLifecycle,
  delays: {
    submit: () => 500,
    queue: () => 1000,
    provision: (build) => (build.settings.environment?.type?.includes('LAMBDA') ? 2000 : 8000),
  },
  apply: {
    FilesChanged: (build, event) => ({
      written: { ...build.written, ...(event.data as { changes: Build['written'] }).changes },
    }),
    ...Object.fromEntries(['after.submit', 'after.queue', 'after.provision'].map((type) => [type, passed])),
    ...Object.fromEntries(
      [
        'DownloadBegan',
        'InstallBegan',
        'PreBuildBegan',
        'BuildBegan',
        'PostBuildBegan',
        'UploadBegan',
        'FinalizingBegan',
        'SourceFetched',
        'CommandBegan',
        'CommandRan',
        'Succeeded',
        'Failed',
        'Stopped',
        'TimedOut',
      ].map((type) => [type, data]),
    ),
  },
  face: buildFace,
  tell: {
    Started: (event) =>
      `[Build ${(event.data as Build).number}](${event.to}) of \`${(event.data as Build).settings.name}\` is started.`,
    CommandBegan: (event, build) =>
      `[${named(build)}](${event.to}) runs \`${brief((event.data as { command: string }).command)}\`.`,
    CommandRan: (event, build) => {
      const { exitCode, command = '' } = event.data as { exitCode?: number; command?: string }
      return exitCode
        ? `\`${brief(command)}\` of [${named(build)}](${event.to}) fails with exit code ${exitCode}.`
        : `A command of [${named(build)}](${event.to}) has ended.`
    },
    Failed: (event, build) => {
      const failed = build?.phases.find(({ status }) => status === 'FAILED')
      return `[${named(build)}](${event.to}) fails in ${failed?.phase ?? 'a phase'}: \`${brief(failed?.context?.message ?? '')}\``
    },
    Succeeded: (event, build) => `[${named(build)}](${event.to}) succeeds.`,
  },
})

function brief(text: string): string {
  const [line = ''] = text.trim().split('\n')
  return line.length > 80 ? `${line.slice(0, 77)}...` : line
}

/** The phases that time alone ends. */
function passed(build: Build, event: SimEvent): Fields {
  const next = { 'after.submit': 'QUEUED', 'after.queue': 'PROVISIONING', 'after.provision': 'DOWNLOAD_SOURCE' }[
    event.type
  ]
  return {
    phases: [
      ...build.phases.map((record) =>
        record.ended === undefined ? { ...record, ended: event.at, status: 'SUCCEEDED' } : record,
      ),
      { phase: next, began: event.at },
    ],
  }
}

export const reportKind = recordKind({ kind: REPORT, noun: 'a test report' })
export const reportGroupKind = recordKind({ kind: REPORT_GROUP, noun: 'a group of test reports' })

export const batchKind = defineKind<Batch>({
  kind: BATCH,
  lifecycle: batchLifecycle,
  apply: Object.fromEntries(
    [
      'DownloadBegan',
      'BuildsBegan',
      'GroupsChanged',
      'CombineBegan',
      'Succeeded',
      'Failed',
      'Stopped',
      'TimedOut',
      'Retried',
    ].map((type) => [type, data]),
  ),
  face: batchFace,
  tell: {
    Started: (event) => {
      const { number, settings } = event.data as Batch
      return `[Batch ${number}](${event.to}) of \`${settings.name}\` is started.`
    },
    BuildsBegan: (event, batch) =>
      `[Batch ${batch?.number}](${event.to}) consists of ${(batch?.groups.length ?? 1) - 1} builds.`,
    Failed: (event, batch) => `[Batch ${batch?.number}](${event.to}) fails.`,
    Succeeded: (event, batch) => `Every build of [batch ${batch?.number}](${event.to}) that matters has succeeded.`,
  },
})

export const credentialsKind = recordKind({ kind: CREDENTIALS, noun: 'an access to a source provider' })
export const policyKind = recordKind({ kind: POLICY, noun: 'a policy on a project or a report group' })
