import { type ActionProvider, services } from '../core/index.ts'

/** What CodePipeline knows of a provider without asking it: `[category, provider, inputs, outputs]`. */
const KNOWN: readonly (readonly [string, string, readonly [number, number], readonly [number, number]])[] = [
  ['Source', 'S3', [0, 0], [1, 1]],
  ['Source', 'CodeStarSourceConnection', [0, 0], [1, 1]],
  ['Source', 'CodeCommit', [0, 0], [1, 1]],
  ['Source', 'ECR', [0, 0], [1, 1]],
  ['Source', 'GitHub', [0, 0], [1, 1]],
  ['Build', 'CodeBuild', [1, 5], [0, 5]],
  ['Build', 'ECRBuildAndPublish', [1, 1], [0, 1]],
  ['Build', 'Jenkins', [0, 5], [0, 5]],
  ['Test', 'CodeBuild', [1, 5], [0, 5]],
  ['Test', 'DeviceFarm', [1, 1], [0, 0]],
  ['Test', 'Jenkins', [0, 5], [0, 5]],
  ['Deploy', 'S3', [1, 1], [0, 0]],
  ['Deploy', 'CloudFormation', [0, 10], [0, 1]],
  ['Deploy', 'CloudFormationStackSet', [1, 10], [0, 1]],
  ['Deploy', 'CloudFormationStackInstances', [1, 10], [0, 1]],
  ['Deploy', 'CodeDeploy', [1, 1], [0, 0]],
  ['Deploy', 'CodeDeployToECS', [1, 5], [0, 0]],
  ['Deploy', 'ECS', [1, 1], [0, 0]],
  ['Deploy', 'EC2', [1, 1], [0, 0]],
  ['Deploy', 'EKS', [1, 1], [0, 0]],
  ['Deploy', 'ElasticBeanstalk', [1, 1], [0, 0]],
  ['Deploy', 'OpsWorks', [1, 1], [0, 0]],
  ['Deploy', 'ServiceCatalog', [1, 1], [0, 0]],
  ['Deploy', 'AppConfig', [1, 1], [0, 0]],
  ['Deploy', 'Lambda', [1, 1], [0, 0]],
  ['Approval', 'Manual', [0, 0], [0, 0]],
  ['Invoke', 'Lambda', [0, 5], [0, 5]],
  ['Invoke', 'StepFunctions', [0, 1], [0, 1]],
  ['Invoke', 'CodePipeline', [0, 0], [0, 0]],
  ['Invoke', 'InspectorScan', [1, 1], [0, 1]],
  ['Compute', 'Commands', [1, 10], [0, 1]],
]

/** How many artifacts an action type takes and gives; undefined for one that AWS does not have. */
export function actionType(
  category: string,
  provider: string,
): { readonly inputs: readonly [number, number]; readonly outputs: readonly [number, number] } | undefined {
  const known = KNOWN.find(([wanted, name]) => wanted === category && name === provider)
  return known && { inputs: known[2], outputs: known[3] }
}

/** Who does actions of a type in this lab; undefined where nobody does yet. */
export function actionProvider(category: string, provider: string): ActionProvider | undefined {
  for (const service of services.values())
    for (const one of service.actions ?? []) if (one.category === category && one.provider === provider) return one
  return undefined
}

/** Kinds that the providers of this lab want to be watched. */
export function providerKinds(): readonly string[] {
  const kinds = new Set<string>()
  for (const service of services.values())
    for (const one of service.actions ?? []) for (const kind of one.watches) kinds.add(kind)
  return [...kinds].sort()
}
