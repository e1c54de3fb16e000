import type { Json, JsonObject } from '../../../kernel/index.ts'
import { type ResourceType, resourceOf } from '../core/index.ts'
import { RULE, type Rule, ruleArn, ruleId } from './records.ts'

const busOf = (properties: JsonObject): string => {
  const name = String(properties['EventBusName'] ?? 'default')
  return name.slice(name.lastIndexOf('/') + 1)
}

/** A rule with its targets, whose numbers a template may give as text. */
const rule = resourceOf({
  type: 'AWS::Events::Rule',
  service: 'events',
  name: 'Name',
  replaces: ['EventBusName'],
  watches: [RULE],
  create: {
    operation: 'PutRule',
    id: (_output, input) => `${busOf(input)}|${String(input['Name'])}`,
    also: (id, properties, call) => targets(id, call.region, properties),
  },
  update: {
    operation: 'PutRule',
    input: (id, properties) => ({ ...properties, Name: nameOf(id) }),
    also: (id, properties, _before, call) => targets(id, call.region, properties),
  },
  remove: {
    operation: 'DeleteRule',
    input: (id, properties) => ({ Name: nameOf(id), EventBusName: busOf(properties) }),
  },
  entity: (id, world) => {
    for (const one of world.all(RULE)) {
      const { bus, name } = one as Rule
      if (`${bus}|${name}` === id) return one
    }
    return undefined
  },
  ref: (_entity, id) => nameOf(id),
  attributes: (entity): { readonly [name: string]: Json } => ({ Arn: ruleArn(entity as Rule) }),
})

function nameOf(id: string): string {
  return id.slice(id.indexOf('|') + 1)
}

function targets(id: string, region: string, properties: JsonObject) {
  const [bus = 'default', name = ''] = id.split('|')
  const list = Array.isArray(properties['Targets']) ? properties['Targets'] : []
  return [{ to: ruleId(region, bus, name), type: 'Changed', data: { targets: list } }]
}

/** CloudFormation resource types of EventBridge. With a rule its targets go. */
export const resources: readonly ResourceType[] = [
  {
    ...rule,
    remove: (physicalId, _properties, { region }) => {
      const [bus = 'default', name = ''] = physicalId.split('|')
      return { physicalId, emit: [{ to: ruleId(region, bus, name), type: 'Deleted' }] }
    },
  },
]
