import type { ActionProvider } from '../../core/index.ts'
import { RELEASE, type Release } from './release.ts'

/** ECS as a provider of deploy actions. Models: AWS CodePipeline User Guide, "Amazon Elastic Container Service deploy action reference" */
export const ecsDeploy: ActionProvider = {
  category: 'Deploy',
  provider: 'ECS',
  inputs: [1, 1],
  outputs: [0, 0],
  required: ['ClusterName', 'ServiceName'],
  watches: [RELEASE],
  start(action) {
    const {
      ClusterName: cluster = '',
      ServiceName: service = '',
      FileName: file = 'imagedefinitions.json',
    } = action.configuration
    const images = imagesIn(action.inputs[0]?.files[file], file)
    if ('problem' in images) return { error: { code: 'InvalidConfiguration', message: images.problem } }
    const to = `${RELEASE}/${action.by.slice(action.by.indexOf('/') + 1)}`
    const { region, principal } = action
    const data = { owner: action.by, region, principal, cluster, service, images: images.images }
    return { external: to, emit: [{ to, kind: RELEASE, type: 'Started', data, by: action.by }] }
  },
  state(_action, external, world) {
    const release = world.get(external) as Release | undefined
    if (release?.state === 'Succeeded')
      return { succeeded: { summary: `Deployment of ${release.definition ?? ''} succeeded` } }
    if (release?.state !== 'Failed') return 'working'
    return { failed: { code: 'JobFailed', message: `The deployment failed: ${release.reason ?? ''}` } }
  },
}

function imagesIn(
  text: string | undefined,
  file: string,
): { readonly images: { readonly [container: string]: string } } | { readonly problem: string } {
  const problem = { problem: `The image definition file ${file} contains invalid format` }
  if (text === undefined)
    return { problem: `Did not find the image definition file ${file} in the input artifacts ZIP file.` }
  try {
    const list: unknown = JSON.parse(text)
    if (!Array.isArray(list)) return problem
    const pairs = list.map((one: { name?: unknown; imageUri?: unknown }) => [one.name, one.imageUri] as const)
    if (!pairs.every(([name, image]) => typeof name === 'string' && typeof image === 'string')) return problem
    return { images: Object.fromEntries(pairs) as { readonly [container: string]: string } }
  } catch {
    return problem
  }
}
