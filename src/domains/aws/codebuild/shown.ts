import { md5 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { type Artifact, arnOf, type Principal } from '../core/index.ts'
import { artifactLocation } from './artifactSettings.ts'
import { type Build, buildArn, buildName, dated, isOver, logPlace, type Project } from './build.ts'
import type * as api from './types.generated.ts'

/** A project as the API shows it. */
export function shownProject({ project, region }: Project): api.Project {
  return { ...project, arn: arnOf('codebuild', region, `project/${project.name}`) }
}

const STATUS: { readonly [state: string]: string } = {
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  STOPPED: 'STOPPED',
  TIMED_OUT: 'TIMED_OUT',
}

/** A build as the API shows it. */
export function shownBuild(build: Build): api.Build {
  const { settings, region } = build
  const over = isOver(build)
  const { group, stream } = logPlace(build)
  const logged = build.phases.some(({ phase }) => phase === 'DOWNLOAD_SOURCE')
  return {
    id: buildName(build),
    arn: buildArn(build),
    buildNumber: build.number,
    startTime: dated(build.started),
    ...(build.ended === undefined ? {} : { endTime: dated(build.ended) }),
    currentPhase: over ? 'COMPLETED' : build.state,
    buildStatus: STATUS[build.state] ?? 'IN_PROGRESS',
    ...(build.sourceVersion === undefined ? {} : { sourceVersion: build.sourceVersion }),
    ...(build.revision ? { resolvedSourceVersion: build.revision.id } : {}),
    projectName: settings.name,
    ...(build.batch
      ? {
          buildBatchArn: arnOf(
            'codebuild',
            region,
            `build-batch/${build.batch.id.slice(build.batch.id.lastIndexOf('/') + 1)}`,
          ),
        }
      : {}),
    phases: [
      ...build.phases.map(({ phase, began, ended, status, context }) => ({
        phaseType: phase,
        ...(ended === undefined
          ? {}
          : {
              phaseStatus: status ?? 'SUCCEEDED',
              endTime: dated(ended),
              durationInSeconds: Math.round((ended - began) / 1000),
            }),
        startTime: dated(began),
        ...(ended !== undefined && COMMANDS.has(phase)
          ? { contexts: [{ statusCode: context?.statusCode ?? '', message: context?.message ?? '' }] }
          : {}),
      })),
      ...(over ? [{ phaseType: 'COMPLETED', startTime: dated(build.ended ?? build.since) }] : []),
    ],
    source: settings.source,
    secondarySources: settings.secondarySources ?? [],
    secondarySourceVersions: settings.secondarySourceVersions ?? [],
    artifacts: shownArtifacts(build),
    secondaryArtifacts: [],
    cache: settings.cache ?? { type: 'NO_CACHE' },
    environment: settings.environment,
    serviceRole: settings.serviceRole,
    logs: {
      ...(logged ? { groupName: group, streamName: stream } : {}),
      deepLink: `https://console.aws.amazon.com/cloudwatch/home?region=${region}#logEvent:group=${logged ? group : 'null'};stream=${logged ? stream : 'null'}`,
      ...logsConfigOf(settings),
    },
    timeoutInMinutes: settings.timeoutInMinutes,
    queuedTimeoutInMinutes: settings.queuedTimeoutInMinutes,
    buildComplete: over,
    initiator: build.initiator,
    encryptionKey: settings.encryptionKey,
    ...(build.exported
      ? { exportedEnvironmentVariables: Object.entries(build.exported).map(([name, value]) => ({ name, value })) }
      : {}),
    ...(build.reports ? { reportArns: build.reports } : {}),
  }
}

const COMMANDS = new Set([
  'DOWNLOAD_SOURCE',
  'INSTALL',
  'PRE_BUILD',
  'BUILD',
  'POST_BUILD',
  'UPLOAD_ARTIFACTS',
  'FINALIZING',
  'PROVISIONING',
])

/** What a build has given, with its checksums once it is there. Unlike AWS, they are of the files and not of the packed bytes. */
function shownArtifacts(build: Build): api.BuildArtifacts {
  const { settings } = build
  const location = artifactLocation(settings, build)
  if (location === undefined) return { location: '' }
  const [given] = build.artifacts ?? []
  return {
    location,
    ...(given && settings.artifacts?.packaging === 'ZIP' ? checksumsOf(given) : {}),
    overrideArtifactName: settings.artifacts?.overrideArtifactName ?? false,
    encryptionDisabled: settings.artifacts?.encryptionDisabled ?? false,
  }
}

function checksumsOf({ files }: Artifact): Pick<api.BuildArtifacts, 'sha256sum' | 'md5sum'> {
  const bytes = utf8ToBytes(JSON.stringify(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))))
  return { sha256sum: bytesToHex(sha256(bytes)), md5sum: bytesToHex(md5(bytes)) }
}

/** Where logs of a project go. */
export function logsConfigOf({ logsConfig }: api.Project): api.LogsConfig {
  return {
    cloudWatchLogs: logsConfig?.cloudWatchLogs ?? { status: 'ENABLED' },
    s3Logs: { encryptionDisabled: false, ...(logsConfig?.s3Logs ?? { status: 'DISABLED' }) },
  }
}

/** Who started a build, as the API names it: a user's name, a role's session, or what a service says. */
export function initiatorOf(principal: Principal): string {
  return (
    principal.arn
      .split(':')
      .pop()
      ?.replace(/^user\//, '')
      .replace(/^assumed-role\//, '') ?? principal.arn
  )
}
