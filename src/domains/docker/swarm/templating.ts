import type { World } from '../../../kernel/index.ts'
import { renderTemplate, type TemplateFunctions } from '../../../shell/goTemplate.ts'
import { type Blob, blobId } from './blob.ts'
import { swarmId } from './identity.ts'
import type { SwarmNode } from './node.ts'
import type { Service } from './service.ts'
import { type Task, taskName } from './task.ts'

/** Fills in `{{.Node.Hostname}}` and the like, where a service has them in its environment or host name. Models: swarmkit template/context.go */
export function expand(world: World, task: Task, node: SwarmNode, text: string): string {
  if (!text.includes('{{')) return text
  return filled(text, contextOf(world, task, node), {})
}

/** The text of a config or secret, its template filled in. Models: swarmkit template/getter.go */
export function blobText(world: World, task: Task, node: SwarmNode, blob: Blob): string {
  if (blob.template !== 'golang') return blob.text
  const { container, secrets, configs } = task.spec.task
  const other = (sort: 'config' | 'secret', target: unknown): string => {
    const list = sort === 'secret' ? secrets : configs
    const found = list.find((one) => one.target === target || one.name === target)
    return found ? ((world.get(blobId(sort, found.name)) as Blob | undefined)?.text ?? '') : ''
  }
  return filled(blob.text, contextOf(world, task, node), {
    env: ([name]) => container.env?.[String(name)] ?? '',
    secret: ([target]) => other('secret', target),
    config: ([target]) => other('config', target),
  })
}

function filled(text: string, context: unknown, functions: TemplateFunctions): string {
  const answer = renderTemplate(text, context, functions)
  return 'error' in answer ? text : answer.text
}

function contextOf(world: World, task: Task, node: SwarmNode): unknown {
  const service = world.get(task.service) as Service | undefined
  return {
    Service: { ID: service ? swarmId(service) : '', Name: task.spec.name, Labels: task.spec.labels },
    Node: { ID: swarmId(node), Hostname: node.hostname, Platform: { Architecture: 'x86_64', OS: 'linux' } },
    Task: {
      ID: swarmId(task),
      Name: `${taskName(world, task)}.${swarmId(task)}`,
      Slot: task.slot.startsWith('docker.') ? swarmId(node) : task.slot,
    },
  }
}
