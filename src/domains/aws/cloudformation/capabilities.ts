import type { Template } from './template.ts'

const IAM = /^AWS::IAM::/
const NAMES: { readonly [type: string]: string } = {
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
}

/** What must be acknowledged before a template is used, and why. Models: CloudFormation API, ValidateTemplate, Capabilities */
export function capabilitiesOf(template: Template): {
  readonly capabilities: readonly string[]
  readonly reason?: string
} {
  const all = Object.values(template.resources)
  const iam = [...new Set(all.map(({ Type }) => Type).filter((type) => IAM.test(type)))].sort()
  const isNamed = all.some(({ Type, Properties }) => {
    const name = NAMES[Type]
    return name !== undefined && Properties[name] !== undefined
  })
  const capabilities = [
    ...(iam.length === 0 ? [] : [isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM']),
    ...(template.transforms.length > 0 ? ['CAPABILITY_AUTO_EXPAND'] : []),
  ]
  return {
    capabilities,
    ...(iam.length === 0 ? {} : { reason: `The following resource(s) require capabilities: [${iam.join(', ')}]` }),
  }
}

/** Why a call with these capabilities is refused; undefined when it is not. */
export function capabilityProblem(template: Template, given: readonly string[]): string | undefined {
  const isGiven = (wanted: string) =>
    given.includes(wanted) || (wanted === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM'))
  const missing = capabilitiesOf(template).capabilities.filter((one) => !isGiven(one))
  return missing.length === 0 ? undefined : `Requires capabilities : [${missing.join(', ')}]`
}
