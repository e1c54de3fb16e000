import type { World } from '../../../kernel/index.ts'
import { EPOCH } from '../../../kernel/index.ts'
import { arnOf } from '../core/index.ts'

/** Digits as the service makes them up, drawn from the world's seed and the keys alone. */
export function hexId(world: World, digits: number, ...keys: readonly (string | number)[]): string {
  let text = ''
  for (let i = 0; text.length < digits; i++)
    text += Math.floor(world.draw(i, ...keys) * 4_294_967_296)
      .toString(16)
      .padStart(8, '0')
  return text.slice(0, digits)
}

/** A UUID drawn like `hexId`. */
export function uuid(world: World, ...keys: readonly (string | number)[]): string {
  const hex = hexId(world, 32, 'uuid', ...keys)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** `ecs-svc/` and nineteen decimal digits: how deployments and task sets are called. */
export function deploymentName(world: World, ...keys: readonly (string | number)[]): string {
  let digits = ''
  for (let i = 0; digits.length < 19; i++)
    digits += String(Math.floor(world.draw(i, 'svc', ...keys) * 1e6)).padStart(6, '0')
  return `ecs-svc/${digits.slice(0, 19).replace(/^0/, '1')}`
}

/** Virtual time as the API gives it: ms since 1970. */
export function apiTime(at: number): number
export function apiTime(at: number | undefined): number | undefined
export function apiTime(at: number | undefined): number | undefined {
  return at === undefined ? undefined : EPOCH + at
}

/** The name of a cluster in a request: as it is, out of an ARN, or `default`. */
export function clusterName(cluster: string | undefined): string {
  return cluster === undefined || cluster === '' ? 'default' : lastPart(cluster)
}

/** What follows the last slash of an ARN; a bare name as it is. */
export function lastPart(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1)
}

export function clusterId(region: string, name: string): string {
  return `aws.ecs.Cluster/${region}/${name}`
}

export function clusterArn(region: string, name: string): string {
  return arnOf('ecs', region, `cluster/${name}`)
}

export function instanceId(region: string, cluster: string, id: string): string {
  return `aws.ecs.ContainerInstance/${region}/${cluster}/${id}`
}

export function instanceArn(region: string, cluster: string, id: string): string {
  return arnOf('ecs', region, `container-instance/${cluster}/${id}`)
}

export function taskId(region: string, cluster: string, id: string): string {
  return `aws.ecs.Task/${region}/${cluster}/${id}`
}

export function taskArn(region: string, cluster: string, id: string): string {
  return arnOf('ecs', region, `task/${cluster}/${id}`)
}

export function serviceId(region: string, cluster: string, name: string): string {
  return `aws.ecs.Service/${region}/${cluster}/${name}`
}

export function serviceArn(region: string, cluster: string, name: string): string {
  return arnOf('ecs', region, `service/${cluster}/${name}`)
}

export function definitionId(region: string, family: string, revision: number): string {
  return `aws.ecs.TaskDefinition/${region}/${family}:${revision}`
}

export function definitionArn(region: string, family: string, revision: number): string {
  return arnOf('ecs', region, `task-definition/${family}:${revision}`)
}
