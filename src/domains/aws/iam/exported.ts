import type { Json, JsonObject } from '../../../kernel/index.ts'
import { type ExportedResource, lean, refer, type ServiceExporter, templateTags } from '../core/index.ts'
import { type InstanceProfile, type ManagedPolicy, POLICY, PROFILE, ROLE, type Role, sorted } from './records.ts'

/** Roles, instance profiles and policies of one's own. Users are left out: their keys are nobody else's. */
export const exported: ServiceExporter = (region, world) => {
  if (region !== 'us-east-1') return {}
  return {
    resources: [
      ...sorted(world.all(POLICY) as Iterable<ManagedPolicy>)
        .filter(({ Arn }) => !Arn.includes(':aws:policy/'))
        .map(policyOf),
      ...sorted(world.all(ROLE) as Iterable<Role>)
        .filter(({ Path }) => !Path.startsWith('/aws-service-role/'))
        .map(roleOf),
      ...sorted(world.all(PROFILE) as Iterable<InstanceProfile>).map(profileOf),
    ],
  }
}

const document = (text: string): Json => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

const path = (text: string) => (text === '/' ? undefined : text)

function policyOf(policy: ManagedPolicy): ExportedResource {
  const { PolicyName, Arn, Path, Description, versions, DefaultVersionId, Tags } = policy
  return {
    type: 'AWS::IAM::ManagedPolicy',
    name: PolicyName,
    physicalId: Arn,
    properties: lean({
      ManagedPolicyName: PolicyName,
      Path: path(Path),
      Description,
      PolicyDocument: document(versions[DefaultVersionId]?.text ?? '{}'),
      Tags: templateTags(Tags),
    }),
  }
}

function roleOf(role: Role): ExportedResource {
  const { RoleName, Path, Description, MaxSessionDuration, trust, attached, inline, boundary, Tags } = role
  return {
    type: 'AWS::IAM::Role',
    name: RoleName,
    physicalId: RoleName,
    properties: lean({
      RoleName,
      Path: path(Path),
      Description,
      MaxSessionDuration: MaxSessionDuration === 3600 ? undefined : MaxSessionDuration,
      AssumeRolePolicyDocument: document(trust),
      ManagedPolicyArns: attached,
      Policies: Object.entries(inline).map(
        ([PolicyName, text]): JsonObject => ({ PolicyName, PolicyDocument: document(text) }),
      ),
      PermissionsBoundary: boundary,
      Tags: templateTags(Tags),
    }),
  }
}

function profileOf({ InstanceProfileName, Path, role }: InstanceProfile): ExportedResource {
  return {
    type: 'AWS::IAM::InstanceProfile',
    name: InstanceProfileName,
    physicalId: InstanceProfileName,
    properties: lean({
      InstanceProfileName,
      Path: path(Path),
      Roles: role === undefined ? [] : [refer('AWS::IAM::Role', role)],
    }),
  }
}
