import type { Json, JsonObject, World } from '../../../kernel/index.ts'
import { callService, type ResourceAnswer, type ResourceCall, type ResourceType } from '../core/index.ts'
import { policyOf, type Role, roleOf, userOf } from './records.ts'

type Properties = JsonObject

function call(operation: string, input: object, { world, principal, region }: ResourceCall) {
  return callService({ world, service: 'iam', operation, input: input as JsonObject, principal, region })
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? {}))
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

function tagsOf(properties: Properties, tags: ResourceCall['tags']): object {
  const own = list(properties['Tags']) as readonly { Key: string; Value: string }[]
  const all = [...own, ...Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))]
  return all.length === 0 ? {} : { Tags: all }
}

/** Roles, policies and instance profiles for CloudFormation. Each is there as soon as it is made. */
export const iamResources: readonly ResourceType[] = [
  {
    type: 'AWS::IAM::Role',
    required: ['AssumeRolePolicyDocument'],
    replaces: ['RoleName', 'Path'],
    create: (properties, ask) => {
      const RoleName = text(properties['RoleName'] ?? ask.generatedName)
      const answer = call(
        'CreateRole',
        {
          RoleName,
          AssumeRolePolicyDocument: text(properties['AssumeRolePolicyDocument']),
          Path: properties['Path'],
          Description: properties['Description'],
          MaxSessionDuration: properties['MaxSessionDuration'],
          PermissionsBoundary: properties['PermissionsBoundary'],
          ...tagsOf(properties, ask.tags),
        },
        ask,
      )
      if ('error' in answer) return answer
      return {
        physicalId: RoleName,
        emit: [
          ...(answer.emit ?? []),
          { to: `aws.iam.Role/${RoleName}`, type: 'Changed', data: policiesOf(properties) },
        ],
      }
    },
    update: (RoleName, properties) => ({
      physicalId: RoleName,
      emit: [
        {
          to: `aws.iam.Role/${RoleName}`,
          type: 'Changed',
          data: { ...policiesOf(properties), trust: text(properties['AssumeRolePolicyDocument']) },
        },
      ],
    }),
    remove: (RoleName, _properties, { world }) => gone(roleOf(world, RoleName), RoleName),
    state: (RoleName, world) => (roleOf(world, RoleName) ? 'ready' : 'gone'),
    watches: ['aws.iam.Role'],
    attributes: (RoleName, world) => {
      const role = roleOf(world, RoleName)
      return role ? { Arn: role.Arn, RoleId: role.RoleId } : {}
    },
  },
  {
    type: 'AWS::IAM::ManagedPolicy',
    required: ['PolicyDocument'],
    replaces: ['ManagedPolicyName', 'Path', 'Description'],
    create: (properties, ask) => {
      const answer = call(
        'CreatePolicy',
        {
          PolicyName: text(properties['ManagedPolicyName'] ?? ask.generatedName),
          PolicyDocument: text(properties['PolicyDocument']),
          Path: properties['Path'],
          Description: properties['Description'],
        },
        ask,
      )
      if ('error' in answer) return answer
      const { Policy } = answer.output as { Policy: { Arn: string } }
      const attach = attachTo(properties, ask.world, (holder) => ({ attached: [...holder.attached, Policy.Arn] }))
      return { physicalId: Policy.Arn, emit: [...(answer.emit ?? []), ...attach] }
    },
    remove: (arn, properties, { world }) => {
      const off = attachTo(properties, world, (holder) => ({ attached: holder.attached.filter((one) => one !== arn) }))
      const found = gone(policyOf(world, arn), arn)
      return 'error' in found ? found : { physicalId: arn, emit: [...off, ...found.emit] }
    },
    state: (arn, world) => (policyOf(world, arn) ? 'ready' : 'gone'),
    watches: ['aws.iam.Policy'],
    attributes: (arn) => ({ PolicyArn: arn }),
  },
  {
    type: 'AWS::IAM::Policy',
    required: ['PolicyName', 'PolicyDocument'],
    replaces: [],
    create: (properties, ask) => inline(properties, ask),
    update: (_id, properties, _before, ask) => inline(properties, ask),
    remove: (id, properties, { world }) => ({
      physicalId: id,
      emit: attachTo(properties, world, (holder) => {
        const { [text(properties['PolicyName'])]: _gone, ...rest } = holder.inline
        return { inline: rest }
      }),
    }),
    state: () => 'ready',
    watches: [],
  },
  {
    type: 'AWS::IAM::InstanceProfile',
    required: ['Roles'],
    replaces: ['InstanceProfileName', 'Path'],
    create: (properties, ask) => {
      const InstanceProfileName = text(properties['InstanceProfileName'] ?? ask.generatedName)
      const answer = call('CreateInstanceProfile', { InstanceProfileName, Path: properties['Path'] }, ask)
      if ('error' in answer) return answer
      return {
        physicalId: InstanceProfileName,
        emit: [
          ...(answer.emit ?? []),
          {
            to: `aws.iam.InstanceProfile/${InstanceProfileName}`,
            type: 'Changed',
            data: { role: list(properties['Roles'])[0] },
          },
        ],
      }
    },
    remove: (name) => ({ physicalId: name, emit: [{ to: `aws.iam.InstanceProfile/${name}`, type: 'Deleted' }] }),
    state: (name, world) => (world.get(`aws.iam.InstanceProfile/${name}`) ? 'ready' : 'gone'),
    watches: ['aws.iam.InstanceProfile'],
    attributes: (name, world) => {
      const found = world.get(`aws.iam.InstanceProfile/${name}`) as { readonly Arn?: string } | undefined
      return found?.Arn === undefined ? {} : { Arn: found.Arn }
    },
  },
]

function policiesOf(properties: Properties): { readonly attached: readonly string[]; readonly inline: object } {
  return {
    attached: list(properties['ManagedPolicyArns']).map(String),
    inline: Object.fromEntries(
      (list(properties['Policies']) as readonly JsonObject[]).map((one) => [
        text(one['PolicyName']),
        text(one['PolicyDocument']),
      ]),
    ),
  }
}

function gone(found: { readonly id: string } | undefined, physicalId: string): ResourceAnswer {
  return { physicalId, emit: found ? [{ to: found.id, type: 'Deleted' }] : [] }
}

function attachTo(properties: Properties, world: World, data: (holder: Role) => object) {
  const named = [
    ...list(properties['Roles']).flatMap((name) => roleOf(world, String(name)) ?? []),
    ...list(properties['Users']).flatMap((name) => userOf(world, String(name)) ?? []),
  ]
  return named.map((holder) => ({ to: holder.id, type: 'Changed', data: data(holder as Role) }))
}

function inline(properties: Properties, ask: ResourceCall): ResourceAnswer {
  const name = text(properties['PolicyName'])
  return {
    physicalId: ask.generatedName,
    emit: attachTo(properties, ask.world, (holder) => ({
      inline: { ...holder.inline, [name]: text(properties['PolicyDocument']) },
    })),
  }
}
