import { defineService } from '../core/index.ts'
import { api } from './api.generated.ts'
import { batchesController } from './batches.controller.ts'
import { batchOperations } from './batchOperations.ts'
import { BUILD, type Build, buildArn, buildPrincipal, buildsOf, logPlace } from './build.ts'
import { buildsController } from './builds.controller.ts'
import { parseBuildspec } from './buildspec.ts'
import { buildHost } from './host.ts'
import { batchKind, buildKind, credentialsKind, policyKind, projectKind, reportGroupKind, reportKind } from './kinds.ts'
import { logOf } from './log.ts'
import { operations } from './operations.ts'
import { reportOperations } from './reportOperations.ts'
import { sharingOperations } from './sharing.ts'
import { credentialOperations } from './sourceCredentials.ts'
import { webhookOperations } from './webhookOperations.ts'
import './phaseCommands.rule.ts'
import { exported } from './exported.ts'
import { buildActions } from './provider.ts'
import { resources } from './resources.ts'

export { type Buildspec, parseBuildspec } from './buildspec.ts'
export { projectProblem } from './operations.ts'

/** AWS CodeBuild. */
export const codebuild = defineService({
  name: 'codebuild',
  api,
  operations: [
    ...operations,
    ...batchOperations,
    ...reportOperations,
    ...webhookOperations,
    ...credentialOperations,
    ...sharingOperations,
  ],
  kinds: [projectKind, buildKind, batchKind, reportKind, reportGroupKind, credentialsKind, policyKind],
  controllers: [buildsController, batchesController],
  actions: buildActions,
  exports: exported,
  resources,
  identity: (host) => (host.kind === buildHost.kind ? buildPrincipal(host as Build) : undefined),
  lint: (path, text) => {
    if (!/(^|\/)buildspec[\w.-]*\.ya?ml$/.test(path)) return []
    const parsed = parseBuildspec(text)
    if ('spec' in parsed) return []
    const line = Number(/at line (\d+)/.exec(parsed.error)?.[1] ?? 1)
    return [{ line, column: 1, message: parsed.error }]
  },
  logSource: {
    streams: (region, world) =>
      buildsOf(world, region).map((build) => ({ ...logPlace(build), since: build.started, makesGroup: true })),
    lines: (region, group, stream, world) => {
      const build = buildsOf(world, region).find((one) => {
        const place = logPlace(one)
        return place.group === group && place.stream === stream
      })
      return build && logOf(build, world)
    },
  },
  announces: {
    [BUILD]: Object.fromEntries(
      ['Started', 'Succeeded', 'Failed', 'Stopped', 'TimedOut'].map((type) => [
        type,
        (event, world) => {
          const build = world.get(event.to) as Build | undefined
          if (!build) return undefined
          return {
            source: 'aws.codebuild',
            detailType: 'CodeBuild Build State Change',
            resources: [buildArn(build)],
            detail: {
              'build-status': type === 'Started' ? 'IN_PROGRESS' : build.state,
              'project-name': build.settings.name,
              'build-id': buildArn(build),
              'current-phase': build.state,
              version: '1',
            },
          }
        },
      ]),
    ),
  },
})
