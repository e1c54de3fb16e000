import type { Emission, JsonObject } from '../../../kernel/index.ts'
import { ACCOUNT, arnOf, callService, type ResourceCall, type ResourceType } from '../core/index.ts'
import { REPOSITORY, type Repository, repositoryId } from './repository.ts'

/** Properties that a policy or a setting hangs on, as changes of the record. */
function settings(to: string, p: JsonObject): Emission {
  const policy = p.RepositoryPolicyText
  const lifecycle = (p.LifecyclePolicy as JsonObject | undefined)?.LifecyclePolicyText
  const scan = (p.ImageScanningConfiguration as JsonObject | undefined)?.ScanOnPush
  return {
    to,
    type: 'Changed',
    data: {
      imageTagMutability: String(p.ImageTagMutability ?? 'MUTABLE'),
      imageScanningConfiguration: { scanOnPush: scan === true || scan === 'true' },
      policyText: policy === undefined ? undefined : typeof policy === 'string' ? policy : JSON.stringify(policy),
      lifecyclePolicyText:
        lifecycle === undefined ? undefined : typeof lifecycle === 'string' ? lifecycle : JSON.stringify(lifecycle),
    },
  }
}

const run = (call: ResourceCall, operation: string, input: JsonObject) =>
  callService({ world: call.world, service: 'ecr', operation, input, principal: call.principal, region: call.region })

/** CloudFormation resource types of ECR. */
export const resources: readonly ResourceType[] = [
  {
    type: 'AWS::ECR::Repository',
    required: [],
    replaces: ['RepositoryName', 'EncryptionConfiguration'],
    create: (p, call) => {
      const repositoryName = String(p.RepositoryName ?? call.generatedName.toLowerCase())
      const answer = run(call, 'CreateRepository', { repositoryName })
      if ('error' in answer) return answer
      return {
        physicalId: repositoryName,
        emit: [...(answer.emit ?? []), settings(repositoryId(call.region, repositoryName), p)],
      }
    },
    update: (physicalId, p, _before, call) => ({
      physicalId,
      emit: [settings(repositoryId(call.region, physicalId), p)],
    }),
    remove: (physicalId, p, call) => {
      const answer = run(call, 'DeleteRepository', {
        repositoryName: physicalId,
        force: p.EmptyOnDelete === true || p.EmptyOnDelete === 'true',
      })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit ?? [] }
    },
    state: (physicalId, world) => {
      for (const one of world.all(REPOSITORY)) if ((one as Repository).repositoryName === physicalId) return 'ready'
      return 'gone'
    },
    watches: [REPOSITORY],
    attributes: (physicalId, world) => {
      for (const one of world.all(REPOSITORY)) {
        const repository = one as Repository
        if (repository.repositoryName === physicalId)
          return { Arn: repository.repositoryArn, RepositoryUri: repository.repositoryUri }
      }
      return {
        Arn: arnOf('ecr', 'us-east-1', `repository/${physicalId}`),
        RepositoryUri: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/${physicalId}`,
      }
    },
  },
]
