import { defineIndex, type Entity, stable, type World } from '../../../kernel/index.ts'
import type { FileChanges } from '../../../shell/index.ts'
import { arnOf, type Principal, rolePrincipal, servicePrincipal } from '../core/index.ts'
import type { AppSpec } from './appSpec.ts'
import type * as api from './types.generated.ts'

export const APPLICATION = 'aws.codedeploy.Application'
export const GROUP = 'aws.codedeploy.DeploymentGroup'
export const CONFIG = 'aws.codedeploy.DeploymentConfig'
export const DEPLOYMENT = 'aws.codedeploy.Deployment'
export const TARGET = 'aws.codedeploy.Target'
export const AGENT = 'aws.codedeploy.Agent'
export const ON_PREMISES = 'aws.codedeploy.OnPremisesInstance'

export type Bundle = { readonly [path: string]: string }

/** A revision that an application knows, with its files where the lab has them. */
export interface KnownRevision {
  readonly location: api.RevisionLocation
  readonly files?: Bundle | undefined
  readonly description?: string | undefined
  readonly registered: number
  readonly firstUsed?: number | undefined
  readonly lastUsed?: number | undefined
  readonly groups: readonly string[]
}

export interface Application extends Entity {
  readonly region: string
  readonly name: string
  readonly applicationId: string
  /** `Server`, `Lambda`, `ECS`. */
  readonly platform: string
  readonly created: number
  readonly revisions: readonly KnownRevision[]
  readonly tags: readonly api.Tag[]
}

/** A deployment group: what its settings were given as. Its owner is the application. */
export interface Group extends Entity {
  readonly owner: string
  readonly region: string
  readonly name: string
  readonly groupId: string
  readonly settings: api.CreateDeploymentGroupInput
  /** Ids of deployments. */
  readonly lastSuccessful?: string | undefined
  readonly lastAttempted?: string | undefined
  readonly tags: readonly api.Tag[]
}

export interface Config extends Entity {
  readonly region: string
  readonly info: api.DeploymentConfigInfo
}

/** How far an ECS deployment has come. */
export interface EcsWork {
  readonly cluster: string
  readonly service: string
  readonly blue?: EcsSet | undefined
  readonly green?: EcsSet | undefined
  /** Percentage of production traffic that goes to the new version now. */
  readonly weight: number
  /** When the first of it went there, in ms of virtual time. */
  readonly shiftBegan?: number | undefined
  readonly primary?: 'green' | undefined
  readonly terminated?: true | undefined
}

export interface EcsSet {
  readonly taskSet: string
  readonly targetGroup: string
}

/** One deployment. Its owner is the deployment group; what it works on are targets that it owns. Times in ms of virtual time. */
export interface Deployment extends Entity {
  readonly owner: string
  readonly region: string
  readonly deploymentId: string
  readonly application: string
  readonly group: string
  readonly platform: string
  readonly config: string
  readonly revision: api.RevisionLocation
  readonly files?: Bundle | undefined
  readonly spec?: AppSpec | undefined
  readonly previous?: api.RevisionLocation | undefined
  readonly creator: string
  readonly description?: string | undefined
  readonly input: api.CreateDeploymentInput
  readonly settings: api.CreateDeploymentGroupInput
  readonly created: number
  readonly started?: number | undefined
  readonly completed?: number | undefined
  readonly error?: { readonly code: string; readonly message: string } | undefined
  /** The deployment that this one rolls back. */
  readonly rollbackOf?: string | undefined
  /** The deployment that rolls this one back. */
  readonly rollback?: string | undefined
  readonly rollbackMessage?: string | undefined
  /** Whether someone lets it go on before its waiting time is over. */
  readonly goesOn?: boolean | undefined
  readonly terminatesNow?: boolean | undefined
  /** When the waiting time before the old version ends began. */
  readonly terminating?: number | undefined
  readonly ecs?: EcsWork | undefined
}

export interface EventRecord {
  readonly name: string
  readonly status: string
  readonly began?: number | undefined
  readonly ended?: number | undefined
  readonly diagnostics?: api.Diagnostics | undefined
  /** What a function answers with. */
  readonly token?: string | undefined
}

/** One instance, service or function in a deployment. Its owner is the deployment. */
export interface Target extends Entity {
  readonly owner: string
  readonly region: string
  readonly targetId: string
  readonly type: 'InstanceTarget' | 'ECSTarget' | 'LambdaTarget'
  /** `Blue` for an original, `Green` for a replacement instance. */
  readonly label?: string | undefined
  readonly events: readonly EventRecord[]
  /** Which script of the event under way is next. */
  readonly script: number
  readonly process?: string | undefined
  readonly updated: number
  readonly weight?: number | undefined
}

/** The CodeDeploy agent of an instance: what it has put there, and the machine that its scripts run on. */
export interface Agent extends Entity {
  readonly owner?: string | undefined
  readonly region: string
  readonly instance: string
  readonly written: FileChanges
  readonly processes: number
  readonly env: { readonly [name: string]: string }
  /** What was installed last, and went well. */
  readonly installed?: { readonly deployment: string; readonly files: Bundle; readonly spec: AppSpec } | undefined
  /** Paths that the last install has put there. */
  readonly cleanup: readonly string[]
}

export interface OnPremises extends Entity {
  readonly region: string
  readonly name: string
  readonly userArn?: string | undefined
  readonly sessionArn?: string | undefined
  readonly arn: string
  readonly registered: number
  readonly deregistered?: number | undefined
  readonly tags: readonly api.Tag[]
}

/** Deployments that are under way, under `busy`. */
export const busyDeployments = defineIndex('aws.codedeploy.busyDeployments', [DEPLOYMENT], (entity) =>
  isOver(entity) ? undefined : 'busy',
)

export function isOver({ state }: Pick<Entity, 'state'>): boolean {
  return state === 'Succeeded' || state === 'Failed' || state === 'Stopped'
}

export function applicationNamed(world: World, region: string, name: string): Application | undefined {
  for (const one of world.all(APPLICATION)) {
    const application = one as Application
    if (application.region === region && application.name === name) return application
  }
  return undefined
}

export function applicationsOf(world: World, region: string): readonly Application[] {
  return [...world.all(APPLICATION)].map((one) => one as Application).filter((one) => one.region === region)
}

export function groupsOf(world: World, application: Application): readonly Group[] {
  return world
    .ownedBy(application.id)
    .filter(({ kind }) => kind === GROUP)
    .map((one) => one as Group)
}

export function deploymentId(region: string, id: string): string {
  return `${DEPLOYMENT}/${region}/${id}`
}

export function findDeployment(world: World, region: string, id: string | undefined): Deployment | undefined {
  return world.get(deploymentId(region, id ?? '')) as Deployment | undefined
}

export function targetsOf(world: World, deployment: Deployment): readonly Target[] {
  return world
    .ownedBy(deployment.id)
    .filter(({ kind }) => kind === TARGET)
    .map((one) => one as Target)
}

export function agentId(region: string, instance: string): string {
  return `${AGENT}/${region}/${instance}`
}

export function sameRevision(a: api.RevisionLocation, b: api.RevisionLocation): boolean {
  return stable(a) === stable(b)
}

/** As whom a deployment group works: its service role. */
export function groupPrincipal(settings: api.CreateDeploymentGroupInput): Principal {
  return /^arn:aws:iam::\d+:role\//.test(settings.serviceRoleArn)
    ? rolePrincipal(settings.serviceRoleArn, 'CodeDeploy')
    : servicePrincipal('codedeploy')
}

export function applicationArn(region: string, name: string): string {
  return arnOf('codedeploy', region, `application:${name}`)
}

export function groupArn(region: string, application: string, name: string): string {
  return arnOf('codedeploy', region, `deploymentgroup:${application}/${name}`)
}

export { dated } from '../core/index.ts'
