import type { ApiResource } from '../domains/kubernetes/api/index.ts'
import { findResource, resourcesInCategory } from '../domains/kubernetes/api/resources.ts'
import { customResources } from '../domains/kubernetes/apiserver/stored.ts'
import type { World } from '../kernel/index.ts'
import { type KubectlCall, kubectlCalls } from './kubectlCall.ts'
import { tablesOf } from './tables.ts'
import { treesOf } from './trees.ts'

/** An object that a step takes to be there: named by its command, listed or shown in its documented output. */
export interface Presumed {
  readonly resource: ApiResource
  readonly name: string
  /** Undefined is the session's own namespace, or that of an object of the whole cluster. */
  readonly namespace: string | undefined
  readonly labels: Readonly<Record<string, string>>
  /** Cells of its documented row, by heading. */
  readonly cells: Readonly<Record<string, string>>
  /** The documented object itself, or the part of it that is shown. */
  readonly document?: Readonly<Record<string, unknown>> | undefined
  /** Names of its containers and their image, where they are told. */
  readonly container?: string
  readonly image?: string
}

/** What a line with this documented output presumes, in the order in which it is told. Nothing where a refusal or an emptiness is documented. */
export function presumedBy(line: string, output: string | null, world: World): readonly Presumed[] {
  const text = output ?? ''
  if (/^Error from server|^error:|No resources found|\(NotFound\)|not found\b/m.test(text)) return []
  const calls = kubectlCalls(line)
  const [first] = calls
  return calls.flatMap((call) =>
    presumedByCall(call, call === first ? text : '', output !== null, customResources(world)),
  )
}

const NAMING: ReadonlySet<string> = new Set(
  'get describe delete edit label annotate scale autoscale expose patch wait taint'.split(' '),
)

function presumedByCall(
  call: KubectlCall,
  output: string,
  shown: boolean,
  custom: readonly ApiResource[],
): readonly Presumed[] {
  const { verb, operands, flags } = call
  const hints = { labels: selectorLabels(flags.selector), cells: {}, namespace: call.namespace }
  const one = (word: string, name: string): readonly Presumed[] => {
    const found = findResource(word, custom)
    if ('error' in found || !/^[a-z0-9][a-z0-9.:-]*$/i.test(name)) return []
    const [, image] = /^\s*Image(?:\(s\))?:\s+(\S+)$/m.exec(output) ?? []
    const container = flags.container ?? /^(?:Containers|[ ]*Init Containers):\n\s+([a-z0-9-]+):\s*$/m.exec(output)?.[1]
    return [
      { ...hints, resource: found.resource, name, ...(container ? { container } : {}), ...(image ? { image } : {}) },
    ]
  }
  const named = (words: readonly string[], assumed?: string) =>
    words.flatMap((word) => {
      const [kind, name] = word.split('/') as [string, string?]
      return name !== undefined ? one(kind, name) : assumed === undefined ? [] : one(assumed, kind)
    })
  if (verb === 'logs' || verb === 'exec' || verb === 'attach') return named(operands.slice(0, 1), 'pod')
  if (verb === 'port-forward')
    return named(operands.slice(0, 1), 'pod').flatMap((one) => withBackend(one, operands[1], custom))
  if (verb === 'cp')
    return named(
      operands.flatMap((path) => (path.includes(':') ? [path.split(':')[0] ?? ''] : [])),
      'pod',
    )
  if (verb === 'cordon' || verb === 'uncordon' || verb === 'drain') return named(operands.slice(0, 1), 'node')
  const words = verb === 'rollout' || verb === 'set' || verb === 'top' ? operands.slice(1) : operands
  if (verb === 'top') return named(words, operands[0]?.replace(/s$/, ''))
  if (verb === 'rollout' || verb === 'set') return withKind(words, named)
  if (!NAMING.has(verb) || (verb === 'delete' && !shown)) return []
  const told = withKind(words, named)
  if (verb !== 'get') {
    const [, name] = (verb === 'describe' && /^Name:\s+(\S+)/m.exec(output)) || []
    const kind = words[0] ?? ''
    if (told.length === 0 && name !== undefined) return one(kind, name)
    return told.length > 0 ? told : listedLines(output).flatMap(([word, named]) => one(word, named))
  }
  const documents = documentsOf(output, told, hints, custom)
  const rows = rowsOf(call, output, custom)
  const better = [...documents, ...rows]
  return [
    ...better,
    ...told.filter(
      (each) => !better.some(({ resource, name }) => resource.kind === each.resource.kind && name === each.name),
    ),
  ]
}

function withKind(
  words: readonly string[],
  named: (words: readonly string[], assumed?: string) => readonly Presumed[],
): readonly Presumed[] {
  const names = words.filter((word) => !word.includes('=') && !word.endsWith('-'))
  if (names[0]?.includes('/')) return named(names)
  return (names[0] ?? '').split(',').flatMap((kind) => named(names.slice(1), kind))
}

/** A forwarded Service is presumed with its port and a Pod behind it. */
function withBackend(one: Presumed, ports: string | undefined, custom: readonly ApiResource[]): readonly Presumed[] {
  if (one.resource.kind !== 'Service') return [one]
  const [port = '80'] = /\d+$/.exec(ports ?? '') ?? []
  const labels = { app: one.name }
  const pods = resourceOf('pod', custom).map((resource) => ({ ...one, resource, labels }))
  return [{ ...one, labels, cells: { 'PORT(S)': `${port}/TCP` } }, ...pods]
}

/** `pod/web labeled`, `deployment.apps "web" deleted`: what a documented output says was there. */
function listedLines(output: string): readonly (readonly [string, string])[] {
  return [...output.matchAll(/^([a-z]+)(?:\.[a-z0-9.]+)?(?:\/([^\s"]+)| "([^\s"]+)") [a-z ]+$/gm)].map(
    ([, kind = '', name, quoted]) => [kind, name ?? quoted ?? ''],
  )
}

/** The rows of `kubectl get`, each an object of the listed kind. */
function rowsOf(call: KubectlCall, output: string, custom: readonly ApiResource[]): readonly Presumed[] {
  const tables = tablesOf(output)
  if (!tables || call.flags.output?.startsWith('custom-columns') || call.flags.filename !== undefined) return []
  const words = (call.operands[0] ?? '').split('/')[0]?.split(',') ?? []
  const kinds = words.flatMap((word) =>
    word === 'all' ? resourcesInCategory('all', custom) : resourceOf(word, custom),
  )
  return tables.flatMap(({ headings, rows }, table) =>
    rows.flatMap((row) => {
      const cells = Object.fromEntries(headings.map((heading, i) => [heading, row[i] ?? '']))
      const [prefix, bare] = /^([a-z.0-9]+)\/(.+)$/.exec(cells.NAME ?? '')?.slice(1) ?? []
      const name = bare ?? cells.NAME ?? ''
      const resource = prefix !== undefined ? resourceOf(prefix, custom)[0] : (kinds[table] ?? kinds[0])
      if (!resource || !/^[a-z0-9][a-z0-9.:-]*$/.test(name)) return []
      const shown = (cells.LABELS ?? '').startsWith('<') ? '' : (cells.LABELS ?? '')
      const columns = (call.flags['label-columns'] ?? '').split(',').filter((key) => key !== '')
      const extra = columns.flatMap((key, i) => {
        const value = row[headings.length - columns.length + i] ?? ''
        return value === '' || value.startsWith('<') ? [] : [[key, value] as const]
      })
      const labels = { ...selectorLabels(call.flags.selector), ...selectorLabels(shown), ...Object.fromEntries(extra) }
      return [{ resource, name, namespace: cells.NAMESPACE || call.namespace, labels, cells }]
    }),
  )
}

function resourceOf(word: string, custom: readonly ApiResource[]): readonly ApiResource[] {
  const found = findResource(word, custom)
  return 'resource' in found ? [found.resource] : []
}

/** The objects that `-o yaml` and `-o json` are documented to print; one without a name is that which the command names. */
function documentsOf(
  output: string,
  told: readonly Presumed[],
  hints: Pick<Presumed, 'labels' | 'cells' | 'namespace'>,
  custom: readonly ApiResource[],
): readonly Presumed[] {
  const trees = /^(?:apiVersion|kind|metadata|spec|items|\{)/m.test(output) ? treesOf(output) : undefined
  return (trees ?? [])
    .flatMap((tree) => {
      const { items } = tree as { readonly items?: unknown }
      return Array.isArray(items) ? (items as unknown[]) : [tree]
    })
    .flatMap((tree): readonly Presumed[] => {
      const document = tree as Readonly<Record<string, unknown>>
      const metadata = (document?.metadata ?? {}) as { readonly name?: unknown; readonly namespace?: unknown }
      const [only] = told
      const resource = typeof document?.kind === 'string' ? resourceOf(document.kind, custom)[0] : only?.resource
      const name = typeof metadata.name === 'string' ? metadata.name : only?.name
      if (!resource || name === undefined) return []
      const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : hints.namespace
      return [{ ...hints, resource, name, namespace, document }]
    })
}

/** The labels that a selector asks for by equality. */
function selectorLabels(selector: string | undefined): Readonly<Record<string, string>> {
  const pairs = [...(selector ?? '').matchAll(/(?:^|,)\s*([\w./-]+)==?([\w.-]*)(?=,|$)/g)]
  return Object.fromEntries(pairs.map(([, key, value]) => [key, value]))
}
