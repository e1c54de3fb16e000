import { type JsonObject, stable, type World } from '../../../kernel/index.ts'
import { changedKeys, replaced } from './converging.ts'
import { evaluate } from './evaluate.ts'
import { resourceNamed, resourcesOf, resourceType, type Stack, type Wanted } from './records.ts'
import { scopeOf, wantedNames } from './scope.ts'
import type * as api from './types.generated.ts'

/** What would become of a stack's resources. Models: CloudFormation API, ResourceChange */
export function changesOf(stack: Stack, wanted: Wanted, world: World): readonly api.Change[] {
  const scope = (remade: ReadonlySet<string>) => scopeOf(stack, wanted, world, true, remade)
  const remade = new Set<string>()
  const names = wantedNames(scope(remade))
  const changes: api.ResourceChange[] = []
  for (const name of inOrder(names, wanted)) {
    const spec = wanted.template.resources[name]
    if (!spec) continue
    const known = resourceNamed(world, stack, name)
    if (known?.physicalId === undefined || known.state.startsWith('DELETE_')) {
      changes.push({ Action: 'Add', LogicalResourceId: name, ResourceType: spec.Type, Scope: [], Details: [] })
      remade.add(name)
      continue
    }
    const properties = (evaluate(spec.Properties, scope(remade)) ?? {}) as JsonObject
    const keys = changedKeys(known.properties, properties)
    const isOtherType = known.type !== spec.Type
    if (keys.length === 0 && !isOtherType) continue
    const isReplaced = replaced(known, spec, properties)
    if (isReplaced) remade.add(name)
    const replaces = resourceType(spec.Type)?.replaces ?? []
    changes.push({
      Action: 'Modify',
      LogicalResourceId: name,
      PhysicalResourceId: known.physicalId,
      ResourceType: spec.Type,
      Replacement: isReplaced ? 'True' : 'False',
      Scope: ['Properties'],
      Details: keys.map((key) => ({
        Target: {
          Attribute: 'Properties',
          Name: key,
          RequiresRecreation: replaces.includes(key) || !resourceType(spec.Type)?.update ? 'Always' : 'Never',
        },
        Evaluation: 'Static',
        ChangeSource: stable(properties[key]).includes('KNOWN_AFTER_APPLY')
          ? 'ResourceReference'
          : 'DirectModification',
      })),
    })
  }
  for (const one of resourcesOf(world, stack)) {
    if (names.includes(one.logicalId) || one.state === 'DELETE_COMPLETE' || one.state === 'DELETE_SKIPPED') continue
    changes.push({
      Action: 'Remove',
      LogicalResourceId: one.logicalId,
      PhysicalResourceId: one.physicalId,
      ResourceType: one.type,
      Scope: [],
      Details: [],
    })
  }
  return changes
    .sort((a, b) => ((a.LogicalResourceId ?? '') < (b.LogicalResourceId ?? '') ? -1 : 1))
    .map((ResourceChange) => ({ Type: 'Resource', ResourceChange }))
}

/** Whether anything at all would change: resources, outputs, tags. */
export function isChange(stack: Stack, wanted: Wanted, world: World): boolean {
  const { wanted: now } = stack
  return (
    changesOf(stack, wanted, world).length > 0 ||
    stable(now.template.outputs) !== stable(wanted.template.outputs) ||
    stable(now.tags) !== stable(wanted.tags)
  )
}

/** Names so that each comes after those that it depends on. */
function inOrder(names: readonly string[], wanted: Wanted): readonly string[] {
  const done: string[] = []
  const visit = (name: string): void => {
    if (done.includes(name)) return
    for (const other of wanted.template.resources[name]?.dependsOn ?? []) if (names.includes(other)) visit(other)
    if (!done.includes(name)) done.push(name)
  }
  for (const name of names) visit(name)
  return done
}
