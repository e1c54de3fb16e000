import { type Exported, type ExportedFile, type ExportedStep, STEP, type World } from '../../../kernel/index.ts'
import { services } from './service.ts'
import { templateOf } from './template.ts'

/** Name of the stack that an export is deployed as. */
export const LIVE_STACK = 'orrery'

/**
 * What was built on AWS: a CloudFormation template a region, and what the services give besides (task definitions, pipelines, sources). Where
 * images or sources must be there before what runs, the stack is deployed twice: first without what runs.
 */
export function exportAws(world: World): Exported {
  const files: ExportedFile[] = []
  const steps: ExportedStep[] = []
  const elsewhere: { readonly text: string; readonly expression: string }[] = []
  for (const region of regionsOf(world)) {
    const exported = [...services.values()].flatMap(({ exports }) => exports?.(region, world) ?? [])
    const resources = exported.flatMap((one) => one.resources ?? [])
    files.push(...exported.flatMap((one) => one.files ?? []))
    const own = exported.flatMap((one) => one.steps ?? [])
    elsewhere.push(...exported.flatMap((one) => one.elsewhere ?? []))
    steps.push(...own)
    if (resources.length === 0) continue
    const parameters = exported.flatMap((one) => one.parameters ?? [])
    const filled = own.some(({ order }) => order === STEP.images || order === STEP.sources)
    const template = templateOf(resources, parameters, region, world, filled)
    const path = region === HOME ? 'aws/template.yaml' : `aws/${region}/template.yaml`
    files.push({ path, text: template.text })
    const deploy = (given: readonly string[]) => deployLine(path, region, given)
    const values = template.parameters.map(({ name, expression }) => `${name}=${expression}`)
    const twice = template.waits
    if (twice)
      steps.push({
        order: STEP.ground,
        says: `The ground in ${region}`,
        lines: [deploy([...values, 'Services=false'])],
      })
    steps.push({
      order: twice ? STEP.running : STEP.ground,
      says: `${twice ? 'What runs' : 'What is'} in ${region}`,
      lines: [deploy(twice ? [...values, 'Services=true'] : values)],
    })
  }
  return { files, steps, elsewhere }
}

const HOME = 'us-east-1'

function deployLine(path: string, region: string, given: readonly string[]): string {
  const overrides = given.length > 0 ? ` \\\n  --parameter-overrides ${given.join(' \\\n    ')}` : ''
  return `aws cloudformation deploy --stack-name ${LIVE_STACK} --template-file ${path} --region ${region} --capabilities CAPABILITY_NAMED_IAM${overrides}`
}

/** Regions in which there is anything, the home region first: what has no region of its own is exported there. */
function regionsOf(world: World): readonly string[] {
  const found = new Set<string>([HOME])
  for (const region of world.all('place.Region')) {
    const name = region.id.slice(region.id.indexOf('/') + 1)
    if (/^[a-z]+-[a-z]+-\d$/.test(name)) found.add(name)
  }
  return [...found].sort((a, b) => (a === HOME ? -1 : b === HOME ? 1 : a < b ? -1 : 1))
}
