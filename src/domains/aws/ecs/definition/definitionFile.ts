import { type DefinitionInput, definitionProblem } from './checkDefinition.ts'

type Written = Partial<DefinitionInput> & { readonly taskDefinition?: Partial<DefinitionInput> }

/**
 * What is wrong with a file that holds a task definition, in the words of the service; empty when it is taken. Placeholders that a reader
 * is to fill in (`XXXXXXXXXXXX`, `<account-id>`) stand for what they ask for; a file without a family is a piece of a definition, and what
 * it leaves out is taken for granted.
 */
export function definitionFileProblems(text: string): readonly string[] {
  let written: Written
  try {
    written = JSON.parse(filledIn(text), (_key, value: unknown) => (value === null ? undefined : value)) as Written
  } catch (error) {
    return [`Invalid JSON: ${error instanceof Error ? error.message : String(error)}`]
  }
  const given = written.taskDefinition ?? written
  const misshapen = typeProblem(given)
  if (misshapen !== undefined) return [misshapen]
  const problem = definitionProblem(given.family === undefined ? completed(given) : (given as DefinitionInput))
  return problem === undefined ? [] : [problem]
}

function filledIn(text: string): string {
  return text
    .replaceAll(
      /(arn:aws[\w-]*:[\w-]+:)<?([\w-]*)>?:(?:X{4,}|x{4,}|<[^<>":]*>|\[[^[\]":]*\]|[A-Z_]{4,}|account_id):/g,
      '$1$2:123456789012:',
    )
    .replaceAll(/\b[Xx]{12}\b/g, '123456789012')
}

function completed(given: Partial<DefinitionInput>): DefinitionInput {
  return {
    executionRoleArn: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole',
    ...given,
    family: 'piece',
    containerDefinitions: (given.containerDefinitions ?? []).map((container, i) => ({
      name: `piece-${i}`,
      image: 'piece',
      memoryReservation: 50,
      ...container,
    })),
  }
}

const LISTS = [
  'portMappings',
  'environment',
  'mountPoints',
  'dependsOn',
  'secrets',
  'links',
  'volumesFrom',
  'command',
  'entryPoint',
] as const

/** The AWS CLI's words for a member that should be a list. */
function typeProblem({ containerDefinitions = [] }: Partial<DefinitionInput>): string | undefined {
  for (const [i, container] of containerDefinitions.entries())
    for (const member of LISTS) {
      const value: unknown = container[member]
      if (value !== undefined && !Array.isArray(value))
        return `Invalid type for parameter containerDefinitions[${i}].${member}, value: ${JSON.stringify(value)}, type: <class '${typeof value === 'string' ? 'str' : 'dict'}'>, valid types: <class 'list'>, <class 'tuple'>`
    }
  return undefined
}
