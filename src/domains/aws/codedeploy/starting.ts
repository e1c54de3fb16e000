import type { Emission, World } from '../../../kernel/index.ts'
import { uuid } from '../core/index.ts'
import { type AppSpec, parseAppSpec } from './appSpec.ts'
import type { Platform } from './hooks.rule.ts'
import {
  type Application,
  type Bundle,
  DEPLOYMENT,
  type Deployment,
  deploymentId,
  findDeployment,
  type Group,
  sameRevision,
} from './records.ts'
import type * as api from './types.generated.ts'

/** What a deployment is started with. */
export interface StartOrder {
  readonly input: api.CreateDeploymentInput
  readonly revision: api.RevisionLocation
  readonly creator: string
  readonly files?: Bundle | undefined
  readonly rollbackOf?: Deployment | undefined
}

/** Begins a deployment of a revision to a group. */
export function startDeployment(
  world: World,
  application: Application,
  group: Group,
  order: StartOrder,
): { readonly id: string; readonly emit: readonly Emission[] } {
  const { input, revision, creator, rollbackOf } = order
  const id = `d-${letters(uuid(world, group.id, creator, rollbackOf?.deploymentId ?? ''))}`
  const known = application.revisions.find(({ location }) => sameRevision(location, revision))
  const files = order.files ?? known?.files
  const spec = specOf(application.platform as Platform, revision, files)
  const last = findDeployment(world, group.region, group.lastSuccessful)
  const data: Partial<Deployment> = {
    owner: group.id,
    region: group.region,
    deploymentId: id,
    application: application.name,
    group: group.name,
    platform: application.platform,
    config: input.deploymentConfigName ?? group.settings.deploymentConfigName ?? defaultConfig(application.platform),
    revision,
    ...(files ? { files } : {}),
    ...(spec && 'spec' in spec ? { spec: spec.spec } : {}),
    ...(spec && 'error' in spec ? { error: { code: 'INVALID_REVISION', message: spec.error } } : {}),
    ...(last ? { previous: last.revision } : {}),
    creator,
    ...(input.description === undefined ? {} : { description: input.description }),
    input,
    settings: group.settings,
    created: world.now,
    ...(rollbackOf ? { rollbackOf: rollbackOf.deploymentId } : {}),
  }
  const used = {
    ...(known ?? { location: revision, registered: world.now }),
    ...(files ? { files } : {}),
    firstUsed: known?.firstUsed ?? world.now,
    lastUsed: world.now,
    groups: [...new Set([...(known?.groups ?? []), group.name])],
  }
  const others = application.revisions.filter((one) => one !== known)
  return {
    id,
    emit: [
      { to: deploymentId(group.region, id), kind: DEPLOYMENT, type: 'Created', data },
      { to: group.id, type: 'Changed', data: { lastAttempted: id } },
      { to: application.id, type: 'Changed', data: { revisions: [...others, used] } },
    ],
  }
}

export function defaultConfig(platform: string): string {
  return platform === 'Server' ? 'CodeDeployDefault.OneAtATime' : `CodeDeployDefault.${platform}AllAtOnce`
}

/** The AppSpec of a revision: its own text, or the file in its bundle; undefined when the lab has no such bundle. */
export function specOf(
  platform: Platform,
  revision: api.RevisionLocation,
  files: Bundle | undefined,
): { readonly spec: AppSpec } | { readonly error: string } | undefined {
  const content = revision.appSpecContent?.content ?? revision.string?.content
  if (content !== undefined) return parseAppSpec(content, platform)
  if (!files) return undefined
  const name = ['appspec.yml', 'appspec.yaml', 'appspec.json'].find((one) => one in files)
  if (name === undefined)
    return {
      error:
        'The CodeDeploy agent did not find an AppSpec file within the unpacked revision directory at revision-relative path "appspec.yml". The revision was unpacked to directory "deployment-archive", and the AppSpec file was expected but not found at path "deployment-archive/appspec.yml".',
    }
  return parseAppSpec(files[name] ?? '', platform)
}

/** Nine letters and digits out of a UUID. */
function letters(text: string): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const hex = text.replaceAll('-', '')
  return Array.from({ length: 9 }, (_none, i) => digits[Number.parseInt(hex.slice(i * 3, i * 3 + 3), 16) % 36]).join('')
}
