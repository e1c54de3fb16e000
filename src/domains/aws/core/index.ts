export { type ApiError, refuse } from './apiError.ts'
export { type Arn, arnOf, parseArn } from './arn.ts'
export { awsDomain } from './awsDomain.ts'
export { callService, type ServiceCall } from './callService.ts'
export { type Access, type ApiAnswer, type ApiCall, defineOperation, type Operation } from './operation.ts'
export { ACCOUNT, type Principal, REGION, rolePrincipal, servicePrincipal } from './principal.ts'
export { hexId, uuid } from './randomId.ts'
export { type RecordOf, recordKind } from './recordKind.ts'
export type { ResourceAnswer, ResourceCall, ResourceType } from './resourceType.ts'
export {
  type AwsService,
  type BusEvent,
  type Datum,
  type Dimensions,
  defineService,
  type Happened,
  type Message,
  type MetricSource,
  type Received,
  type Reference,
  services,
} from './service.ts'
export type { Paginator, ServiceApi, Shape, Waiter } from './serviceApi.ts'
