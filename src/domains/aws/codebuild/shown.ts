import { arnOf, type Principal } from '../core/index.ts'
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
    artifacts: { location: artifactLocation(settings), overrideArtifactName: false, encryptionDisabled: false },
    cache: settings.cache ?? { type: 'NO_CACHE' },
    environment: settings.environment,
    serviceRole: settings.serviceRole,
    logs: {
      ...(logged ? { groupName: group, streamName: stream } : {}),
      deepLink: `https://console.aws.amazon.com/cloudwatch/home?region=${region}#logEvent:group=${logged ? group : 'null'};stream=${logged ? stream : 'null'}`,
      ...(settings.logsConfig?.cloudWatchLogs
        ? { cloudWatchLogs: settings.logsConfig.cloudWatchLogs }
        : { cloudWatchLogs: { status: 'ENABLED' } }),
      s3Logs: settings.logsConfig?.s3Logs ?? { status: 'DISABLED', encryptionDisabled: false },
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

function artifactLocation({ artifacts, name = '' }: api.Project): string | undefined {
  return artifacts?.type === 'S3' ? `arn:aws:s3:::${artifacts.location}/${artifacts.name ?? name}` : undefined
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
