import { applyDefaults } from '../api/defaults.ts'
import { isObject, type Loose, objectAt, textAt } from '../api/loose.ts'
import { lastApplied, threeWayMergePatch, threeWayPatch, withLastApplied } from '../api/patch/threeWay.ts'
import { typeOfKind } from '../api/schema.ts'
import { create } from '../apiserver/create.ts'
import { patch } from '../apiserver/patch.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { FIELD_MANAGER, FILE_FLAGS, SELECTOR } from './globalFlags.ts'
import { loadFiles } from './manifests.ts'
import { misuse, Problem, several } from './problem.ts'
import { readOne } from './reading.ts'
import { resourceOfManifest, troubleOf } from './select.ts'
import { placed, writeOptions } from './writing.ts'
import { yamlText } from './yamlOut.ts'

/** Models: kubectl/pkg/cmd/diff with `diff -u -N` */
export const diff: Command = {
  name: 'diff',
  summary: 'Diff the live version against a would-be applied version',
  usage: '-f FILENAME',
  flags: [
    ...FILE_FLAGS,
    SELECTOR,
    FIELD_MANAGER,
    { name: 'server-side', says: 'Let the server merge' },
    { name: 'force-conflicts', says: 'Take fields that others own' },
    { name: 'prune', says: 'Show what would be pruned' },
    { name: 'concurrency', value: '1', type: 'int', says: 'Accepted' },
    { name: 'show-managed-fields', says: 'Show managedFields too' },
  ],
  examples: ['kubectl diff -f pod.json'],
  run(ask) {
    if (ask.args.length > 0) misuse(ask.path, `Unexpected args: [${ask.args.join(' ')}]`)
    const loaded = loadFiles(ask)
    const told = several(loaded.errors)
    if (told !== undefined) throw new Problem(told, 2)
    return compare(ask, loaded.objects)
  },
}

function compare(ask: Ask, items: readonly { readonly object: Loose; readonly source: string }[]): Reply {
  let changed = false
  for (const { object, source } of items) {
    const resource = resourceOfManifest(ask, object, source)
    const sent = placed(ask, resource, object)
    const name = textAt(sent, 'metadata', 'name')
    const namespace = resource.namespaced ? textAt(sent, 'metadata', 'namespace') : undefined
    const live = readOne(ask.world, resource, namespace, name)
    const type = typeOfKind(String(sent.apiVersion), String(sent.kind))
    const before = live.ok ? (live.object as unknown as Loose) : undefined
    const modified = withLastApplied(sent)
    const change =
      before &&
      (type === undefined
        ? threeWayMergePatch(lastApplied(before), modified, before)
        : threeWayPatch(lastApplied(before), modified, before, type))
    const result = change
      ? patch(
          ask.world,
          resource,
          namespace,
          name,
          type === undefined ? 'merge' : 'strategic',
          change,
          writeOptions(ask, sent),
        )
      : create(ask.world, modified, writeOptions(ask, sent))
    if (!result.ok) throw new Problem(troubleOf(result.status).full, 2)
    const file = `${resource.group === '' ? '' : `${resource.group}.`}${resource.version}.${resource.kind}.${namespace ?? ''}.${name}`
    const text = unified(
      before ? yamlText(shown(before)) : '',
      yamlText(shown(result.object as unknown as Loose)),
      file,
    )
    if (text === '') continue
    changed = true
    ask.out(text)
  }
  return { exit: changed ? 1 : 0 }
}

function shown(object: Loose): Loose {
  const { managedFields: _gone, ...metadata } = objectAt(object, 'metadata') ?? {}
  const annotations = isObject(metadata.annotations) ? { ...metadata.annotations } : undefined
  if (annotations) delete annotations['kubectl.kubernetes.io/last-applied-configuration']
  return applyDefaults({
    ...object,
    metadata: {
      ...metadata,
      ...(annotations && Object.keys(annotations).length > 0 ? { annotations } : { annotations: undefined }),
    },
  })
}

/** A unified diff of two texts with three lines around each change; empty when they are equal. */
function unified(before: string, after: string, file: string): string {
  if (before === after) return ''
  const [a, b] = [split(before), split(after)]
  const rows = script(a, b)
  const lines = [`diff -u -N /tmp/LIVE/${file} /tmp/MERGED/${file}`, `--- /tmp/LIVE/${file}`, `+++ /tmp/MERGED/${file}`]
  for (let at = 0; at < rows.length; ) {
    const first = rows.findIndex((row, i) => i >= at && row.sign !== ' ')
    if (first < 0) break
    let last = first
    for (let i = first; i < rows.length && i <= last + 6; i++) if (rows[i]?.sign !== ' ') last = i
    const from = Math.max(0, first - 3)
    const to = Math.min(rows.length, last + 4)
    const part = rows.slice(from, to)
    const count = (skip: string) => part.filter(({ sign }) => sign !== skip).length
    const start = (skip: string) =>
      rows.slice(0, from).filter(({ sign }) => sign !== skip).length + (count(skip) > 0 ? 1 : 0)
    lines.push(
      `@@ -${start('+')},${count('+')} +${start('-')},${count('-')} @@`,
      ...part.map(({ sign, text }) => sign + text),
    )
    at = to
  }
  return `${lines.join('\n')}\n`
}

function split(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

function script(
  a: readonly string[],
  b: readonly string[],
): readonly { readonly sign: ' ' | '+' | '-'; readonly text: string }[] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (table[i] as number[])[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const rows: { sign: ' ' | '+' | '-'; text: string }[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      rows.push({ sign: ' ', text: a[i++] as string })
      j++
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1)))
      rows.push({ sign: '-', text: a[i++] as string })
    else rows.push({ sign: '+', text: b[j++] as string })
  }
  return rows
}
