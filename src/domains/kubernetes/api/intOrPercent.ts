/** A count, or a share like `25%`, as `maxSurge`, `maxUnavailable` and `minAvailable` take it. */
export type IntOrPercent = number | string

/**
 * The count that `value` means for `total`; a percentage is rounded up or down. Undefined when the text is no percentage.
 * Models: staging/src/k8s.io/apimachinery/pkg/util/intstr/intstr.go GetScaledValueFromIntOrPercent
 */
export function scaledCount(
  value: IntOrPercent | null | undefined,
  total: number,
  roundUp: boolean,
): number | undefined {
  if (value === null || value === undefined) return 0
  if (typeof value === 'number') return value
  const percent = /^([+-]?[0-9]+)%$/.exec(value)?.[1]
  if (percent === undefined) return undefined
  const exact = (Number(percent) * total) / 100
  return (roundUp ? Math.ceil(exact) : Math.floor(exact)) + 0
}
