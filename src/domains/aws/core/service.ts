import type {
  Controller,
  Derived,
  Domain,
  Emission,
  Entity,
  JsonObject,
  Kind,
  View,
  World,
} from '../../../kernel/index.ts'
import type { Program } from '../../../shell/index.ts'
import type { ActionProvider, Artifact } from './actionProvider.ts'
import type { ApiError } from './apiError.ts'
import type { Asked } from './asked.ts'
import type { CliArgument, CliCommand } from './cliCommand.ts'
import type { ServiceExporter } from './exportedResource.ts'
import type { Operation } from './operation.ts'
import type { Principal } from './principal.ts'
import type { ResourceType } from './resourceType.ts'
import type { ServiceApi } from './serviceApi.ts'

/**
 * One AWS service: all that the rest of the lab knows of it. A folder exports one of these, and one line in `aws/index.ts` takes it in;
 * command line, help, completion, IAM, CloudFormation, events, alarms and secrets find it from there.
 */
export interface AwsService {
  /** The prefix of its ARNs and IAM actions: `ecs`, `elasticloadbalancing`. */
  readonly name: string
  /** Its word on the command line: `elbv2`, `deploy`. `name` when absent. */
  readonly cli?: string | undefined
  readonly api: ServiceApi
  readonly operations: readonly Operation[]
  readonly kinds?: readonly Kind[] | undefined
  readonly controllers?: readonly Controller[] | undefined
  readonly derived?: readonly Derived<never>[] | undefined
  readonly views?: readonly View[] | undefined
  /** Files it takes when dropped, and what is wrong in them: as of a domain. */
  readonly files?: Domain['files']
  readonly lint?: Domain['lint']
  /** CloudFormation resource types that it provides. */
  readonly resources?: readonly ResourceType[] | undefined
  /** What was built with it, for the real thing: resources of a template, files and command lines. */
  readonly exports?: ServiceExporter | undefined
  /** Actions that it does for pipelines. */
  readonly actions?: readonly ActionProvider[] | undefined
  /** Sources that it gives to builds. */
  readonly buildSources?: readonly BuildSource[] | undefined
  /** Values kept here that others name: container secrets, build variables, dynamic references. */
  readonly references?: Reference | undefined
  /** What it does when something is sent to an ARN of its own: an EventBridge target, an alarm action, a notification. */
  readonly receives?: ((arn: string, message: Message, world: World) => Received) | undefined
  /** What it tells the default event bus, by kind and event type. */
  readonly announces?: {
    readonly [kind: string]: { readonly [type: string]: (event: Happened, world: World) => BusEvent | undefined }
  }
  /** Metrics that follow from the world; see metricSource.ts. */
  readonly metrics?: readonly MetricSource[] | undefined
  /** IAM's own: judges an access. What it emits (a denial to be told by *why*) is taken although the call is refused. */
  readonly authorize?: ((principal: Principal, access: Asked, world: World) => Denial | undefined) | undefined
  /** IAM's own: who an access key belongs to, or undefined for a key that nobody has. */
  readonly authenticate?:
    | ((keys: AccessKeys, world: World) => { readonly principal: Principal } | { readonly error: ApiError } | undefined)
    | undefined
  /** As whom something calls from inside of what this service runs: a task by its task role, an instance by its profile. */
  readonly identity?:
    | ((host: Entity, env: { readonly [name: string]: string }, world: World) => Principal | undefined)
    | undefined
  /** Verbs of `lab` that it brings: `lab ecs`. */
  readonly verbs?: readonly Program[] | undefined
  /** Commands of the `aws` tool beyond one call of an operation. */
  readonly commands?: readonly CliCommand[] | undefined
  /** Options that the tool adds to operations. */
  readonly cliArguments?: readonly CliArgument[] | undefined
  /** Text that others write and CloudWatch Logs shows: the lines of a container with the `awslogs` driver, of a build. */
  readonly logSource?: LogSource | undefined
}

/** Where builds get their source from. */
export interface BuildSource {
  /** As in a project: `CODECOMMIT`. */
  readonly type: string
  /** The files at a location and version (a branch, tag or commit; the default branch when absent), or why not. */
  readonly fetch: (
    location: string,
    version: string | undefined,
    principal: Principal,
    world: World,
  ) => Pick<Artifact, 'files' | 'revision'> | { readonly error: string }
}

/** Log lines that follow from the world, by group and stream, for CloudWatch Logs to show beside what was put there. */
export interface LogSource {
  readonly streams: (region: string, world: World) => readonly LogStreamRef[]
  /** Lines of one stream, oldest first; undefined when the stream is none of this service's. */
  readonly lines: (region: string, group: string, stream: string, world: World) => readonly LogLine[] | undefined
}

export interface LogStreamRef {
  readonly group: string
  readonly stream: string
  /** Virtual time at which it was begun, in ms. */
  readonly since: number
  /** Whether its group is made with it where nobody has made it. */
  readonly makesGroup?: true | undefined
}

export interface LogLine {
  /** Virtual time in ms. */
  readonly at: number
  readonly text: string
}

/** A refusal by IAM. Its code is that of the called service's family. */
export interface Denial {
  readonly message: string
  readonly emit?: readonly Emission[] | undefined
}

export interface AccessKeys {
  readonly key: string
  readonly secret: string
  readonly token?: string | undefined
}

/** A value by name: an SSM parameter by name or ARN, a secret. `undefined` when the reference is none of this service's. */
export interface Reference {
  /** The ARN's service, `ssm`; a bare name is asked of the service with `bare`. */
  readonly bare?: true | undefined
  readonly read: (
    reference: string,
    principal: Principal,
    region: string,
    world: World,
  ) => { readonly value: string } | { readonly error: ApiError } | undefined
}

/** Something sent to an ARN: an event of the bus, an alarm's new state, a notification. Plain JSON. */
export interface Message {
  /** Who sends it: `events.amazonaws.com`, `cloudwatch.amazonaws.com`. */
  readonly from: string
  readonly body: JsonObject
  /** The target's own settings: `EcsParameters`, `RoleArn`. */
  readonly settings?: JsonObject | undefined
  /** Id of the entity that sends. */
  readonly by?: string | undefined
}

export type Received = { readonly emit: readonly Emission[] } | { readonly error: ApiError }

/** An event of the journal, as much as is needed to announce it. */
export interface Happened {
  readonly to: string
  readonly type: string
  readonly from: string | undefined
  readonly into: string
  readonly data: unknown
}

export interface BusEvent {
  /** `aws.ecs`. */
  readonly source: string
  /** `ECS Task State Change`. */
  readonly detailType: string
  readonly resources: readonly string[]
  readonly detail: JsonObject
}

/** Metrics of one namespace that are computed from the world when someone asks. */
export interface MetricSource {
  /** `AWS/ApplicationELB`. */
  readonly namespace: string
  /** Every metric there is now, with its dimensions. */
  readonly list: (world: World) => readonly { readonly name: string; readonly dimensions: Dimensions }[]
  /**
   * The newest whole period's statistics at the world's present, for a period in seconds; undefined for no data (which is not 0).
   * Requests a second are turned into sums here.
   */
  readonly now: (name: string, dimensions: Dimensions, period: number, world: World) => Datum | undefined
}

export type Dimensions = { readonly [name: string]: string }

/** Statistics of one period. */
export interface Datum {
  readonly sampleCount: number
  readonly sum: number
  readonly minimum: number
  readonly maximum: number
  /** By percentile, where known: `{ p95: 0.2 }`. */
  readonly percentiles?: { readonly [name: string]: number } | undefined
  readonly unit: string
  /** Ids of events that the value follows from, where it is something to ask about: the start of the container that answers with errors. */
  readonly causes?: readonly number[] | undefined
}

/** The services of this lab by name; filled by `defineService`. */
export const services: ReadonlyMap<string, AwsService> = new Map()

/** Takes a service in; a second one of the same name throws. */
export function defineService(service: AwsService): AwsService {
  if (services.has(service.name)) throw new Error(`AWS service ${service.name} is defined twice`)
  ;(services as Map<string, AwsService>).set(service.name, service)
  return service
}
