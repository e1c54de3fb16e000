/**
 * A text with everything that differs from run to run replaced by a sign: ages, times, addresses, generated suffixes, hashes, uids,
 * versions, node ports. Two runs of one thing read the same behind it.
 */
export function masked(text: string): string {
  let result = text
  for (const [pattern, sign] of MASKS) result = result.replace(pattern, sign)
  return result.replace(/(?:-<x>)+/g, '-<x>').trim()
}

const RANDOM = '[bcdfghjklmnpqrstvwxz2456789]'

const MASKS: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<uid>'],
  [/\b(?:[a-z]+:\/\/)?sha256:[0-9a-f]{6,}/g, '<hash>'],
  [/(?:containerd|docker):\/\/[0-9a-f]+/g, '<hash>'],
  [/\b[0-9a-f]{20,}\b/g, '<hash>'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| ?[+-]\d\d:?\d\d)?(?: [A-Z]{3,4})?/g, '<time>'],
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +\d?\d? ?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* .*?\d{4}(?: [+-]\d{4}| [A-Z]{3,4})?/g,
    '<time>',
  ],
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* +\d+ .*?\d{4}/g,
    '<time>',
  ],
  [/\b\d{4}-\d\d-\d\d\b/g, '<time>'],
  [/\b\d{1,2}:\d\d:\d\d(?:\.\d+)?\b/g, '<time>'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?:\/\d+)?\b/g, '<ip>'],
  [/\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}(?:\/\d+)?\b/gi, '<ip>'],
  [
    /\b(?:node-[a-f]\d+|(?:kubernetes-)?(?:node|minion)-[a-z0-9]{4}|ip-\d+-\d+-\d+-\d+[a-z0-9.-]*|gke-[a-z0-9-]+|minikube|worker-?\d|kind-control-plane)\b/g,
    '<node>',
  ],
  [/-[0-9]{8,10}-[a-z0-9]{5}\b/g, '-<x>'],
  [/-[0-9a-f]{6,10}-[a-z0-9]{5}\b/g, '-<x>'],
  [new RegExp(`-${RANDOM}{8,10}(?:-${RANDOM}{5})?(?![a-z0-9])`, 'g'), '-<x>'],
  [new RegExp(`-${RANDOM}{5}(?![a-z0-9-])`, 'g'), '-<x>'],
  [/-(?=[a-z0-9]*[0-9])(?=[a-z0-9]*[a-z])[a-z0-9]{5}(?![a-z0-9-])/g, '-<x>'],
  [/-[0-9]{7,10}(?![a-z0-9])/g, '-<x>'],
  [/-[0-9a-f]{8,10}(?![a-z0-9])/g, '-<x>'],
  [/\b(?:\d+(?:\.\d+)?(?:y|d|h|ms|µs|us|m|s)){1,3}(?= ago\b| *\(x|\b(?![A-Za-z0-9]))/g, '<age>'],
  [/<invalid>|<unknown> ago/g, '<age>'],
  [/:3[0-2]\d{3}(?=\/)/g, ''],
  [/:3[0-2]\d{3}\b/g, ':<port>'],
  [/((?:pod-template|controller-revision)-hash=)[a-z0-9-]+/g, '$1<x>'],
  [/"[^"\s]*\/([\w.-]+\.(?:ya?ml|json))"/g, '"$1"'],
  [/\bv?\d+\.\d+(?:\.\d+)+(?:[-+][\w.-]+)?/g, '<version>'],
  [/\bv\d+\.\d+(?:[-+][\w.-]+)?/g, '<version>'],
  [/resourceVersion: ?"?\d+"?/g, 'resourceVersion: <n>'],
]

/** A value whose key says that it differs from run to run. */
export function isVolatileKey(key: string): boolean {
  return VOLATILE.has(key) || /(?:Time|Timestamp|At)$/.test(key)
}

const VOLATILE: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'selfLink',
  'creationTimestamp',
  'generation',
  'observedGeneration',
  'nodeName',
  'hostIP',
  'hostIPs',
  'podIP',
  'podIPs',
  'ip',
  'clusterIP',
  'clusterIPs',
  'nodePort',
  'containerID',
  'imageID',
  'pod-template-hash',
  'controller-revision-hash',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
  'generateName',
  'restartCount',
  'finishedAt',
  'startedAt',
  'healthCheckNodePort',
])
