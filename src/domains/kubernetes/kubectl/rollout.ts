import type { Json } from '../../../kernel/index.ts'
import { type Loose, valueAt } from '../api/loose.ts'
import { timestamp } from '../object/object.ts'
import type { Ask } from './ask.ts'
import { changing, patched } from './changing.ts'
import type { Command, Reply } from './command.ts'
import { DRY_RUN, FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, SELECTOR } from './globalFlags.ts'
import { Problem, several, stop } from './problem.ts'
import { bad, showHistory, undo } from './rolloutHistory.ts'
import { rolloutStatus } from './rolloutStatus.ts'
import { select, type Target } from './select.ts'
import type { Act } from './writing.ts'

const FLAGS = [...FILE_FLAGS, ...PRINT_FLAGS, SELECTOR, FIELD_MANAGER]

/** Models: kubectl/pkg/cmd/rollout */
export const rollout: Command = {
  name: 'rollout',
  summary: 'Manage the rollout of a resource',
  usage: 'SUBCOMMAND',
  examples: [
    'kubectl rollout undo deployment/abc',
    'kubectl rollout status daemonset/foo',
    'kubectl rollout restart deployment/abc',
  ],
  commands: [
    {
      name: 'history',
      summary: 'View rollout history',
      usage: '(TYPE NAME | TYPE/NAME) [flags]',
      completes: 'resources',
      flags: [...FLAGS, { name: 'revision', value: '0', type: 'int', says: 'Show this revision in full' }],
      run: showHistory,
    },
    changing({
      name: 'pause',
      summary: 'Mark the provided resource as paused',
      usage: 'RESOURCE',
      completes: 'resources',
      flags: FLAGS,
      targets: named,
      change: (ask, target) => pause(ask, target, true),
    }),
    changing({
      name: 'resume',
      summary: 'Resume a paused resource',
      usage: 'RESOURCE',
      completes: 'resources',
      flags: FLAGS,
      targets: named,
      change: (ask, target) => pause(ask, target, false),
    }),
    changing({
      name: 'restart',
      summary: 'Restart a resource',
      usage: 'RESOURCE',
      completes: 'resources',
      flags: FLAGS,
      targets: (ask) => ({ ...named(ask), reading: { all: true } }),
      change: restart,
    }),
    {
      name: 'status',
      summary: 'Show the status of the rollout',
      usage: '(TYPE NAME | TYPE/NAME) [flags]',
      completes: 'resources',
      flags: [
        ...FILE_FLAGS,
        SELECTOR,
        { name: 'watch', short: 'w', says: 'Wait for the end (true)' },
        { name: 'revision', value: '0', type: 'int', says: 'Which revision to watch' },
        { name: 'timeout', value: '0s', type: 'duration', says: 'How long to wait' },
      ],
      run: (ask) => status(ask, { told: '', until: until(ask), at: 0 }),
      resume: (ask, state) => status(ask, state as unknown as Watching),
    },
    changing({
      name: 'undo',
      summary: 'Undo a previous rollout',
      usage: '(TYPE NAME | TYPE/NAME) [flags]',
      completes: 'resources',
      flags: [
        ...FLAGS,
        DRY_RUN,
        { name: 'to-revision', value: '0', type: 'int', says: 'The revision to go back to; 0 is the one before' },
      ],
      targets: named,
      change: undo,
    }),
  ],
}

function named(ask: Ask) {
  if (ask.args.length === 0 && ask.list('filename').length === 0) stop('required resource not specified')
  return { args: ask.args }
}

interface Watching {
  readonly told: string
  readonly until: number
  readonly at: number
}

function until(ask: Ask): number {
  const timeout = ask.duration('timeout') ?? 0
  return timeout > 0 ? ask.world.now + timeout : Number.MAX_SAFE_INTEGER
}

function status(ask: Ask, watching: Watching): Reply {
  if (ask.args.length === 0 && ask.list('filename').length === 0) stop('required resource not specified')
  const selection = select(ask, ask.args, { all: true, latest: true, selector: ask.text('selector') })
  const trouble = several(selection.errors)
  if (trouble !== undefined) throw new Problem(watching.told === '' ? trouble : 'error: object has been deleted')
  if (selection.targets.length === 0) {
    ask.err(`No resources found in ${ask.namespace} namespace.\n`)
    return { exit: 0 }
  }
  for (let at = watching.at; at < selection.targets.length; at++) {
    const target = selection.targets[at] as Target
    const answer = rolloutStatus(target.object as unknown as Loose, ask.number('revision') ?? 0)
    if ('error' in answer) throw new Problem(`error: ${answer.error}`)
    const told = at === watching.at ? watching.told : ''
    if (answer.text !== told) ask.out(answer.text)
    if (answer.done || !ask.flag('watch', true)) continue
    if (ask.world.now >= watching.until) throw new Problem('error: timed out waiting for the condition')
    const left = watching.until - ask.world.now
    return {
      wait: {
        changeOf: [`k8s.${target.resource.kind}`],
        ...(watching.until === Number.MAX_SAFE_INTEGER ? {} : { after: left }),
      },
      state: { told: answer.text, until: watching.until, at } as unknown as Json,
    }
  }
  return { exit: 0 }
}

function pause(ask: Ask, target: Target, on: boolean): Act {
  const { resource, name } = target
  if (resource.kind !== 'Deployment')
    return {
      trouble: bad(`${resource.plural}.${resource.group} "${name}" ${on ? 'pausing' : 'resuming'} is not supported`),
    }
  const paused = valueAt(target.object, 'spec', 'paused') === true
  if (paused === on)
    return {
      trouble: bad(`${resource.plural}.${resource.group} "${name}" ${on ? 'is already paused' : 'is not paused'}`),
    }
  return patched(ask, target, 'merge', { spec: { paused: on ? true : null } }, on ? 'paused' : 'resumed')
}

function restart(ask: Ask, target: Target): Act {
  const { resource, name } = target
  if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(resource.kind))
    return {
      trouble: bad(
        `${resource.plural}${resource.group === '' ? '' : `.${resource.group}`} "${name}" restarting is not supported`,
      ),
    }
  if (valueAt(target.object, 'spec', 'paused') === true)
    return { trouble: bad(`deployments.apps "${name}" can't restart paused deployment (run rollout resume first)`) }
  const time = timestamp(ask.world.now)
  return patched(
    ask,
    target,
    'merge',
    { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': time } } } } },
    'restarted',
  )
}
