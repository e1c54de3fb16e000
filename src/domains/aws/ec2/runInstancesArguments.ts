import type { Json, JsonObject } from '../../../kernel/index.ts'
import type { CliArgument } from '../core/index.ts'

const OPERATIONS = ['RunInstances']

/** Puts a member into the first network interface: the tool moves subnet and groups there when an address is asked for. */
function intoInterface(input: JsonObject, members: JsonObject): JsonObject {
  const [first = {}] = (input['NetworkInterfaces'] ?? []) as readonly JsonObject[]
  return { ...input, NetworkInterfaces: [{ DeviceIndex: 0, ...first, ...members }] }
}

/** Options of `run-instances` that the tool adds. Models: awscli/customizations/ec2/runinstances.py. */
export const runInstancesArguments: readonly CliArgument[] = [
  {
    operations: OPERATIONS,
    name: 'count',
    says: 'Number of instances to launch: one number, or the fewest and the most as `min:max`.',
    frees: ['MinCount', 'MaxCount'],
    absent: (input) => ({ MinCount: 1, MaxCount: 1, ...input }),
    apply(input: JsonObject, value: Json, fail) {
      const [, least, most = least] = /^(\d+)(?::(\d+))?$/.exec(String(value)) ?? []
      if (least === undefined) return fail('count parameter should be of the form min[:max]')
      return { ...input, MinCount: Number(least), MaxCount: Number(most) }
    },
  },
  {
    operations: OPERATIONS,
    name: 'associate-public-ip-address',
    says: 'Whether the instance gets a public address.',
    shape: 'switch',
    apply: (input) => withPublicAddress(input, true),
  },
  {
    operations: OPERATIONS,
    name: 'no-associate-public-ip-address',
    says: 'The instance gets no public address.',
    shape: 'switch',
    apply: (input) => withPublicAddress(input, false),
  },
]

function withPublicAddress(input: JsonObject, wanted: boolean): JsonObject {
  const { SubnetId, SecurityGroupIds, ...rest } = input
  return intoInterface(rest, {
    AssociatePublicIpAddress: wanted,
    ...(SubnetId === undefined ? {} : { SubnetId }),
    ...(SecurityGroupIds === undefined ? {} : { Groups: SecurityGroupIds }),
  })
}
