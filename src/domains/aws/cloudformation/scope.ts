import type { Json, World } from '../../../kernel/index.ts'
import { resolveReference } from '../core/index.ts'
import { conditionHolds, evaluate, type Scope } from './evaluate.ts'
import { exportsOf, resourceNamed, resourceType, type Stack, stackPrincipal, type Wanted } from './records.ts'
import { TemplateProblem } from './template.ts'
import type * as api from './types.generated.ts'

/** What stands for a value that only the making of a resource will give. */
export const LATER = '{{changeSet:KNOWN_AFTER_APPLY}}'

/** The scope in which a stack's template is worked out. With `ahead`, what is not there yet is `LATER` instead of a mistake. */
export function scopeOf(
  stack: Stack,
  wanted: Wanted,
  world: World,
  ahead = false,
  remade: ReadonlySet<string> = new Set(),
): Scope {
  const later = (name: string): Json | undefined => (ahead && name in wanted.template.resources ? LATER : undefined)
  return {
    template: wanted.template,
    region: stack.region,
    account: stack.account,
    stackName: stack.name,
    stackId: stack.stackId,
    notificationArns: wanted.notificationArns,
    zones: ['a', 'b', 'c', 'd'].map((letter) => `${stack.region}${letter}`),
    parameters: wanted.values,
    ref: (name) => {
      const resource = resourceNamed(world, stack, name)
      const type = resource && resourceType(resource.type)
      if (resource?.physicalId === undefined || resource.state.startsWith('DELETE_') || remade.has(name))
        return later(name)
      return type?.ref ? type.ref(resource.physicalId, world) : resource.physicalId
    },
    attribute: (name, attribute) => {
      const resource = resourceNamed(world, stack, name)
      if (resource?.physicalId === undefined || resource.state.startsWith('DELETE_') || remade.has(name))
        return later(name)
      const found = resourceType(resource.type)?.attributes?.(resource.physicalId, world) ?? {}
      return found[attribute]
    },
    exported: (name) => exportsOf(world, stack.region).find((one) => one.name === name)?.value,
    dynamic: (service, key) => {
      const name = service === 'secretsmanager' ? (key.split(':')[0] ?? key) : key
      const found = resolveReference(name, stackPrincipal(stack), stack.region, world)
      if (!found || 'error' in found)
        throw new TemplateProblem(`Could not resolve dynamic reference {{resolve:${service}:${key}}}`)
      return found.value
    },
  }
}

/** Names of the resources that a stack is to have, its conditions being what they are. */
export function wantedNames(scope: Scope): readonly string[] {
  return Object.entries(scope.template.resources).flatMap(([name, { Condition }]) =>
    conditionHolds(Condition, scope) ? [name] : [],
  )
}

/** The outputs of a stack. */
export function outputsOf(scope: Scope): readonly api.Output[] {
  return Object.entries(scope.template.outputs).flatMap(([OutputKey, spec]): readonly api.Output[] => {
    if (!conditionHolds(spec.Condition, scope)) return []
    const value = evaluate(spec.Value, scope)
    const name = (spec.Export as { readonly Name?: Json } | undefined)?.Name
    return [
      {
        OutputKey,
        OutputValue: Array.isArray(value) ? value.join(',') : String(value ?? ''),
        ...(spec.Description === undefined ? {} : { Description: spec.Description }),
        ...(name === undefined ? {} : { ExportName: String(evaluate(name, scope)) }),
      },
    ]
  })
}
