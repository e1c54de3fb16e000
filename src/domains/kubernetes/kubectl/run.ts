import type { Json } from '../../../kernel/index.ts'
import type { Loose } from '../api/loose.ts'
import { applyMergePatch } from '../api/patch/jsonPatch.ts'
import { parseYaml } from '../api/yamlText.ts'
import { create } from '../apiserver/create.ts'
import { remove } from '../apiserver/remove.ts'
import { isAlive } from '../kubelet/container.ts'
import { find, type ObjectEntity } from '../object/object.ts'
import type { Ask } from './ask.ts'
import { attachOn, attachTo } from './attach.ts'
import type { Command, Reply } from './command.ts'
import { pairs } from './create/generator.ts'
import { commandOf } from './create/workloads.ts'
import { DRY_RUN, FIELD_MANAGER, PRINT_FLAGS, RECORD } from './globalFlags.ts'
import { containerNamed } from './pods.ts'
import { Problem, refuseAs, stop } from './problem.ts'
import { resourceNamed } from './select.ts'
import { createAndTell } from './writing.ts'

interface Running {
  readonly step: 'starting' | 'attached' | 'expose' | 'removing'
  readonly shown: number
  readonly until: number
  readonly exit: number
}

/** Models: kubectl/pkg/cmd/run */
export const run: Command = {
  name: 'run',
  summary: 'Run a particular image on the cluster',
  usage:
    'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  flags: [
    ...PRINT_FLAGS,
    DRY_RUN,
    FIELD_MANAGER,
    RECORD,
    { name: 'image', value: "''", says: 'The image' },
    { name: 'image-pull-policy', value: "''", says: 'Always, IfNotPresent or Never' },
    { name: 'env', short: 'e', value: '[]', type: 'texts', says: 'KEY=VALUE' },
    { name: 'port', value: "''", says: 'Port that the container exposes' },
    { name: 'expose', says: 'Also make a Service for the port' },
    { name: 'labels', short: 'l', value: "''", says: 'key=value,key=value' },
    { name: 'annotations', value: '[]', type: 'texts', says: 'key=value' },
    { name: 'restart', value: "'Always'", says: 'Always, OnFailure or Never' },
    { name: 'command', says: 'What follows is the command and not its arguments' },
    { name: 'stdin', short: 'i', says: 'Keep standard input open' },
    { name: 'tty', short: 't', says: 'Give it a terminal' },
    { name: 'attach', says: 'Attach to it once it runs' },
    { name: 'rm', says: 'Delete it after the command has ended' },
    { name: 'quiet', short: 'q', says: 'No remarks' },
    { name: 'leave-stdin-open', says: 'Leave standard input open after the first attach' },
    { name: 'privileged', says: 'Run it privileged' },
    { name: 'overrides', value: "''", says: 'JSON to merge into the pod' },
    { name: 'override-type', value: "'merge'", says: 'json, merge or strategic' },
    { name: 'grace-period', value: '-1', type: 'int', says: 'Seconds given to what is deleted' },
    { name: 'force', says: 'Delete at once' },
    { name: 'timeout', value: '0s', type: 'duration', says: 'How long to wait for a deletion' },
    { name: 'pod-running-timeout', value: '1m0s', type: 'duration', says: 'How long to wait for it to run' },
    { name: 'save-config', says: 'Remember the configuration in an annotation' },
    { name: 'cascade', value: "'background'", bare: 'background', says: 'What becomes of dependents' },
    { name: 'wait', says: 'Wait for deletions' },
  ],
  examples: [
    'kubectl run nginx --image=nginx',
    'kubectl run -i -t busybox --image=busybox --restart=Never',
    'kubectl run tmp --rm -it --image=busybox --restart=Never -- wget -qO- http://web',
  ],
  run(ask) {
    const name = ask.args[0]
    if (name === undefined || ask.given.dash === 0)
      throw new Problem("error: NAME is required for run\nSee 'kubectl run -h' for help and examples")
    if (!ask.text('image')) stop('required flag(s) "image" not set')
    const interactive = ask.flag('stdin') || ask.flag('tty')
    const attaches = ask.flag('attach', interactive)
    if (ask.flag('tty') && !ask.flag('stdin')) stop('-i/--stdin is required for containers with -t/--tty=true')
    if (ask.flag('rm') && !attaches) stop('--rm should only be used for attached containers')
    if (attaches && ask.dryRun !== 'none')
      stop("--dry-run=server|client can't be used with attached containers options (--attach, --stdin, or --tty)")
    if (ask.flag('expose') && !ask.text('port')) stop('--port must be set when exposing a service')
    if (!['Always', 'OnFailure', 'Never'].includes(ask.text('restart') ?? 'Always'))
      stop(`invalid restart policy: ${ask.text('restart')}`)
    const pod = podOf(ask, name)
    const resource = resourceNamed(ask, 'pods')
    if (!attaches) {
      const act = createAndTell(ask, resource, pod)
      if (act.trouble) throw new Problem(act.trouble.full)
      if (!ask.flag('expose')) return { exit: 0, emit: act.emit }
      if (ask.dryRun !== 'none') return serve(ask, name)
      return {
        wait: { after: 1 },
        emit: act.emit,
        state: { step: 'expose', shown: 0, until: 0, exit: 0 } as unknown as Json,
      }
    }
    const made = create(ask.world, pod, {})
    if (!made.ok) return refuseAs(made)
    return {
      wait: { after: 1 },
      emit: made.emit,
      state: {
        step: 'starting',
        shown: 0,
        until: ask.world.now + (ask.duration('pod-running-timeout') ?? 60_000),
        exit: 0,
      } as unknown as Json,
    }
  },
  resume(ask, saved) {
    const state = saved as unknown as Running
    const name = ask.args[0] ?? ''
    if (state.step === 'expose') return serve(ask, name)
    const pod = find(ask.world, 'Pod', ask.namespace, name)
    if (state.step === 'removing') return finish(ask, state, pod)
    if (!pod) return { exit: state.exit }
    const container = containerNamed(ask.world, pod, name)
    if (state.step === 'starting') {
      const over = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
      if (!over && !(container && (isAlive(container) || container.ended))) {
        if (ask.world.now >= state.until) throw new Problem('error: timed out waiting for the condition')
        return { wait: { changeOf: ['k8s.Pod', 'k8s.Container'], after: state.until - ask.world.now }, state: saved }
      }
      return attachTo(ask, pod, container, { ...state, step: 'attached' }, (end) => after(ask, state, pod, end))
    }
    return attachOn(ask, pod, container, state as unknown as { shown: number }, (end) => after(ask, state, pod, end))
  },
}

function podOf(ask: Ask, name: string): Loose {
  const labels = ask.text('labels') ? pairs([ask.text('labels') as string], 'labels') : { run: name }
  const command = commandOf(ask)
  const port = ask.text('port')
  const env = ask.list('env').map((text) => {
    const cut = text.indexOf('=')
    if (cut <= 0) return stop(`invalid env: ${text}`)
    return { name: text.slice(0, cut), value: text.slice(cut + 1) }
  })
  const notes = ask.list('annotations')
  const interactive = ask.flag('stdin')
  const pod: Loose = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels,
      ...(notes.length > 0 ? { annotations: pairs(notes, 'annotations') } : {}),
      ...(ask.dryRun === 'client' && !ask.namespaceGiven ? {} : { namespace: ask.namespace }),
    },
    spec: {
      containers: [
        {
          image: ask.text('image'),
          name,
          resources: {},
          ...(port ? { ports: [{ containerPort: Number(port) }] } : {}),
          ...(env.length > 0 ? { env } : {}),
          ...(command.length > 0 ? { [ask.flag('command') ? 'command' : 'args']: command } : {}),
          ...(ask.text('image-pull-policy') ? { imagePullPolicy: ask.text('image-pull-policy') } : {}),
          ...(interactive ? { stdin: true, ...(ask.flag('leave-stdin-open') ? {} : { stdinOnce: true }) } : {}),
          ...(ask.flag('tty') ? { tty: true } : {}),
          ...(ask.flag('privileged') ? { securityContext: { privileged: true } } : {}),
        },
      ],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: ask.text('restart') ?? 'Always',
    },
    ...(ask.dryRun === 'client' ? { status: {} } : {}),
  }
  const overrides = ask.text('overrides')
  if (!overrides) return pod
  const { value, problem } = parseYaml(overrides)
  return problem ? stop(`invalid --overrides: ${problem.message}`) : (applyMergePatch(pod, value) as Loose)
}

function serve(ask: Ask, name: string): Reply {
  const labels = ask.text('labels') ? pairs([ask.text('labels') as string], 'labels') : { run: name }
  const port = Number(ask.text('port'))
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...(ask.dryRun === 'client' ? {} : { namespace: ask.namespace }) },
    spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: labels },
  }
  const act = createAndTell(ask, resourceNamed(ask, 'services'), service)
  if (act.trouble) throw new Problem(act.trouble.full)
  return { exit: 0, emit: act.emit }
}

/** After its process has ended: deletes the pod if that was asked for, and ends as it did. */
function after(ask: Ask, state: Running, pod: ObjectEntity, end: number): Reply {
  if (!ask.flag('rm')) return end === 0 || ask.text('restart') !== 'Never' ? { exit: 0 } : failedPod(ask, pod, end)
  const result = remove(ask.world, resourceNamed(ask, 'pods'), ask.namespace, pod.metadata.name, {
    propagationPolicy: 'Background',
  })
  const exit = ask.text('restart') === 'Never' ? end : 0
  if (!ask.flag('quiet')) ask.out(`pod "${pod.metadata.name}" deleted from ${ask.namespace} namespace\n`)
  if (!result.ok) return { exit }
  return { wait: { after: 1 }, emit: result.emit, state: { ...state, step: 'removing', exit } as unknown as Json }
}

function failedPod(ask: Ask, pod: ObjectEntity, end: number): Reply {
  ask.err(`pod ${ask.namespace}/${pod.metadata.name} terminated (Error)\n`)
  return { exit: end }
}

function finish(ask: Ask, state: Running, pod: ObjectEntity | undefined): Reply {
  if (pod) return { wait: { changeOf: ['k8s.Pod'] }, state: state as unknown as Json }
  if (state.exit !== 0) ask.err(`pod ${ask.namespace}/${ask.args[0]} terminated (Error)\n`)
  return { exit: state.exit }
}
