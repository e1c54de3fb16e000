export type {
  ActionProvider,
  ActionStart,
  ActionState,
  Artifact,
  Configuration,
  PipelineAction,
  Revision,
} from './actionProvider.ts'
export { type ApiError, refuse } from './apiError.ts'
export { type Arn, arnOf, parseArn } from './arn.ts'
export type { Asked } from './asked.ts'
export { awsDomain } from './awsDomain.ts'
export { callService, judgeAccess, type ServiceCall } from './callService.ts'
export { awsProgram } from './cli/awsProgram.ts'
export { base64Of, textOfBase64 } from './cli/base64.ts'
export { signedIn } from './cli/signedIn.ts'
export { timeOfText, timeText } from './cli/timeText.ts'
export type { CliArgument, CliAsk, CliCommand, CliFlag } from './cliCommand.ts'
export { dated } from './dated.ts'
export {
  capitals,
  type ExportedParameter,
  type ExportedResource,
  lean,
  refer,
  type ServiceExport,
  type ServiceExporter,
  templateTags,
} from './exportedResource.ts'
export { isObject } from './isObject.ts'
export { type Access, type ApiAnswer, type ApiCall, defineOperation, type Operation } from './operation.ts'
export { pageOf } from './page.ts'
export { acceptsPattern, matchesPattern } from './pattern.ts'
export { ACCOUNT, type Principal, REGION, rolePrincipal, servicePrincipal } from './principal.ts'
export { hexId, uuid } from './randomId.ts'
export { type RecordOf, recordKind } from './recordKind.ts'
export { resolveReference } from './resolveReference.ts'
export { type AdaptedResource, resourceOf } from './resourceAdapter.ts'
export type { ResourceAnswer, ResourceCall, ResourceType } from './resourceType.ts'
export {
  type AccessKeys,
  type AwsService,
  type BuildSource,
  type BusEvent,
  type Datum,
  type Denial,
  type Dimensions,
  defineService,
  type Happened,
  type LogLine,
  type LogStreamRef,
  type Message,
  type MetricSource,
  type Received,
  type Reference,
  services,
} from './service.ts'
export type { Paginator, ServiceApi, Shape, Waiter } from './serviceApi.ts'
