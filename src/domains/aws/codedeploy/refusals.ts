import type { World } from '../../../kernel/index.ts'
import { type ApiAnswer, refuse } from '../core/index.ts'
import { type Application, applicationNamed, type Deployment, findDeployment, type Group, groupsOf } from './records.ts'

export type Refused = Extract<ApiAnswer, { readonly error: unknown }>

/** Whether something found is a refusal. */
export function isRefused<T extends object>(found: T | Refused): found is Refused {
  return 'error' in found && !('id' in found)
}

export function applicationOr(world: World, region: string, name = ''): Application | Refused {
  return (
    applicationNamed(world, region, name) ??
    refuse('ApplicationDoesNotExistException', `No application found for name: ${name}`)
  )
}

export function groupOr(
  world: World,
  region: string,
  application: string,
  name = '',
): { readonly application: Application; readonly group: Group } | Refused {
  const found = applicationNamed(world, region, application)
  if (!found) return refuse('ApplicationDoesNotExistException', `No application found for name: ${application}`)
  const group = groupsOf(world, found).find((one) => one.name === name)
  return group
    ? { application: found, group }
    : refuse('DeploymentGroupDoesNotExistException', `No Deployment Group found for name: ${name}`)
}

export function deploymentOr(world: World, region: string, id = ''): Deployment | Refused {
  if (!/^d-[A-Z0-9]{9}$/.test(id))
    return refuse('InvalidDeploymentIdException', `Specified DeploymentId is not in the valid format: ${id}`)
  return (
    findDeployment(world, region, id) ??
    refuse('DeploymentDoesNotExistException', `The deployment ${id} could not be found`)
  )
}
