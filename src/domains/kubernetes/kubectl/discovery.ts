import { explain as explainText } from '../api/explain.ts'
import { byText } from '../api/loose.ts'
import { allResources, apiVersionOf, findResource } from '../api/resources.ts'
import { schemaDocs } from '../api/schemaDocs.ts'
import { VERSION_INFO } from '../api/version.ts'
import { reachable, SERVER } from '../apiserver/reachable.ts'
import { find } from '../object/object.ts'
import type { Command } from './command.ts'
import { jsonText } from './output.ts'
import { misuse, Problem, stop } from './problem.ts'
import { tableText } from './tabs.ts'
import { yamlText } from './yamlOut.ts'

/** Models: kubectl/pkg/cmd/explain */
const explain: Command = {
  name: 'explain',
  summary: 'Get documentation for a resource',
  usage: 'TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
  completes: 'resources',
  flags: [
    { name: 'recursive', says: 'Only names, with all below' },
    { name: 'api-version', value: "''", says: 'Which version' },
    { name: 'output', short: 'o', value: "'plaintext'", says: 'plaintext or plaintext-openapiv2' },
  ],
  examples: ['kubectl explain pods', 'kubectl explain pods.spec.containers'],
  run(ask) {
    const [arg] = ask.args
    if (arg === undefined)
      throw new Problem(
        'error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
      )
    if (ask.args.length > 1) stop('We accept only this format: explain RESOURCE')
    const words = arg.split('.')
    const group = /^[^.]+\.[^.]*[.\w]*\.k8s\.io/.exec(arg)
    const name = group ? group[0] : (words[0] as string)
    const found = findResource(name, ask.custom)
    if ('error' in found) throw new Problem(found.error)
    const path = arg
      .slice(name.length)
      .split('.')
      .filter((word) => word !== '')
    const version = ask.text('api-version')
    const resource = version
      ? (allResources(ask.custom).find(
          (row) => row.plural === found.resource.plural && apiVersionOf(row) === version,
        ) ?? found.resource)
      : found.resource
    const docs = schemaDocs()
    if (!docs) throw new Problem('error: the documentation of the API has not been loaded')
    const answer = explainText(resource, path, docs, ask.flag('recursive'))
    if ('error' in answer) throw new Problem(answer.error)
    ask.out(answer.text)
    return { exit: 0 }
  },
}

/** Models: kubectl/pkg/cmd/apiresources */
const apiResources: Command = {
  name: 'api-resources',
  summary: 'Print the supported API resources on the server',
  usage: '[flags]',
  flags: [
    { name: 'output', short: 'o', value: "''", values: ['wide', 'name'], says: 'wide or name' },
    { name: 'api-group', value: "''", says: 'Only this group' },
    { name: 'namespaced', says: 'Only namespaced ones, or with =false others' },
    { name: 'verbs', value: '[]', type: 'list', says: 'Only those that allow these' },
    { name: 'no-headers', says: 'Leave the header out' },
    { name: 'sort-by', value: "''", says: 'name or kind' },
    { name: 'cached', says: 'Accepted' },
    { name: 'categories', value: '[]', type: 'list', says: 'Only these categories' },
  ],
  run(ask) {
    if (ask.args.length > 0) misuse(ask.path, `unexpected arguments: [${ask.args.join(' ')}]`)
    const output = ask.text('output') ?? ''
    if (!['', 'wide', 'name'].includes(output)) stop(`--output ${output} is not available in kubectl api-resources`)
    const seen = new Set<string>()
    let rows = allResources(ask.custom).filter((row) => {
      const key = `${row.plural}.${row.group}`
      if (seen.has(key)) return false
      seen.add(key)
      if (ask.has('api-group') && row.group !== ask.text('api-group')) return false
      if (ask.has('namespaced') && row.namespaced !== ask.flag('namespaced')) return false
      if (!ask.list('verbs').every((verb) => row.verbs.includes(verb))) return false
      return ask.list('categories').every((category) => row.categories.includes(category))
    })
    const by = ask.text('sort-by')
    if (by === 'name') rows = [...rows].sort((a, b) => byText(a.plural, b.plural))
    if (by === 'kind') rows = [...rows].sort((a, b) => byText(a.kind, b.kind))
    if (output === 'name') {
      for (const row of rows) ask.out(`${row.plural}${row.group === '' ? '' : `.${row.group}`}\n`)
      return { exit: 0 }
    }
    const wide = output === 'wide'
    const cells = rows.map((row) => [
      row.plural,
      row.shortNames.join(','),
      apiVersionOf(row),
      String(row.namespaced),
      row.kind,
      ...(wide ? [row.verbs.join(','), row.categories.join(',')] : []),
    ])
    const header = ask.flag('no-headers')
      ? []
      : [['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])]]
    ask.out(tableText([...header, ...cells]).text)
    return { exit: 0 }
  },
}

/** Models: kubectl/pkg/cmd/apiresources/apiversions.go */
const apiVersions: Command = {
  name: 'api-versions',
  summary: 'Print the supported API versions on the server, in the form of "group/version"',
  usage: '',
  run(ask) {
    if (ask.args.length > 0) misuse(ask.path, `unexpected arguments: [${ask.args.join(' ')}]`)
    ask.out(`${[...new Set(allResources(ask.custom).map(apiVersionOf))].sort().join('\n')}\n`)
    return { exit: 0 }
  },
}

/** Models: kubectl/pkg/cmd/version */
const version: Command = {
  name: 'version',
  summary: 'Print the client and server version information',
  usage: '',
  offline: true,
  flags: [
    { name: 'client', says: 'Only the client' },
    { name: 'output', short: 'o', value: "''", values: ['yaml', 'json'], says: 'yaml or json' },
  ],
  run(ask) {
    const output = ask.text('output') ?? ''
    if (!['', 'yaml', 'json'].includes(output)) stop("--output must be 'yaml' or 'json'")
    const info = VERSION_INFO
    const down = ask.flag('client') ? undefined : reachable(ask.world)
    const server = !ask.flag('client') && !down
    const all = { clientVersion: info, kustomizeVersion: 'v5.7.1', ...(server ? { serverVersion: info } : {}) }
    if (output === 'json') ask.out(`${jsonText(all)}\n`.replaceAll('    ', '  '))
    else if (output === 'yaml') ask.out(yamlText(all))
    else ask.out(`Client Version: v1.35.0\nKustomize Version: v5.7.1\n${server ? 'Server Version: v1.35.0\n' : ''}`)
    if (down) throw new Problem('refused' in down ? down.refused : `Error from server: ${down.status.message}`)
    return { exit: 0 }
  },
}

/** Models: kubectl/pkg/cmd/clusterinfo */
const clusterInfo: Command = {
  name: 'cluster-info',
  summary: 'Display cluster information',
  usage: '',
  run(ask) {
    ask.out(`Kubernetes control plane is running at https://${SERVER}\n`)
    if (find(ask.world, 'Service', 'kube-system', 'kube-dns'))
      ask.out(`CoreDNS is running at https://${SERVER}/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy\n`)
    ask.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n")
    return { exit: 0 }
  },
}

/** What the server can tell of itself. */
export const discoveryCommands: readonly Command[] = [explain, apiResources, apiVersions, version, clusterInfo]
