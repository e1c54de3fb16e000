import { labelKeyErrors, labelValueErrors } from '../api/labels.ts'
import { type Loose, objectAt } from '../api/loose.ts'
import type { Ask } from './ask.ts'
import { changing, patched } from './changing.ts'
import type { Command } from './command.ts'
import {
  ALL,
  ALL_NAMESPACES,
  DRY_RUN,
  FIELD_MANAGER,
  FIELD_SELECTOR,
  FILE_FLAGS,
  LOCAL,
  PRINT_FLAGS,
  RECORD,
  SELECTOR,
} from './globalFlags.ts'
import { misuse, Problem } from './problem.ts'
import type { Target } from './select.ts'

/** Models: kubectl/pkg/cmd/label */
export const label = marking(
  'label',
  'labels',
  'Update the labels on a resource',
  'labeled',
  'unlabeled',
  'not labeled',
)

/** Models: kubectl/pkg/cmd/annotate */
export const annotate = marking(
  'annotate',
  'annotations',
  'Update the annotations on a resource',
  'annotated',
  'annotated',
  'annotated',
)

function marking(
  name: string,
  field: 'labels' | 'annotations',
  summary: string,
  done: string,
  undone: string,
  same: string,
): Command {
  const word = field === 'labels' ? 'label' : 'annotation'
  return changing({
    name,
    summary,
    usage: `[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]`,
    completes: 'resources',
    flags: [
      ...FILE_FLAGS,
      ...PRINT_FLAGS,
      SELECTOR,
      FIELD_SELECTOR,
      ALL,
      ALL_NAMESPACES,
      DRY_RUN,
      FIELD_MANAGER,
      LOCAL,
      RECORD,
      { name: 'overwrite', says: 'Replace values that are there' },
      { name: 'list', says: `Show the ${field} instead` },
      { name: 'resource-version', value: "''", says: 'Only when this is the version now' },
    ],
    examples:
      field === 'labels'
        ? [
            'kubectl label pods foo unhealthy=true',
            'kubectl label --overwrite pods foo status=unhealthy',
            'kubectl label pods foo bar-',
          ]
        : ["kubectl annotate pods foo description='my frontend'", 'kubectl annotate pods foo description-'],
    targets(ask) {
      const at = ask.args.findIndex(isPair)
      const resources = at < 0 ? ask.args : ask.args.slice(0, at)
      const pairs = at < 0 ? [] : ask.args.slice(at)
      if (resources.length === 0 && ask.list('filename').length === 0)
        misuse(ask.path, 'one or more resources must be specified as <resource> <name> or <resource>/<name>')
      if (pairs.length === 0 && !ask.flag('list')) misuse(ask.path, `at least one ${word} update is required`)
      const wrong = pairs.find((pair) => !isPair(pair))
      if (wrong !== undefined) misuse(ask.path, `all resources must be specified before ${word} changes: ${wrong}`)
      check(pairs, field)
      return { args: resources }
    },
    change: (ask, target) => mark(ask, target),
  })

  function mark(ask: Ask, target: Target) {
    const pairs = ask.args.slice(Math.max(0, ask.args.findIndex(isPair)))
    const now = objectAt(target.object, 'metadata', field) ?? {}
    if (ask.flag('list')) {
      for (const [key, value] of Object.entries(now).sort()) ask.out(`${key}=${String(value)}\n`)
      return {}
    }
    const change: Loose = {}
    let removed = false
    const problems: string[] = []
    for (const pair of pairs) {
      if (pair.endsWith('-') && !pair.includes('=')) {
        const key = pair.slice(0, -1)
        if (now[key] === undefined) ask.out(`${field === 'labels' ? 'label' : 'annotation'} "${key}" not found.\n`)
        else {
          change[key] = null
          removed = true
        }
        continue
      }
      const key = pair.slice(0, pair.indexOf('='))
      const value = pair.slice(pair.indexOf('=') + 1)
      if (now[key] !== undefined && now[key] !== value && !ask.flag('overwrite'))
        problems.push(
          field === 'labels'
            ? `'${key}' already has a value (${String(now[key])}), and --overwrite is false`
            : `--overwrite is false but found the following declared annotation(s): '${key}' already has a value (${String(now[key])})`,
        )
      change[key] = value
    }
    if (problems.length > 0) throw new Problem(`error: ${problems.join('\n')}`)
    const changes = Object.entries(change).some(([key, value]) => (now[key] ?? null) !== value)
    const word = !changes ? same : removed && Object.values(change).every((value) => value === null) ? undone : done
    return patched(ask, target, 'merge', { metadata: { [field]: change } }, word, word)
  }
}

function isPair(text: string): boolean {
  return (text.includes('=') && !text.startsWith('=')) || (text.endsWith('-') && text.length > 1)
}

function check(pairs: readonly string[], field: string): void {
  const seen = new Map<string, boolean>()
  for (const pair of pairs) {
    const removes = pair.endsWith('-') && !pair.includes('=')
    const key = removes ? pair.slice(0, -1) : pair.slice(0, pair.indexOf('='))
    if (seen.has(key) && seen.get(key) !== removes)
      throw new Problem(
        `error: can not both modify and remove ${field === 'labels' ? 'a label' : 'an annotation'} in the same command`,
      )
    seen.set(key, removes)
    if (removes || field !== 'labels') continue
    const value = pair.slice(pair.indexOf('=') + 1)
    const problems = labelValueErrors(value)
    if (problems.length > 0) throw new Problem(`error: invalid label value: "${pair}": ${problems.join('; ')}`)
    const names = labelKeyErrors(key)
    if (names.length > 0) throw new Problem(`error: invalid label key ${JSON.stringify(key)}: ${names.join('; ')}`)
  }
}
