import { parse } from 'yaml'

type Loose = { readonly [key: string]: unknown }

/** A sort of refusal that the real service gives too: what it says, and what the file itself must show for it to be right. */
interface Sort {
  readonly name: string
  readonly categories: readonly string[]
  readonly says: RegExp
  readonly shows: (text: string, said: RegExpExecArray, note: string) => boolean
}

/** The sort of a refusal of an AWS file when the file itself gives cause for it; undefined when it should have been accepted. */
export function expectedRefusal(category: string, problem: string, text: string, note: string): string | undefined {
  for (const { name, categories, says, shows } of SORTS) {
    const said = categories.includes(category) ? says.exec(problem) : null
    if (said && shows(text, said, note)) return name
  }
  return undefined
}

const TEMPLATE = 'a template: a value is left to be filled in'

const SORTS: readonly Sort[] = [
  {
    name: TEMPLATE,
    categories: ['appspec'],
    says: /ContainerPort is required|TaskDefinition is required|no location value/,
    shows: (text) => /:\s*(""|<[A-Z_]+>)\s*(#.*)?$|^\s*(- )?(location|source|destination):\s*(#.*)?$/m.test(text),
  },
  {
    name: TEMPLATE,
    categories: ['appspec'],
    says: /unknown lifecycle event in the hooks section: (\w+)/,
    shows: (text, [, event = '']) => new RegExp(`[Rr]eplace "?${event}`).test(text),
  },
  {
    name: TEMPLATE,
    categories: ['appspec'],
    says: /unsupported os "([\w-]+)"|invalid timeout value/,
    shows: (text, _said, note) => placeholders(text) >= 3 || (/sample code block/.test(note) && placeholders(text) > 0),
  },
  {
    name: TEMPLATE,
    categories: ['iam-policy'],
    says: /Invalid principal in policy: "\w+":"(.*)"/,
    shows: (text, [, principal = '']) => text.includes(principal) && /\$\{|account-id|<|EXAMPLE/.test(principal),
  },
  {
    name: 'escaped for print',
    categories: ['buildspec'],
    says: /Unknown key (\S+\\\S+)/,
    shows: (text, [, key = '']) => text.includes(key),
  },
  {
    name: 'a log driver on Fargate without an execution role',
    categories: ['ecs-taskdef'],
    says: /execution role ARN to support log driver (\w+)/,
    shows: (text, [, driver = '']) =>
      text.includes('FARGATE') && text.includes(`"${driver}"`) && !/"executionRoleArn"\s*:\s*"[^"]/.test(text),
  },
  {
    name: 'another host port in awsvpc mode',
    categories: ['ecs-taskdef'],
    says: /host ports and container ports in port mappings must match/,
    shows: (text) =>
      containers(text).some((container) =>
        mappings(container).some(({ hostPort, containerPort }) => hostPort !== undefined && hostPort !== containerPort),
      ) && /"awsvpc"/.test(text),
  },
  {
    name: 'no memory at all',
    categories: ['ecs-taskdef'],
    says: /Invalid setting for container '([^']+)'. At least one of 'memory' or 'memoryReservation'/,
    shows: (text, [, name]) =>
      document(text)['memory'] === undefined &&
      containers(text).some((one) => one['name'] === name && !('memory' in one) && !('memoryReservation' in one)),
  },
  {
    name: 'of another type than the API takes',
    categories: ['ecs-taskdef'],
    says: /Invalid type for parameter containerDefinitions\[(\d+)\]\.(\w+)/,
    shows: (text, [, place, member = '']) => {
      const value = containers(text)[Number(place)]?.[member]
      return value !== undefined && !Array.isArray(value)
    },
  },
  {
    name: 'a provider that AWS does not have',
    categories: ['codepipeline-json'],
    says: /Provider: '([^']+)'.* is not available in region/,
    shows: (text, [, provider = '']) => /[^\w-]/.test(provider) && text.includes(`"${provider}"`),
  },
  {
    name: 'no value of the API',
    categories: ['codebuild-project-json'],
    says: /Unknown computeType: (\S+)/,
    shows: (text, [, type = '']) => !/^[A-Z\d_]+$/.test(type) && text.includes(`"${type}"`),
  },
  {
    name: 'describes the structure and has none',
    categories: ['codepipeline-snippet'],
    says: /Missing required parameter in input: "name"/,
    shows: (text) => /^\s*Type: Object$/m.test(text),
  },
  {
    name: 'no compose file: what the page shows beside it',
    categories: ['compose'],
    says: /must be a mapping/,
    shows: (text) => !/^(services|version|name|include|networks|volumes):/m.test(text),
  },
  {
    name: 'a piece of an Elastic Beanstalk extension',
    categories: ['cfn'],
    says: /Unresolved resource dependencies|unsupported function: Fn::GetOptionSetting/,
    shows: (text) => /\bAWSEB\w+|Fn::GetOptionSetting/.test(text),
  },
  {
    name: 'no name of a section',
    categories: ['cfn'],
    says: /Invalid template property or properties \[(\w+)\]/,
    shows: (text, [, section = '']) => new RegExp(`^${section}:`, 'm').test(text),
  },
  {
    name: 'written in other letters than it is named',
    categories: ['cfn'],
    says: /Unresolved resource dependencies \[(AWS::[A-Z]+)\]/,
    shows: (text, [, name = '']) => text.includes(name),
  },
  {
    name: 'for a tool that rewrites it first',
    categories: ['cfn'],
    says: /Every Type member must be a string/,
    shows: (text) => /!Rain::|Fn::Rain/.test(text),
  },
]

/** Texts that stand for what they ask for: `script-location`. */
function placeholders(text: string): number {
  return (text.match(/:\s*[a-z]+(-[a-z]+)+\s*$/gm) ?? []).length
}

function document(text: string): Loose {
  try {
    const read: unknown = parse(text, { logLevel: 'silent' })
    return (typeof read === 'object' && read !== null ? read : {}) as Loose
  } catch {
    return {}
  }
}

function containers(text: string): readonly Loose[] {
  const read = document(text)
  const found = (read['taskDefinition'] as Loose | undefined)?.['containerDefinitions'] ?? read['containerDefinitions']
  return Array.isArray(found) ? (found as readonly Loose[]) : []
}

function mappings(container: Loose): readonly Loose[] {
  const found = container['portMappings']
  return Array.isArray(found) ? (found as readonly Loose[]) : []
}
