import type { Taint, Toleration } from './objects.ts'

/**
 * Whether one toleration covers one taint. Models: k8s.io/component-helpers/scheduling/corev1 ToleratesTaint;
 * `Gt` and `Lt` are behind a gate that is off by default, so such a toleration covers nothing.
 */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false
  if (toleration.key && toleration.key !== taint.key) return false
  if (!toleration.operator || toleration.operator === 'Equal') return (toleration.value ?? '') === (taint.value ?? '')
  return toleration.operator === 'Exists'
}

/** The first taint with an effect that keeps pods away (NoSchedule, NoExecute) and that nothing covers. */
export function untoleratedTaint(
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[] | undefined,
): Taint | undefined {
  return taints?.find(
    (taint) =>
      (taint.effect === 'NoSchedule' || taint.effect === 'NoExecute') &&
      !tolerations?.some((toleration) => tolerates(toleration, taint)),
  )
}
