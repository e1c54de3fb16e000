import { objectKind } from '../object/objectKind.ts'

/** The kind of PodDisruptionBudgets. */
export const budgetKind = objectKind('PodDisruptionBudget', {
  face: {
    label: 'Disruption budget',
    plural: 'Disruption budgets',
    pictogram: 'budget',
    shape: 'card',
    rank: 5,
    look: (entity) => {
      const allowed = Number(entity.status?.disruptionsAllowed ?? 0)
      return {
        title: entity.metadata.name,
        tone: allowed > 0 ? 'ok' : 'warn',
        word: allowed > 0 ? 'May spare' : 'Nothing to spare',
        figures: [`${allowed}`],
        facts: [
          ['healthy', String(entity.status?.currentHealthy ?? 0)],
          ['needed', String(entity.status?.desiredHealthy ?? 0)],
        ],
      }
    },
  },
})
