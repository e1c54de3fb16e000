import type { Completing, Completion } from '../../../shell/program.ts'
import { allResources, findResource } from '../api/resources.ts'
import { customResources } from '../apiserver/stored.ts'
import { apiWorks } from '../components/component.ts'
import type { ObjectEntity } from '../object/object.ts'
import { every } from '../object/object.ts'
import type { Command } from './command.ts'
import { readFlags } from './flags.ts'
import { GLOBAL_FLAGS } from './globalFlags.ts'
import { currentNamespace } from './kubeconfig.ts'
import { containerNames } from './pods.ts'
import { Problem } from './problem.ts'
import { findCommand } from './route.ts'

/** Live names: types, objects of a type, nodes, pods, namespaces after `-n`, containers after `-c`. */
export function completeKubectl(call: Completing): readonly Completion[] {
  const { world, word } = call
  const routed = findCommand(call.words.slice(1))
  if ('error' in routed || !routed.command || !apiWorks(world)) return []
  const { command, words } = routed
  const namespace = namespaceOf(call, command, words)
  const before = words.at(-1) ?? ''
  if (before === '-n' || before === '--namespace') return names(call, 'Namespace', undefined)
  const args = argsOf(command, words)
  if (before === '-c' || before === '--container') return containers(call, namespace, args[0] ?? '')
  if (word.startsWith('-') || before.startsWith('-')) return []
  if (command.completes === 'nodes') return names(call, 'Node', undefined)
  if (command.completes === 'pods') {
    if (args.length > 0) return []
    return word.includes('/') ? slashed(call, namespace) : names(call, 'Pod', namespace)
  }
  if (command.completes !== 'resources') return []
  const [type] = args
  if (word.includes('/')) return slashed(call, namespace)
  if (type === undefined || type.includes('/')) return types(call)
  const found = findResource(type, customResources(world))
  if ('error' in found) return []
  return names(call, found.resource.kind, found.resource.namespaced ? namespace : undefined).filter(
    ({ text }) => !args.includes(text),
  )
}

function argsOf(command: Command, words: readonly string[]): readonly string[] {
  try {
    return readFlags([...(command.flags ?? []), ...GLOBAL_FLAGS], words, '').args
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    return words.filter((word) => !word.startsWith('-'))
  }
}

function namespaceOf(call: Completing, command: Command, words: readonly string[]): string {
  try {
    const given = readFlags([...(command.flags ?? []), ...GLOBAL_FLAGS], words, '')
    return given.values.namespace?.at(-1) ?? currentNamespace(call)
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    return 'default'
  }
}

function types({ world }: Completing): readonly Completion[] {
  const seen = new Set<string>()
  return allResources(customResources(world)).flatMap(({ plural, kind, verbs }) => {
    if (seen.has(plural) || !verbs.includes('get')) return []
    seen.add(plural)
    return [{ text: plural, says: kind }]
  })
}

function names({ world }: Completing, kind: string, namespace: string | undefined): readonly Completion[] {
  const found: string[] = []
  for (const { metadata } of every(world, kind))
    if (namespace === undefined || metadata.namespace === namespace) found.push(metadata.name)
  return found.sort().map((text) => ({ text, says: kind }))
}

function slashed(call: Completing, namespace: string): readonly Completion[] {
  const type = call.word.slice(0, call.word.indexOf('/'))
  const found = findResource(type, customResources(call.world))
  if ('error' in found) return []
  return names(call, found.resource.kind, found.resource.namespaced ? namespace : undefined).map(({ text, says }) => ({
    text: `${type}/${text}`,
    says,
  }))
}

function containers({ world }: Completing, namespace: string, name: string): readonly Completion[] {
  const pod = world.get(`k8s.Pod/${namespace}/${name}`) as ObjectEntity | undefined
  if (!pod) return []
  const { main, init } = containerNames(pod)
  return [...main, ...init].map((text) => ({ text, says: 'container' }))
}
