import { copyJson, type Loose, objectsAt, textAt } from '../api/loose.ts'
import { printJsonPath } from '../api/path.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { contextOf, readKubeconfig, writeKubeconfig } from './kubeconfig.ts'
import { jsonText } from './output.ts'
import { misuse, Problem, stop } from './problem.ts'
import { tableText } from './tabs.ts'
import { yamlText } from './yamlOut.ts'

/** Models: kubectl/pkg/cmd/config */
export const config: Command = {
  name: 'config',
  summary: 'Modify kubeconfig files',
  usage: 'SUBCOMMAND',
  commands: [
    offline('view', 'Display merged kubeconfig settings or a specified kubeconfig file', '', view, [
      { name: 'minify', says: 'Only what the current context uses' },
      { name: 'raw', says: 'With certificates' },
      { name: 'flatten', says: 'Put files into the config itself' },
      { name: 'merge', says: 'Accepted' },
      { name: 'output', short: 'o', value: "'yaml'", says: 'yaml, json or jsonpath=...' },
    ]),
    offline('get-contexts', 'Describe one or many contexts', '[(-o|--output=)name)]', getContexts, [
      { name: 'no-headers', says: 'Leave the header out' },
      { name: 'output', short: 'o', value: "''", says: 'name' },
    ]),
    offline('current-context', 'Display the current-context', '', (ask) => {
      const name = textAt(read(ask), 'current-context')
      if (name === '') stop('current-context is not set')
      ask.out(`${name}\n`)
      return { exit: 0 }
    }),
    offline(
      'use-context',
      'Set the current-context in a kubeconfig file',
      'CONTEXT_NAME',
      (ask) => {
        const [name = ''] = ask.args
        if (ask.args.length !== 1) misuse(ask.path, `unexpected args: [${ask.args.join(' ')}]`)
        const own = read(ask)
        if (!contextOf(own, name)) stop(`no context exists with the name: "${name}"`)
        write(ask, { ...own, 'current-context': name })
        ask.out(`Switched to context "${name}".\n`)
        return { exit: 0 }
      },
      [],
      ['use'],
    ),
    offline(
      'set-context',
      'Set a context entry in kubeconfig',
      '[NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]',
      setContext,
      [{ name: 'current', says: 'Change the current context' }],
    ),
    offline('rename-context', 'Rename a context from the kubeconfig file', 'CONTEXT_NAME NEW_NAME', (ask) => {
      const [from = '', to = ''] = ask.args
      const own = copyJson(read(ask))
      const entry = objectsAt(own, 'contexts').find((one) => one.name === from)
      if (!entry) return stop(`cannot rename the context "${from}", it's not in ${where(ask)}`)
      if (contextOf(own, to))
        stop(`cannot rename the context "${from}", the context "${to}" already exists in ${where(ask)}`)
      entry.name = to
      write(ask, { ...own, ...(own['current-context'] === from ? { 'current-context': to } : {}) })
      ask.out(`Context "${from}" renamed to "${to}".\n`)
      return { exit: 0 }
    }),
    offline('delete-context', 'Delete the specified context from the kubeconfig', 'NAME', (ask) => {
      const [name = ''] = ask.args
      const own = read(ask)
      if (!contextOf(own, name)) stop(`cannot delete context ${name}, not in ${where(ask)}`)
      if (own['current-context'] === name)
        ask.err(
          'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
        )
      write(ask, { ...own, contexts: objectsAt(own, 'contexts').filter((one) => one.name !== name) })
      ask.out(`deleted context ${name} from ${where(ask)}\n`)
      return { exit: 0 }
    }),
    offline('get-clusters', 'Display clusters defined in the kubeconfig', '', (ask) => {
      ask.out(
        `NAME\n${objectsAt(read(ask), 'clusters')
          .map((one) => `${textAt(one, 'name')}\n`)
          .join('')}`,
      )
      return { exit: 0 }
    }),
    offline('get-users', 'Display users defined in the kubeconfig', '', (ask) => {
      ask.out(
        `NAME\n${objectsAt(read(ask), 'users')
          .map((one) => `${textAt(one, 'name')}\n`)
          .join('')}`,
      )
      return { exit: 0 }
    }),
  ],
}

function offline(
  name: string,
  summary: string,
  usage: string,
  run: (ask: Ask) => Reply,
  flags: Command['flags'] = [],
  aliases?: readonly string[],
): Command {
  return { name, summary, usage, flags, aliases, offline: true, run }
}

function read(ask: Ask): Loose {
  return readKubeconfig(ask.call, ask.text('kubeconfig'))
}

function write(ask: Ask, own: Loose): void {
  writeKubeconfig(ask.call, own, ask.text('kubeconfig'))
}

function where(ask: Ask): string {
  return ask.text('kubeconfig') ?? `${ask.call.env.HOME ?? ''}/.kube/config`
}

function view(ask: Ask): Reply {
  const own = read(ask)
  const current = textAt(own, 'current-context')
  const context = contextOf(own)
  const shown = ask.flag('minify')
    ? {
        ...own,
        clusters: objectsAt(own, 'clusters').filter((one) => one.name === context?.cluster),
        contexts: objectsAt(own, 'contexts').filter((one) => one.name === current),
        users: objectsAt(own, 'users').filter((one) => one.name === context?.user),
      }
    : own
  const output = ask.text('output') ?? 'yaml'
  if (output.startsWith('jsonpath=')) {
    const answer = printJsonPath(output.slice('jsonpath='.length), shown)
    if ('error' in answer) throw new Problem(`error: ${answer.error}`)
    ask.out(answer.text)
  } else ask.out(output === 'json' ? `${jsonText(shown)}\n` : yamlText(shown))
  return { exit: 0 }
}

function getContexts(ask: Ask): Reply {
  const own = read(ask)
  const current = textAt(own, 'current-context')
  const contexts = objectsAt(own, 'contexts').filter(
    (one) => ask.args.length === 0 || ask.args.includes(textAt(one, 'name')),
  )
  const missing = ask.args.find((name) => !contextOf(own, name))
  if (missing !== undefined) stop(`context ${missing} not found`)
  if (ask.text('output') === 'name') {
    ask.out(contexts.map((one) => `${textAt(one, 'name')}\n`).join(''))
    return { exit: 0 }
  }
  const rows = contexts.map((one) => [
    one.name === current ? '*' : '',
    textAt(one, 'name'),
    textAt(one, 'context', 'cluster'),
    textAt(one, 'context', 'user'),
    textAt(one, 'context', 'namespace'),
  ])
  const header = ask.flag('no-headers') ? [] : [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']]
  ask.out(tableText([...header, ...rows]).text)
  return { exit: 0 }
}

function setContext(ask: Ask): Reply {
  const own = copyJson(read(ask))
  const name = ask.flag('current') ? textAt(own, 'current-context') : ask.args[0]
  if (name === undefined || (ask.flag('current') && ask.args.length > 0))
    return misuse(ask.path, `Unexpected args: [${ask.args.join(' ')}]`)
  if (name === '') stop('no current context is set')
  const list = objectsAt(own, 'contexts')
  const entry = list.find((one) => one.name === name)
  const context: Loose = { ...(entry?.context as Loose | undefined) }
  for (const field of ['cluster', 'user', 'namespace']) if (ask.has(field)) context[field] = ask.text(field)
  const made = { context, name }
  write(ask, { ...own, contexts: entry ? list.map((one) => (one === entry ? made : one)) : [...list, made] })
  ask.out(`Context "${name}" ${entry ? 'modified' : 'created'}.\n`)
  return { exit: 0 }
}
