import { defineRule } from '../../../kernel/index.ts'
import { type InstanceFacts, matchesQuery } from './clusterQuery.ts'
import { ClusterQueryError, parseClusterQuery } from './clusterQueryParser.ts'

/**
 * Which container instances an expression of the cluster query language selects.
 * Models: Amazon ECS developer guide, "Cluster query language"
 */
defineRule({
  id: 'ecs.clusterQuery',
  says: 'An expression selects an instance by its attributes, agent, EC2 id, registration time, and the tasks that run there.',
  source: 'Amazon ECS developer guide cluster-query-language.md',
  decide: ({ expression, instance }: QueryInput): { readonly match: boolean } | { readonly error: true } => {
    try {
      return { match: matchesQuery(parseClusterQuery(expression), instance) }
    } catch (error) {
      if (error instanceof ClusterQueryError) return { error: true }
      throw error
    }
  },
})

export interface QueryInput {
  readonly expression: string
  readonly instance: InstanceFacts
}
