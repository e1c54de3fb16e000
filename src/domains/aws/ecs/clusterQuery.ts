/** A parsed expression of the cluster query language. */
export type Query =
  | { readonly is: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly is: 'not'; readonly part: Query }
  | {
      readonly is: 'test'
      readonly subject: Subject
      readonly operator: Operator
      readonly values: readonly string[]
      readonly pattern?: RegExp
    }

export type Subject =
  | { readonly of: 'attribute'; readonly name: string }
  | {
      readonly of:
        | 'agentConnected'
        | 'agentVersion'
        | 'ec2InstanceId'
        | 'registeredAt'
        | 'runningTasksCount'
        | 'taskGroup'
    }

export type Operator =
  | 'equals'
  | 'not_equals'
  | 'greater_than'
  | 'greater_than_equal'
  | 'less_than'
  | 'less_than_equal'
  | 'exists'
  | 'not_exists'
  | 'in'
  | 'not_in'
  | 'matches'
  | 'not_matches'

/** What an expression may ask about a container instance; `registeredAt` in RFC 3339. */
export interface InstanceFacts {
  readonly attributes: { readonly [name: string]: string | undefined }
  readonly agentVersion?: string | undefined
  readonly agentConnected?: string | boolean | undefined
  readonly ec2InstanceId?: string | undefined
  readonly registeredAt?: string | number | undefined
  readonly runningTasksCount?: number | undefined
  readonly taskGroups?: readonly string[] | undefined
}

/** Whether an expression selects an instance. What an instance does not have fails every test but `not_exists`. */
export function matchesQuery(query: Query, instance: InstanceFacts): boolean {
  switch (query.is) {
    case 'and':
      return query.parts.every((part) => matchesQuery(part, instance))
    case 'or':
      return query.parts.some((part) => matchesQuery(part, instance))
    case 'not':
      return !matchesQuery(query.part, instance)
    default:
      return passes(query, instance)
  }
}

/** Whether an expression's answer may change as tasks come and go. */
export function asksOfTasks(query: Query): boolean {
  switch (query.is) {
    case 'and':
    case 'or':
      return query.parts.some(asksOfTasks)
    case 'not':
      return asksOfTasks(query.part)
    default:
      return query.subject.of === 'taskGroup' || query.subject.of === 'runningTasksCount'
  }
}

type Test = Extract<Query, { readonly is: 'test' }>

function passes(test: Test, instance: InstanceFacts): boolean {
  const found = valuesOf(test.subject, instance)
  if (test.operator === 'exists') return found.length > 0
  if (test.operator === 'not_exists') return found.length === 0
  return found.some((value) => holds(test, value))
}

function valuesOf(subject: Subject, instance: InstanceFacts): readonly string[] {
  switch (subject.of) {
    case 'attribute': {
      const value = instance.attributes[subject.name]
      return value === undefined ? [] : [value]
    }
    case 'taskGroup':
      return instance.taskGroups ?? []
    case 'runningTasksCount':
      return [String(instance.runningTasksCount ?? 0)]
    default: {
      const value = instance[subject.of]
      return value === undefined ? [] : [String(value)]
    }
  }
}

function holds({ subject, operator, values, pattern }: Test, value: string): boolean {
  const [wanted = ''] = values
  switch (operator) {
    case 'in':
      return values.includes(value)
    case 'not_in':
      return !values.includes(value)
    case 'matches':
      return pattern?.test(value) ?? false
    case 'not_matches':
      return !(pattern?.test(value) ?? false)
  }
  const order = compare(subject, value, wanted)
  switch (operator) {
    case 'equals':
      return order === 0
    case 'not_equals':
      return order !== 0
    case 'greater_than':
      return order > 0
    case 'greater_than_equal':
      return order >= 0
    case 'less_than':
      return order < 0
    default:
      return order <= 0
  }
}

function compare(subject: Subject, a: string, b: string): number {
  switch (subject.of) {
    case 'agentVersion':
      return compareVersions(a, b)
    case 'registeredAt':
      return instant(a) - instant(b)
    case 'runningTasksCount':
      return Number(a) - Number(b)
    default:
      return a === b ? 0 : a < b ? -1 : 1
  }
}

function instant(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Date.parse(text)
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.replace(/^v/, '').split('.').map(Number))
  for (let i = 0; i < Math.max(left?.length ?? 0, right?.length ?? 0); i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
