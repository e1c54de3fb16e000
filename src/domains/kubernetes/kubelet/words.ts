import type { KubeEvent } from '../kubeEvent.ts'
import { type ObjectEntity, timestamp } from '../object/object.ts'

/** A KubeEvent of the kubelet on a node, about a pod or one container of it. */
export function kubeletSays(
  node: string,
  about: string,
  type: KubeEvent['type'],
  reason: string,
  message: string,
  container?: string,
): KubeEvent {
  const said: KubeEvent = { type, reason, message, source: 'kubelet', host: node, about }
  return container === undefined ? said : { ...said, container }
}

/** A pod as the kubelet writes it in its messages: `web_default(uid)`. */
export function podText(pod: ObjectEntity): string {
  return `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`
}

/** A Go duration of ms: `1.5s`, `350ms`, `1m2s`. */
export function durationText(ms: number): string {
  if (ms === 0) return '0s'
  if (ms < 1000) return `${ms}ms`
  const minutes = Math.floor(ms / 60_000)
  const rest = (ms % 60_000) / 1000
  const hours = Math.floor(minutes / 60)
  const seconds = `${Number(rest.toFixed(3))}s`
  if (hours > 0) return `${hours}h${minutes % 60}m${seconds}`
  return minutes > 0 ? `${minutes}m${seconds}` : seconds
}

/** A virtual time as a timestamp; the last one made is remembered, since very many are of one second. */
export function timeText(ms: number): string {
  const second = Math.floor(ms / 1000)
  if (second !== lastSecond) {
    lastSecond = second
    lastText = timestamp(ms)
  }
  return lastText
}

let lastSecond = -1
let lastText = ''
