import { humanDuration } from '../../api/humanDuration.ts'
import { type Loose, objectAt, objectsAt, textAt, valueAt } from '../../api/loose.ts'
import { type PrintablePod, podColumns } from '../../pod/podStatus.rule.ts'
import {
  age,
  ageOf,
  boolCell,
  containerCells,
  count,
  labelText,
  nameOf,
  type Printer,
  type Seen,
  selectorCell,
} from './printer.ts'

/** Pods and what makes them. Models: pkg/printers/internalversion/printers.go */
export const workloadPrinters: Readonly<Record<string, Printer>> = {
  Pod: {
    columns: ['Name', 'Ready', 'Status', 'Restarts', 'Age', 'IP*', 'Node*', 'Nominated Node*', 'Readiness Gates*'],
    row: (pod, seen) => {
      const { ready, status, restarts } = podColumns({ pod: pod as unknown as PrintablePod, now: seen.now })
      const ip = objectsAt(pod, 'status', 'podIPs')[0]?.ip ?? valueAt(pod, 'status', 'podIP')
      return [
        nameOf(pod),
        ready,
        status,
        restarts,
        age(pod, seen),
        String(ip ?? '<none>'),
        textAt(pod, 'spec', 'nodeName') || '<none>',
        textAt(pod, 'status', 'nominatedNodeName') || '<none>',
        gates(pod),
      ]
    },
  },
  Deployment: {
    columns: ['Name', 'Ready', 'Up-to-date', 'Available', 'Age', 'Containers*', 'Images*', 'Selector*'],
    row: (object, seen) => [
      nameOf(object),
      `${count(object, 'status', 'readyReplicas')}/${count(object, 'spec', 'replicas')}`,
      count(object, 'status', 'updatedReplicas'),
      count(object, 'status', 'availableReplicas'),
      age(object, seen),
      ...containerCells(templateOf(object)),
      selectorCell(object, 'spec', 'selector'),
    ],
  },
  ReplicaSet: replicas(true),
  ReplicationController: replicas(false),
  StatefulSet: {
    columns: ['Name', 'Ready', 'Age', 'Containers*', 'Images*'],
    row: (object, seen) => [
      nameOf(object),
      `${count(object, 'status', 'readyReplicas')}/${count(object, 'spec', 'replicas')}`,
      age(object, seen),
      ...containerCells(templateOf(object)),
    ],
  },
  DaemonSet: {
    columns: [
      'Name',
      'Desired',
      'Current',
      'Ready',
      'Up-to-date',
      'Available',
      'Node Selector',
      'Age',
      'Containers*',
      'Images*',
      'Selector*',
    ],
    row: (object, seen) => [
      nameOf(object),
      count(object, 'status', 'desiredNumberScheduled'),
      count(object, 'status', 'currentNumberScheduled'),
      count(object, 'status', 'numberReady'),
      count(object, 'status', 'updatedNumberScheduled'),
      count(object, 'status', 'numberAvailable'),
      labelText(valueAt(templateOf(object), 'nodeSelector')),
      age(object, seen),
      ...containerCells(templateOf(object)),
      selectorCell(object, 'spec', 'selector'),
    ],
  },
  Job: {
    columns: ['Name', 'Status', 'Completions', 'Duration', 'Age', 'Containers*', 'Images*', 'Selector*'],
    row: (job, seen) => [
      nameOf(job),
      jobStatus(job),
      completions(job),
      jobDuration(job, seen),
      age(job, seen),
      ...containerCells(templateOf(job)),
      selectorCell(job, 'spec', 'selector'),
    ],
  },
  CronJob: {
    columns: [
      'Name',
      'Schedule',
      'Timezone',
      'Suspend',
      'Active',
      'Last Schedule',
      'Age',
      'Containers*',
      'Images*',
      'Selector*',
    ],
    row: (job, seen) => {
      const last = valueAt(job, 'status', 'lastScheduleTime')
      return [
        nameOf(job),
        textAt(job, 'spec', 'schedule'),
        textAt(job, 'spec', 'timeZone') || '<none>',
        boolCell(valueAt(job, 'spec', 'suspend')),
        String(objectsAt(job, 'status', 'active').length),
        last ? ageOf(last, seen.now) : '<none>',
        age(job, seen),
        ...containerCells(objectAt(job, 'spec', 'jobTemplate', 'spec', 'template', 'spec')),
        selectorCell(job, 'spec', 'jobTemplate', 'spec', 'selector'),
      ]
    },
  },
  HorizontalPodAutoscaler: {
    columns: ['Name', 'Reference', 'Targets', 'MinPods', 'MaxPods', 'Replicas', 'Age'],
    row: (hpa, seen) => [
      nameOf(hpa),
      `${textAt(hpa, 'spec', 'scaleTargetRef', 'kind')}/${textAt(hpa, 'spec', 'scaleTargetRef', 'name')}`,
      hpaTargets(hpa),
      String(valueAt(hpa, 'spec', 'minReplicas') ?? '<unset>'),
      count(hpa, 'spec', 'maxReplicas'),
      count(hpa, 'status', 'currentReplicas'),
      age(hpa, seen),
    ],
  },
  PodDisruptionBudget: {
    columns: ['Name', 'Min Available', 'Max Unavailable', 'Allowed Disruptions', 'Age'],
    row: (pdb, seen) => [
      nameOf(pdb),
      String(valueAt(pdb, 'spec', 'minAvailable') ?? 'N/A'),
      String(valueAt(pdb, 'spec', 'maxUnavailable') ?? 'N/A'),
      count(pdb, 'status', 'disruptionsAllowed'),
      age(pdb, seen),
    ],
  },
  ControllerRevision: {
    columns: ['Name', 'Controller', 'Revision', 'Age'],
    row: (object, seen) => {
      const owner = objectsAt(object, 'metadata', 'ownerReferences').find((one) => one.controller)
      const kind = owner
        ? `${textAt(owner, 'kind').toLowerCase()}${textAt(owner, 'apiVersion').includes('/') ? `.${textAt(owner, 'apiVersion').split('/')[0]}` : ''}`
        : ''
      return [
        nameOf(object),
        owner ? `${kind}/${textAt(owner, 'name')}` : '<none>',
        count(object, 'revision'),
        age(object, seen),
      ]
    },
  },
  PodTemplate: {
    columns: ['Name', 'Containers', 'Images', 'Pod Labels'],
    row: (object) => [
      nameOf(object),
      ...containerCells(objectAt(object, 'template', 'spec')),
      labelText(valueAt(object, 'template', 'metadata', 'labels')),
    ],
  },
}

function replicas(objectSelector: boolean): Printer {
  return {
    columns: ['Name', 'Desired', 'Current', 'Ready', 'Age', 'Containers*', 'Images*', 'Selector*'],
    row: (object, seen) => [
      nameOf(object),
      count(object, 'spec', 'replicas'),
      count(object, 'status', 'replicas'),
      count(object, 'status', 'readyReplicas'),
      age(object, seen),
      ...containerCells(templateOf(object)),
      objectSelector ? selectorCell(object, 'spec', 'selector') : labelText(valueAt(object, 'spec', 'selector')),
    ],
  }
}

function templateOf(object: Loose): Loose | undefined {
  return objectAt(object, 'spec', 'template', 'spec')
}

function gates(pod: Loose): string {
  const wanted = objectsAt(pod, 'spec', 'readinessGates').map((one) => textAt(one, 'conditionType'))
  if (wanted.length === 0) return '<none>'
  const true_ = new Set(
    objectsAt(pod, 'status', 'conditions')
      .filter((one) => one.status === 'True')
      .map((one) => one.type),
  )
  return `${wanted.filter((type) => true_.has(type)).length}/${wanted.length}`
}

/** The STATUS of a Job. */
export function jobStatus(job: Loose): string {
  const is = (type: string) =>
    objectsAt(job, 'status', 'conditions').some((one) => one.type === type && one.status === 'True')
  if (is('Complete')) return 'Complete'
  if (is('Failed')) return 'Failed'
  if (valueAt(job, 'metadata', 'deletionTimestamp')) return 'Terminating'
  if (is('Suspended')) return 'Suspended'
  if (is('FailureTarget')) return 'FailureTarget'
  if (is('SuccessCriteriaMet')) return 'SuccessCriteriaMet'
  return 'Running'
}

function completions(job: Loose): string {
  const done = count(job, 'status', 'succeeded')
  const wanted = valueAt(job, 'spec', 'completions')
  if (wanted !== undefined && wanted !== null) return `${done}/${wanted}`
  const parallelism = Number(valueAt(job, 'spec', 'parallelism') ?? 0)
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`
}

function jobDuration(job: Loose, { now }: Seen): string {
  const start = textAt(job, 'status', 'startTime')
  if (start === '') return ''
  const end = textAt(job, 'status', 'completionTime')
  return humanDuration((end === '' ? now : Date.parse(end)) - Date.parse(start))
}

/** `cpu: 10%/50%`, several joined, at most three. Models: formatHPAMetrics */
export function hpaTargets(hpa: Loose): string {
  const specs = objectsAt(hpa, 'spec', 'metrics')
  if (specs.length === 0) {
    const target = valueAt(hpa, 'spec', 'targetCPUUtilizationPercentage')
    if (target === undefined) return '<none>'
    const current = valueAt(hpa, 'status', 'currentCPUUtilizationPercentage')
    return `cpu: ${current === undefined ? '<unknown>' : `${current}%`}/${target}%`
  }
  const now = objectsAt(hpa, 'status', 'currentMetrics')
  const list = specs.map((spec, i) => metric(spec, now[i]))
  return list.length > 2 ? `${list.slice(0, 2).join(', ')} + ${list.length - 2} more...` : list.join(', ')
}

function metric(spec: Loose, status: Loose | undefined): string {
  const type = textAt(spec, 'type')
  const key = type.charAt(0).toLowerCase() + type.slice(1)
  const of = objectAt(spec, key)
  const target = objectAt(of, 'target')
  const current = objectAt(status, key, 'current')
  const name = textAt(of, 'name') || textAt(of, 'metric', 'name')
  const average = target?.averageValue !== undefined
  if (type === 'Resource' || type === 'ContainerResource') {
    const lead = `${name}: `
    if (average) return `${lead}${String(current?.averageValue ?? '<unknown>')}/${String(target?.averageValue)}`
    const wanted = target?.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`
    return `${lead}${current?.averageUtilization === undefined ? '<unknown>' : `${current.averageUtilization}%`}/${wanted}`
  }
  if (type === 'Pods') return `${String(current?.averageValue ?? '<unknown>')}/${String(target?.averageValue)}`
  if (average) return `${String(current?.averageValue ?? '<unknown>')}/${String(target?.averageValue)} (avg)`
  return `${String(current?.value ?? '<unknown>')}/${String(target?.value)}`
}
