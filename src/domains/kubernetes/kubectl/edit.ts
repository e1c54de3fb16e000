import type { Json } from '../../../kernel/index.ts'
import { isObject, type Loose, objectAt, semanticEqual } from '../api/loose.ts'
import { parseYaml } from '../api/yamlText.ts'
import { patch } from '../apiserver/patch.ts'
import type { Ask } from './ask.ts'
import { mergeOf } from './changing.ts'
import type { Command, Reply } from './command.ts'
import { FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, RECORD, VALIDATE } from './globalFlags.ts'
import { withoutManaged } from './output.ts'
import { misuse, Problem, several, wordsOf } from './problem.ts'
import { readOne } from './reading.ts'
import { resourceNamed, select } from './select.ts'
import { resourceName } from './writing.ts'
import { yamlText } from './yamlOut.ts'

interface Editing {
  readonly path: string
  readonly type: string
  readonly namespace: string | undefined
  readonly name: string
  readonly text: string
  readonly before: Loose
}

const HEADER = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`

/** Opens the lab's editor on an object and stores what comes back. Models: kubectl/pkg/cmd/util/editor */
export const edit: Command = {
  name: 'edit',
  summary: 'Edit a resource on the server',
  usage: '(RESOURCE/NAME | -f FILENAME)',
  completes: 'resources',
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    FIELD_MANAGER,
    VALIDATE,
    RECORD,
    { name: 'save-config', says: 'Remember the configuration in an annotation' },
    { name: 'subresource', value: "''", says: 'status or scale' },
    { name: 'windows-line-endings', says: 'Accepted' },
    { name: 'output-patch', says: 'Print the patch' },
  ],
  examples: ['kubectl edit svc/registry'],
  run(ask) {
    if (ask.args.length === 0 && ask.list('filename').length === 0) misuse(ask.path, 'must specify one of -f and -k')
    const selection = select(ask, ask.args, { latest: true })
    const told = several(selection.errors)
    if (told !== undefined) throw new Problem(told)
    const [target] = selection.targets
    if (!target || selection.targets.length > 1) throw new Problem('error: this lab edits one object at a time')
    const before = withoutManaged(target.object as unknown as Loose)
    const path = `/tmp/kubectl-edit-${1000000 + Math.floor(ask.world.draw('edit', ask.world.revision) * 8999999)}.yaml`
    const type = `${target.resource.plural}.${target.resource.version}.${target.resource.group}`.replace(/\.$/, '')
    return open(
      ask,
      { path, type, namespace: target.namespace, name: target.name, text: '', before },
      HEADER + yamlText(before),
    )
  },
  resume(ask, saved) {
    const state = saved as unknown as Editing
    const { editor } = ask.call.host as unknown as { readonly editor?: { readonly process: string } }
    if (editor?.process === ask.call.process.id) return { wait: { changeOf: ['shell.Session'] }, state: saved }
    return closed(ask, state)
  },
}

function open(ask: Ask, state: Editing, text: string): Reply {
  ask.call.files.write(state.path, text)
  const opened = {
    to: ask.call.host.id,
    type: 'EditorOpened',
    data: { path: state.path, process: ask.call.process.id },
  }
  return { wait: { changeOf: ['shell.Session'] }, state: { ...state, text } as unknown as Json, emit: [opened] }
}

function closed(ask: Ask, state: Editing): Reply {
  const read = ask.call.files.read(state.path)
  const text = 'text' in read ? read.text : ''
  const bare = (body: string) =>
    body
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n')
      .trim()
  if (bare(text) === '' || bare(text) === bare(state.text)) {
    const failed =
      state.text.startsWith(HEADER) &&
      state.text.includes('\n# ') &&
      state.text !== HEADER &&
      /^# (\S+ ".*" was not valid|error)/m.test(state.text)
    ask.call.files.remove(state.path)
    if (failed && bare(text) !== '') {
      ask.err(`error: Edit cancelled, no valid changes were saved.\n`)
      return { exit: 1 }
    }
    ask.err(bare(text) === '' ? 'Edit cancelled, saved file was empty.\n' : 'Edit cancelled, no changes made.\n')
    return { exit: 0 }
  }
  const { value, problem } = parseYaml(text)
  if (problem || !isObject(value))
    return open(
      ask,
      state,
      `${HEADER}# The edited file had a syntax error: ${problem?.message ?? 'not an object'}\n#\n${bare(text)}\n`,
    )
  const resource = resourceNamed(ask, state.type)
  const now = readOne(ask.world, resource, state.namespace, state.name)
  if (!now.ok) throw new Problem(wordsOf(now.status))
  const change = mergeOf(state.before, value)
  const metadata = objectAt(change, 'metadata')
  if (metadata) delete metadata.resourceVersion
  if (semanticEqual(change, {})) {
    ask.call.files.remove(state.path)
    ask.err('Edit cancelled, no changes made.\n')
    return { exit: 0 }
  }
  const result = patch(ask.world, resource, state.namespace, state.name, 'merge', change, {})
  if (!result.ok) {
    const words = wordsOf(result.status)
    ask.err(`error: ${resource.plural}.${resource.group} "${state.name}" is invalid\n`.replace('. "', ' "'))
    return open(
      ask,
      state,
      `${HEADER}# ${resource.plural} "${state.name}" was not valid:\n${words
        .split('\n')
        .map((line) => `# ${line}`)
        .join('\n')}\n#\n${bare(text)}\n`,
    )
  }
  ask.call.files.remove(state.path)
  ask.out(`${resourceName(resource, result.object as unknown as Loose)} edited\n`)
  return { exit: 0, emit: result.emit }
}
