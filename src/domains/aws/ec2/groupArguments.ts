import type { Json, JsonObject } from '../../../kernel/index.ts'
import type { CliArgument } from '../core/index.ts'

const OPERATIONS = ['Ingress', 'Egress'].flatMap((way) => [`AuthorizeSecurityGroup${way}`, `RevokeSecurityGroup${way}`])

/** The one rule that the tool's short options describe together, as a list of permissions. */
function permission(input: JsonObject, change: (rule: { [member: string]: Json | undefined }) => void): JsonObject {
  const [known] = (input.IpPermissions ?? []) as readonly JsonObject[]
  const rule: { [member: string]: Json | undefined } = { ...known }
  change(rule)
  return { ...input, IpPermissions: [rule as JsonObject] }
}

/**
 * Short options for one rule of a security group: `--protocol tcp --port 80-90 --cidr 0.0.0.0/0 --source-group sg-1`.
 * Models: awscli/customizations/ec2/secgroupsimplify.py
 */
export const groupArguments: readonly CliArgument[] = [
  {
    operations: OPERATIONS,
    name: 'protocol',
    says: 'the IP protocol: tcp, udp, icmp, a number, or all',
    apply: (input, value) =>
      permission(input, (rule) => {
        rule.IpProtocol = value === 'all' ? '-1' : String(value)
      }),
  },
  {
    operations: OPERATIONS,
    name: 'port',
    says: 'a port, or a range of them: 80, 8080-8090',
    apply(input, value, fail) {
      const [, from = '', to = from] = /^(-?\d+)(?:-(\d+))?$/.exec(String(value)) ?? []
      if (value === 'all') return input
      if (from === '') return fail(`port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)`)
      return permission(input, (rule) => {
        rule.FromPort = Number(from)
        rule.ToPort = Number(to)
      })
    },
  },
  {
    operations: OPERATIONS,
    name: 'cidr',
    says: 'the addresses that the rule is for',
    apply: (input, value) =>
      permission(input, (rule) => {
        rule.IpRanges = [{ CidrIp: String(value) }]
      }),
  },
  {
    operations: OPERATIONS,
    name: 'source-group',
    says: 'the security group that the rule is for',
    apply: (input, value) =>
      permission(input, (rule) => {
        rule.UserIdGroupPairs = [{ GroupId: String(value) }]
      }),
  },
]
