import { fill, isObject, type Loose, objectAt, structAt } from '../loose.ts'

/** Models: pkg/apis/autoscaling/v2/defaults.go SetDefaults_HorizontalPodAutoscaler. */
export function defaultHpaV2(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (!spec) return
  fill(spec, { minReplicas: 1 })
  if (!Array.isArray(spec.metrics) || spec.metrics.length === 0) {
    spec.metrics = [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
    ]
  }
  const behavior = objectAt(spec, 'behavior')
  if (!behavior) return
  behavior.scaleUp = rules(behavior.scaleUp, {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Pods', value: 4, periodSeconds: 15 },
      { type: 'Percent', value: 100, periodSeconds: 15 },
    ],
  })
  behavior.scaleDown = rules(behavior.scaleDown, {
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
  })
}

/** Models: pkg/apis/autoscaling/v1/defaults.go; v1 has no metrics of its own, so its CPU target stays absent when not given. */
export function defaultHpaV1(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (spec) fill(spec, { minReplicas: 1 })
}

function rules(given: unknown, standard: Loose): Loose {
  const own = isObject(given) ? given : {}
  fill(own, standard)
  return own
}
