import { defineIndex, type Entity, type World } from '../../../kernel/index.ts'
import { type PodContainer, podSpec } from '../endpoints/podFacts.ts'
import type { ObjectEntity } from '../object/object.ts'

/** A shell loop that sends one request after another: what, and how long it pauses in between (in ms, with the start of the program). */
export interface RequestLoop {
  readonly url: string
  readonly pauseMs: number
}

/** Starting `sleep` and `wget` takes a while by itself. */
const START_MS = 4

/**
 * Reads a script such as `while sleep 0.01; do wget -q -O- http://php-apache; done`: an endless loop whose body sends a request.
 * Undefined for everything else.
 */
export function requestLoop(script: string): RequestLoop | undefined {
  const loop = /\b(while|until)\s+([\s\S]*?)[;\n]\s*do\s([\s\S]*?)[;\n]\s*done/.exec(script)
  if (!loop) return undefined
  const [, word, test = '', body = ''] = loop
  const endless =
    word === 'until' ? /^\s*false\s*$/.test(test) : /^\s*(true|:|\[ 1 \]|sleep\s+[\d.]+m?s?)\s*$/.test(test)
  if (!endless) return undefined
  const command = /\b(wget|curl)\b([^;&|\n]*)/.exec(body)
  if (!command) return undefined
  const url = (command[2] ?? '')
    .split(/\s+/)
    .map((word) => word.replace(/^["']|["']$/g, ''))
    .find(
      (word) =>
        /^(https?:\/\/)?[a-z0-9$][\w.$-]*(:\d+)?(\/\S*)?$/i.test(word) && !/^\d+$/.test(word) && !word.startsWith('-'),
    )
  if (url === undefined || url.includes('$')) return undefined
  let pauseMs = START_MS
  for (const pause of `${test}\n${body}`.matchAll(/\bsleep\s+([\d.]+)(m?)/g))
    pauseMs += Number(pause[1]) * (pause[2] === 'm' ? 60_000 : 1000)
  return { url, pauseMs }
}

/** The loop that a container's command is, if it is one. Remembered by the container's immutable spec. */
export function loopOfContainer(container: PodContainer): RequestLoop | undefined {
  let known = ofContainer.get(container)
  if (known === undefined) {
    const words = [...(container.command ?? []), ...(container.args ?? [])]
    known = words.map(requestLoop).find((loop) => loop !== undefined) ?? null
    ofContainer.set(container, known)
  }
  return known ?? undefined
}

/** Pods with a container whose command is a loop of requests. */
export const loopingPods = defineIndex('k8s.loopingPods', ['k8s.Pod'], (entity) =>
  (podSpec(entity as ObjectEntity).containers ?? []).some((container) => loopOfContainer(container))
    ? 'loop'
    : undefined,
)

/** A loop under way, and the container or session that runs it. */
export interface RunningLoop extends RequestLoop {
  readonly id: string
}

/** Every loop of requests that runs now: as the command of a container, or as a command that somebody typed. */
export function runningLoops(world: World): readonly RunningLoop[] {
  const loops: RunningLoop[] = []
  const counted = new Set<string>()
  for (const pod of world.lookup(loopingPods, 'loop') as readonly ObjectEntity[]) {
    for (const container of podSpec(pod).containers ?? []) {
      const loop = loopOfContainer(container)
      const id = `k8s.Container/${pod.metadata.namespace}/${pod.metadata.name}/${container.name}`
      if (!loop || world.get(id)?.state !== 'Running') continue
      loops.push({ id, ...loop })
      counted.add(id)
    }
  }
  for (const entity of world.all('shell.Process')) {
    const { owner, command } = entity as Entity & { readonly command?: string }
    if (owner === undefined || counted.has(owner) || command === undefined || command.startsWith('kubectl ')) continue
    const loop = requestLoop(command)
    if (loop) loops.push({ id: owner, ...loop })
  }
  return loops
}

const ofContainer = new WeakMap<PodContainer, RequestLoop | null>()
