import { type Loose, objectsAt } from '../../api/loose.ts'

/**
 * Lets a pod stay 300 s on a node that is not ready or unreachable, unless it says itself how long; changes `spec`.
 * Models: plugin/pkg/admission/defaulttolerationseconds/admission.go
 */
export function admitTolerations(spec: Loose): void {
  const tolerations = objectsAt(spec, 'tolerations')
  const tolerates = (key: string) =>
    tolerations.some(
      (toleration) =>
        (toleration.key === key || (toleration.key ?? '') === '') &&
        ((toleration.effect ?? '') === '' || toleration.effect === 'NoExecute'),
    )
  const added = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
    .filter((key) => !tolerates(key))
    .map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }))
  if (added.length > 0) spec.tolerations = [...tolerations, ...added]
}
