import type { JsonObject, World } from '../../../kernel/index.ts'
import { arnOf, type Operation } from '../core/index.ts'
import { created, deleted, must, op, refused } from './answer.ts'
import { globalKeys } from './authorize.ts'
import { checked } from './checked.ts'
import { evaluate } from './evaluate.rule.ts'
import { managedDocument } from './managedPolicies.ts'
import { permissionsOf, policyText, readDocument } from './permissions.ts'
import { type Context, contextValues } from './policy/conditions.ts'
import { type PolicyDocument, statementsOf } from './policy/document.ts'
import { change, type ManagedPolicy, nowOf, POLICY, policyOf, type Tag, uniqueId } from './records.ts'
import { attachments, holders, nounOf, policyArns, shownPolicy } from './shown.ts'

interface In {
  readonly PolicyName: string
  readonly PolicyArn: string
  readonly PolicyDocument: string
  readonly Path?: string
  readonly PathPrefix?: string
  readonly Description?: string
  readonly SetAsDefault?: boolean
  readonly VersionId: string
  readonly Scope?: string
  readonly OnlyAttached?: boolean
  readonly Tags?: readonly Tag[]
  readonly TagKeys: readonly string[]
}

const own = (input: In, world: World): ManagedPolicy =>
  must(policyOf(world, input.PolicyArn), `Policy ${input.PolicyArn} was not found.`)
const known = (input: In, world: World) => {
  if (policyText(world, input.PolicyArn) === undefined)
    refused('NoSuchEntity', `Policy ${input.PolicyArn} was not found.`)
}
const arnIn = (input: In) => input.PolicyArn

/** Managed policies, their versions, and simulation. */
export const policyOperations: readonly Operation[] = [
  op<In>(
    'CreatePolicy',
    (input, world) => {
      const { PolicyName, Path = '/', Description, Tags } = input
      const Arn = arnOf('iam', '', `policy${Path}${PolicyName}`)
      if (policyOf(world, Arn))
        refused('EntityAlreadyExists', `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`)
      const text = checked(input.PolicyDocument, 'identity')
      if (text.replace(/\s/g, '').length > 6144) refused('LimitExceeded', 'Cannot exceed quota for PolicySize: 6144')
      const now = nowOf(world)
      const fields = {
        PolicyName,
        PolicyId: uniqueId(world, 'ANPA', PolicyName),
        Arn,
        Path,
        CreateDate: now,
        UpdateDate: now,
        DefaultVersionId: 'v1',
        versions: { v1: { text, CreateDate: now } },
        last: 1,
        ...(Description ? { Description } : {}),
        ...(Tags ? { Tags } : {}),
      }
      const { versions: _versions, last: _last, ...shown } = fields
      return {
        output: { Policy: { ...shown, AttachmentCount: 0, PermissionsBoundaryUsageCount: 0, IsAttachable: true } },
        emit: [created(`${POLICY}/${Arn}`, POLICY, fields)],
      }
    },
    (input) => arnOf('iam', '', `policy${input.Path ?? '/'}${input.PolicyName}`),
  ),
  op<In>(
    'GetPolicy',
    (input, world) => ({
      output: { Policy: must(shownPolicy(world, input.PolicyArn, true), `Policy ${input.PolicyArn} was not found.`) },
    }),
    arnIn,
  ),
  op<In>('ListPolicies', (input, world) => ({
    output: {
      Policies: policyArns(world, input.Scope ?? 'All')
        .filter((arn) => !input.OnlyAttached || attachments(world, arn) > 0)
        .flatMap((arn) => shownPolicy(world, arn) ?? [])
        .filter((policy) => (policy as { Path: string }).Path.startsWith(input.PathPrefix ?? '/')),
      IsTruncated: false,
    },
  })),
  op<In>(
    'DeletePolicy',
    (input, world) => {
      const policy = own(input, world)
      if (attachments(world, policy.Arn) > 0) refused('DeleteConflict', 'Cannot delete a policy attached to entities.')
      if (Object.keys(policy.versions).length > 1)
        refused(
          'DeleteConflict',
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        )
      return { emit: [deleted(policy)] }
    },
    arnIn,
  ),
  op<In>(
    'CreatePolicyVersion',
    (input, world) => {
      const policy = own(input, world)
      const text = checked(input.PolicyDocument, 'identity')
      if (Object.keys(policy.versions).length >= 5)
        refused(
          'LimitExceeded',
          'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
        )
      const VersionId = `v${policy.last + 1}`
      const CreateDate = nowOf(world)
      return {
        output: { PolicyVersion: { VersionId, IsDefaultVersion: input.SetAsDefault === true, CreateDate } },
        emit: change(policy, {
          versions: { ...policy.versions, [VersionId]: { text, CreateDate } },
          last: policy.last + 1,
          UpdateDate: CreateDate,
          ...(input.SetAsDefault ? { DefaultVersionId: VersionId } : {}),
        }),
      }
    },
    arnIn,
  ),
  op<In>(
    'GetPolicyVersion',
    (input, world) => {
      known(input, world)
      const policy = policyOf(world, input.PolicyArn)
      const version = policy
        ? policy.versions[input.VersionId]
        : input.VersionId === 'v1'
          ? { text: managedDocument(input.PolicyArn) ?? '', CreateDate: nowOf(world) }
          : undefined
      const { text, CreateDate } = must(
        version,
        `Policy ${input.PolicyArn} version ${input.VersionId} does not exist or is not attachable.`,
      )
      return {
        output: {
          PolicyVersion: {
            Document: text,
            VersionId: input.VersionId,
            IsDefaultVersion: (policy?.DefaultVersionId ?? 'v1') === input.VersionId,
            CreateDate,
          },
        },
      }
    },
    arnIn,
  ),
  op<In>(
    'ListPolicyVersions',
    (input, world) => {
      known(input, world)
      const policy = policyOf(world, input.PolicyArn)
      const versions = policy
        ? Object.entries(policy.versions)
            .sort(([a], [b]) => Number(b.slice(1)) - Number(a.slice(1)))
            .map(([VersionId, { CreateDate }]) => ({
              VersionId,
              IsDefaultVersion: VersionId === policy.DefaultVersionId,
              CreateDate,
            }))
        : [{ VersionId: 'v1', IsDefaultVersion: true, CreateDate: nowOf(world) }]
      return { output: { Versions: versions, IsTruncated: false } }
    },
    arnIn,
  ),
  op<In>(
    'SetDefaultPolicyVersion',
    (input, world) => {
      const policy = own(input, world)
      must(
        policy.versions[input.VersionId],
        `Policy ${input.PolicyArn} version ${input.VersionId} does not exist or is not attachable.`,
      )
      return { emit: change(policy, { DefaultVersionId: input.VersionId, UpdateDate: nowOf(world) }) }
    },
    arnIn,
  ),
  op<In>(
    'DeletePolicyVersion',
    (input, world) => {
      const policy = own(input, world)
      if (policy.DefaultVersionId === input.VersionId)
        refused('DeleteConflict', 'Cannot delete the default version of a policy.')
      const { [input.VersionId]: gone, ...versions } = policy.versions
      must(gone, `Policy ${input.PolicyArn} version ${input.VersionId} does not exist or is not attachable.`)
      return { emit: change(policy, { versions }) }
    },
    arnIn,
  ),
  op<In>(
    'TagPolicy',
    (input, world) => {
      const policy = own(input, world)
      const keys = (input.Tags ?? []).map(({ Key }) => Key)
      return {
        emit: change(policy, {
          Tags: [...(policy.Tags ?? []).filter(({ Key }) => !keys.includes(Key)), ...(input.Tags ?? [])],
        }),
      }
    },
    arnIn,
  ),
  op<In>(
    'UntagPolicy',
    (input, world) => {
      const policy = own(input, world)
      return { emit: change(policy, { Tags: (policy.Tags ?? []).filter(({ Key }) => !input.TagKeys.includes(Key)) }) }
    },
    arnIn,
  ),
  op<In>(
    'ListPolicyTags',
    (input, world) => ({ output: { Tags: own(input, world).Tags ?? [], IsTruncated: false } }),
    arnIn,
  ),
  op<In>(
    'ListEntitiesForPolicy',
    (input, world) => {
      known(input, world)
      const found = holders(world).filter(({ attached }) => attached.includes(input.PolicyArn))
      const of = (noun: string, name: string) =>
        found
          .filter(({ kind }) => nounOf(kind) === noun)
          .map((one) => ({
            [`${name}Name`]: (one as unknown as JsonObject)[`${name}Name`],
            [`${name}Id`]: (one as unknown as JsonObject)[`${name}Id`],
          }))
      return {
        output: {
          PolicyGroups: of('group', 'Group'),
          PolicyUsers: of('user', 'User'),
          PolicyRoles: of('role', 'Role'),
          IsTruncated: false,
        },
      }
    },
    arnIn,
  ),
  op<Simulated>('SimulateCustomPolicy', (input, world) => ({
    output: simulated(input, input.PolicyInputList ?? [], [], undefined, input.CallerArn ?? '', world),
  })),
  op<Simulated>(
    'SimulatePrincipalPolicy',
    (input, world) => {
      const source = input.PolicySourceArn ?? ''
      const permissions = must(permissionsOf(world, source), `${source} cannot be found.`)
      return {
        output: simulated(
          input,
          input.PolicyInputList ?? [],
          permissions.policies,
          permissions.boundary,
          input.CallerArn ?? source,
          world,
          permissions.names,
        ),
      }
    },
    (input) => input.PolicySourceArn,
  ),
  op<{ PolicyInputList: readonly string[] }>('GetContextKeysForCustomPolicy', ({ PolicyInputList }) => ({
    output: { ContextKeyNames: contextKeys(PolicyInputList.map(readDocument)) },
  })),
  op<{ PolicySourceArn: string; PolicyInputList?: readonly string[] }>(
    'GetContextKeysForPrincipalPolicy',
    (input, world) => {
      const { policies } = must(
        permissionsOf(world, input.PolicySourceArn),
        `${input.PolicySourceArn} cannot be found.`,
      )
      return {
        output: { ContextKeyNames: contextKeys([...policies, ...(input.PolicyInputList ?? []).map(readDocument)]) },
      }
    },
  ),
]

interface Simulated {
  readonly PolicyInputList?: readonly string[]
  readonly PolicySourceArn?: string
  readonly PermissionsBoundaryPolicyInputList?: readonly string[]
  readonly ActionNames: readonly string[]
  readonly ResourceArns?: readonly string[]
  readonly ResourcePolicy?: string
  readonly CallerArn?: string
  readonly ContextEntries?: readonly { ContextKeyName?: string; ContextKeyValues?: readonly string[] }[]
}

function simulated(
  input: Simulated,
  texts: readonly string[],
  policies: readonly PolicyDocument[],
  boundary: PolicyDocument | undefined,
  caller: string,
  world: World,
  names: readonly string[] = [],
): object {
  for (const text of texts) checked(text, 'identity')
  const limit = input.PermissionsBoundaryPolicyInputList?.[0]
  const account = caller.split(':')[4] ?? ''
  const context: Context = {
    ...(caller === '' ? {} : globalKeys(caller, account, permissionsOf(world, caller), world)),
    ...Object.fromEntries(
      (input.ContextEntries ?? []).map(({ ContextKeyName = '', ContextKeyValues = [] }) => [
        ContextKeyName,
        ContextKeyValues,
      ]),
    ),
  }
  const all = [...policies, ...texts.map(readDocument)]
  const labels = [...names, ...texts.map((_, i) => `PolicyInputList.${i + 1}`)]
  const wanted = contextKeys(all)
  const results = input.ActionNames.flatMap((action) =>
    (input.ResourceArns ?? ['*']).map((resource) => {
      const { decision, rows, layer } = evaluate({
        request: {
          principal: caller === '' ? 'arn:aws:iam::123456789012:user/simulated' : caller,
          action,
          resource,
          context,
        },
        identityPolicies: all,
        identityNames: labels,
        permissionsBoundary: limit === undefined ? boundary : readDocument(limit),
        resourcePolicy: input.ResourcePolicy === undefined ? undefined : readDocument(input.ResourcePolicy),
      })
      const deciding = decision === 'explicitDeny' ? 'Deny' : 'Allow'
      return {
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: decision === 'allow' ? 'allowed' : decision,
        MatchedStatements:
          decision === 'implicitDeny'
            ? []
            : rows
                .filter((row) => row.misses === undefined && row.effect === deciding)
                .map((row) => ({
                  SourcePolicyId: row.policy.split(' ')[0],
                  SourcePolicyType: row.layer === 'resource' ? 'Resource Policy' : 'IAM Policy',
                })),
        MissingContextValues: wanted.filter((key) => contextValues(context, key) === undefined),
        ...(limit === undefined && boundary === undefined
          ? {}
          : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: layer !== 'boundary' } }),
      }
    }),
  )
  return { EvaluationResults: results, IsTruncated: false }
}

/** Condition keys and policy variables that documents ask for, in order. */
function contextKeys(documents: readonly PolicyDocument[]): readonly string[] {
  const keys = new Set<string>()
  for (const document of documents)
    for (const statement of statementsOf(document)) {
      const variables = (value: unknown) => {
        for (const [, name = ''] of JSON.stringify(value ?? null).matchAll(/\$\{([\w:/.-]+)/g)) keys.add(name)
      }
      variables(statement.Resource)
      variables(statement.NotResource)
      for (const conditions of Object.values(statement.Condition ?? {}))
        for (const [key, values] of Object.entries(conditions)) {
          keys.add(key)
          variables(values)
        }
    }
  return [...keys]
}
