import type { World } from '../../../../kernel/index.ts'
import type { Loose } from '../../api/loose.ts'
import { fillLimits, limitProblems, limitRangesOf } from './limitRanger.ts'
import { admitPriority } from './priority.ts'
import { admitServiceAccount, lendPullSecrets } from './serviceAccountVolume.ts'
import { admitTolerations } from './tolerations.ts'

/** What admission added to a new pod's annotations, or why it is forbidden (the text after `is forbidden: `). */
export type Admission = { readonly annotations?: Readonly<Record<string, string>> } | { readonly forbidden: string }

/**
 * Everything that the mutating and checking plugins do to a new pod, quotas aside; changes `spec`, which must be the caller's own copy;
 * what is drawn for it depends on `salt`.
 * Models: the default plugin order of kube-apiserver (LimitRanger, ServiceAccount, Priority, DefaultTolerationSeconds).
 */
export function admitPod(world: World, namespace: string, spec: Loose, salt: string): Admission {
  const ranges = limitRangesOf(world, namespace)
  const note = fillLimits(ranges, spec)
  const account = admitServiceAccount(world, namespace, spec, salt)
  if (account !== undefined) return { forbidden: account }
  lendPullSecrets(world, namespace, spec)
  const priority = admitPriority(world, spec)
  if (priority !== undefined) return { forbidden: priority }
  admitTolerations(spec)
  const problems = limitProblems(ranges, spec)
  if (problems.length > 0)
    return { forbidden: problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]` }
  return note === undefined ? {} : { annotations: { 'kubernetes.io/limit-ranger': note } }
}
