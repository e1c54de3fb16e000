import type { Loose } from '../api/loose.ts'
import { create } from '../apiserver/create.ts'
import { SCALABLE } from '../apiserver/scale.ts'
import { changing } from './changing.ts'
import { DRY_RUN, FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, RECORD } from './globalFlags.ts'
import { misuse, Problem, stop } from './problem.ts'
import { resourceNamed } from './select.ts'
import { conclude, tell } from './writing.ts'

/** Models: kubectl/pkg/cmd/autoscale */
export const autoscale = changing({
  name: 'autoscale',
  summary: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  usage: '(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY] [flags]',
  completes: 'resources',
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    DRY_RUN,
    FIELD_MANAGER,
    RECORD,
    { name: 'min', value: '-1', type: 'int', says: 'At least so many pods' },
    { name: 'max', value: '-1', type: 'int', says: 'At most so many pods' },
    { name: 'cpu', value: "''", says: 'Target: 50% of the request, or an amount' },
    { name: 'memory', value: "''", says: 'Target: 50% of the request, or an amount' },
    { name: 'cpu-percent', value: '-1', type: 'int', says: 'Target percentage (deprecated)' },
    { name: 'name', value: "''", says: 'Name of the autoscaler' },
  ],
  examples: ['kubectl autoscale deployment foo --min=2 --max=10', 'kubectl autoscale rc foo --max=5 --cpu=80%'],
  targets(ask) {
    const max = ask.number('max') ?? -1
    const min = ask.number('min') ?? -1
    if (max < 1) misuse(ask.path, `--max=MAXPODS is required and must be at least 1, max: ${max}`)
    if (max < min) misuse(ask.path, `--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`)
    if (ask.has('cpu-percent'))
      ask.err(
        "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).\n",
      )
    return { args: ask.args }
  },
  change(ask, { resource, name }) {
    if (!SCALABLE.includes(resource.kind))
      throw new Problem(
        `error: cannot autoscale a ${resource.kind}${resource.group === '' ? '' : `.${resource.group}`}: ${`could not find the scale subresource`}`,
      )
    const min = ask.number('min') ?? -1
    const percent = ask.number('cpu-percent') ?? -1
    const cpu = ask.text('cpu') || (percent >= 0 ? `${percent}%` : '')
    const metrics = (
      [
        ['cpu', cpu],
        ['memory', ask.text('memory') ?? ''],
      ] as const
    ).flatMap(([what, text]) => (text === '' ? [] : [metric(what, text)]))
    const version = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
    const hpa: Loose = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: ask.text('name') || name, ...(ask.dryRun === 'client' ? {} : { namespace: ask.namespace }) },
      spec: {
        maxReplicas: ask.number('max'),
        ...(metrics.length > 0 ? { metrics } : {}),
        ...(min > 0 ? { minReplicas: min } : {}),
        scaleTargetRef: { apiVersion: version, kind: resource.kind, name },
      },
    }
    const hpas = resourceNamed(ask, 'hpa')
    if (ask.dryRun === 'client') {
      tell(ask, hpas, hpa, 'autoscaled')
      return {}
    }
    return conclude(ask, hpas, create(ask.world, hpa, {}), 'autoscaled')
  },
})

function metric(name: string, text: string): Loose {
  const percent = /^(\d+)%$/.exec(text)
  if (!percent && !/^\d+(\.\d+)?[A-Za-z]*$/.test(text)) return stop(`invalid ${name} target: ${text}`)
  const target = percent
    ? { averageUtilization: Number(percent[1]), type: 'Utilization' }
    : { averageValue: text, type: 'AverageValue' }
  return { resource: { name, target }, type: 'Resource' }
}
