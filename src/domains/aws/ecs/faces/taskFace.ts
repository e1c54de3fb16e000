import type { Face, FaceFix } from '../../../../kernel/index.ts'
import { logsOf } from '../../../docker/index.ts'
import { zoneId } from '../../../places/index.ts'
import { describeTask } from '../task/describeTask.ts'
import { definitionOf, type Task } from '../task/task.ts'
import { containersOf, taskHealth } from '../task/taskContainers.ts'
import { taskShape } from '../task/taskShape.ts'
import { ageOf, plain, regionFlag, TASK_TONES } from './words.ts'

/** What a service might have been told instead of its own placement strategy. */
const STRATEGIES = [
  ['Pack by `memory`', 'type=binpack,field=memory'],
  ['Pack by `cpu`', 'type=binpack,field=cpu'],
  ['Spread over zones', 'type=spread,field=attribute:ecs.availability-zone'],
  ['Spread over instances', 'type=spread,field=instanceId'],
] as const

/** A task: a chip on its instance; in its zone on Fargate, where no instance is to be seen; in the cluster while it has no place. */
export const taskFace: Face<Task> = {
  label: 'Task',
  plural: 'Tasks',
  pictogram: 'task',
  shape: 'chip',
  within: ({ state, instance, zone, clusterId }, world) =>
    state === 'STOPPED'
      ? null
      : (instance ?? (zone !== undefined && world.get(zoneId(zone)) ? zoneId(zone) : clusterId)),
  look(task, world) {
    const definition = definitionOf(world, task)
    const health = task.state === 'RUNNING' ? taskHealth(world, task) : 'UNKNOWN'
    const failed = task.stopCode === 'TaskFailedToStart' || task.stopCode === 'EssentialContainerExited'
    const tone =
      health === 'UNHEALTHY' || (failed && task.state !== 'RUNNING') ? 'err' : (TASK_TONES[task.state] ?? 'idle')
    const { cpu, memory } = task.takes
    return {
      title: `${task.service === undefined ? task.group : task.service.slice(task.service.lastIndexOf('/') + 1)}-${task.taskId.slice(0, 5)}`,
      note: `${definition.family}:${definition.revision}`,
      tone,
      word: health === 'UNHEALTHY' ? 'Unhealthy' : plain(task.state),
      detail:
        task.stoppedReason ??
        (task.state === 'PROVISIONING' && task.instance === undefined && task.launchType !== 'FARGATE'
          ? 'It waits for an instance with enough room.'
          : task.pulling && task.state === 'PENDING' && task.pulling.until > world.now
            ? `Pulling ${task.pulling.images.join(', ')}`
            : undefined),
      due: task.pulling && task.state === 'PENDING' && task.pulling.until > world.now ? task.pulling.until : undefined,
      spine: ageOf(task, world),
      figures: cpu > 0 ? [`${cpu} CPU`] : [],
      facts: [
        ['task', task.taskId],
        ['revision', `${definition.family}:${definition.revision}`],
        ['last status', task.state],
        ['desired status', task.desiredStatus],
        ['health', health],
        ['group', task.group],
        ['launch type', task.launchType],
        ['takes', `${cpu} CPU units, ${memory} MiB`],
        ...(task.eni ? [['address', task.eni.ip] as const] : []),
        ...(task.startedBy === undefined ? [] : [['started by', task.startedBy] as const]),
      ],
    }
  },
  asks: (task, world) => {
    const definition = definitionOf(world, task)
    return [
      ['CPU units', String(task.takes.cpu)],
      ['memory', `${task.takes.memory} MiB`],
      ['group', task.group],
      ['network mode', definition.spec.networkMode ?? 'bridge'],
      ...(task.takes.ports?.length ? [['host ports', task.takes.ports.join(', ')] as const] : []),
    ]
  },
  logs(task, world) {
    const containers = containersOf(world, task.id)
    const plans = taskShape(definitionOf(world, task), task.overrides).containers
    return containers
      .flatMap((container, i) =>
        logsOf(world, container).map(({ at, text }) => ({
          at,
          text,
          from: containers.length > 1 ? (plans[i]?.name ?? container.name) : undefined,
        })),
      )
      .sort((a, b) => a.at - b.at)
  },
  actions: ({ cluster, taskId, region, desiredStatus, capacityProviderName, launchType }) =>
    desiredStatus === 'STOPPED'
      ? []
      : [
          {
            id: 'stop',
            label: 'Stop',
            line: `aws ecs stop-task --cluster ${cluster} --task ${taskId}${regionFlag(region)}`,
          },
          { id: 'kill', label: 'Kill its containers', line: `lab ecs fault task ${taskId}`, sort: 'fault' as const },
          ...(launchType === 'FARGATE' && capacityProviderName === 'FARGATE_SPOT'
            ? [{ id: 'spot', label: 'Interrupt (Spot)', line: `lab ecs fault spot ${taskId}`, sort: 'fault' as const }]
            : []),
        ],
  fixes: (task): readonly FaceFix[] =>
    task.state === 'PROVISIONING' && task.instance === undefined && task.launchType !== 'FARGATE'
      ? [
          {
            label: 'Add an instance',
            line: `lab ecs instances --cluster ${task.cluster} --count 1 --type m5.large${regionFlag(task.region)}`,
          },
        ]
      : [],
  changes({ service, cluster, region }): readonly FaceFix[] {
    if (service === undefined) return []
    const at = `aws ecs update-service --cluster ${cluster} --service ${service.slice(service.lastIndexOf('/') + 1)}${regionFlag(region)}`
    return STRATEGIES.map(([label, strategy]) => ({ label, line: `${at} --placement-strategy ${strategy}` }))
  },
  move: {
    'aws.ecs.ContainerInstance': (task) => ({
      refuse: `A task never moves. Stop ${task.taskId.slice(0, 8)} and its service starts another, which may be placed there.`,
    }),
  },
  source: {
    language: 'json',
    text: (task, world) => `${JSON.stringify(describeTask(world, task), null, 2)}\n`,
    apply: ({ taskId }) => `echo 'a task is described by ECS and cannot be edited: ${taskId}'`,
  },
  marks: { StartFailed: 'alert', InstanceLost: 'alert' },
}
