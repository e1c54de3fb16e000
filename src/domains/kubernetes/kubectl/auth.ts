import { type Loose, objectsAt, textAt } from '../api/loose.ts'
import { findResource } from '../api/resources.ts'
import { every } from '../object/object.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { ALL_NAMESPACES } from './globalFlags.ts'
import { Problem } from './problem.ts'
import { tableText } from './tabs.ts'

/** Models: kubectl/pkg/cmd/auth, plugin/pkg/auth/authorizer/rbac. Unlike Kubernetes, nothing else in the lab asks who someone is. */
export const auth: Command = {
  name: 'auth',
  summary: 'Inspect authorization',
  usage: '(can-i | whoami)',
  commands: [
    {
      name: 'can-i',
      summary: 'Check whether an action is allowed',
      usage: 'VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
      flags: [
        ALL_NAMESPACES,
        { name: 'quiet', short: 'q', says: 'Only the exit code' },
        { name: 'list', says: 'List what is allowed' },
        { name: 'subresource', value: "''", says: 'log, status, ...' },
        { name: 'no-headers', says: 'Leave the header out' },
      ],
      examples: ['kubectl auth can-i create pods', 'kubectl auth can-i list pods --as=system:serviceaccount:dev:foo'],
      run(ask) {
        const [verb, what] = ask.args
        if (ask.flag('list')) return listed(ask)
        if (verb === undefined || what === undefined)
          throw new Problem(
            "error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
          )
        const allowed = may(ask, verb, what)
        if (!ask.flag('quiet')) ask.out(allowed ? 'yes\n' : 'no\n')
        return { exit: allowed ? 0 : 1 }
      },
    },
    {
      name: 'whoami',
      summary: 'Experimental: Check self subject attributes',
      usage: '',
      run(ask) {
        const user = ask.text('as') ?? 'kubernetes-admin'
        const groups = [...(ask.text('as') ? ask.list('as-group') : ['kubeadm:cluster-admins']), 'system:authenticated']
        ask.out(
          tableText([
            ['ATTRIBUTE', 'VALUE'],
            ['Username', user],
            ['Groups', `[${groups.join(' ')}]`],
          ]).text,
        )
        return { exit: 0 }
      },
    },
  ],
}

/** Models: kubectl/pkg/cmd/auth/cani.go RunAccessList; everybody who is authenticated may do the last of them. */
function listed(ask: Ask): { readonly exit: number } {
  const rows = [...rulesOf(ask), ...EVERYBODY].flatMap((rule) => {
    const texts = (field: string): readonly string[] => (Array.isArray(rule[field]) ? (rule[field] as string[]) : [])
    const shown = (list: readonly string[]): string => `[${list.join(' ')}]`
    const [names, verbs] = [shown(texts('resourceNames')), shown(texts('verbs'))]
    const paths = texts('nonResourceURLs').map((path) => ['', `[${path}]`, names, verbs])
    const resources = texts('apiGroups').flatMap((group) =>
      texts('resources').map((name) => [group === '' ? name : `${name}.${group}`, '[]', names, verbs]),
    )
    return [...resources, ...paths]
  })
  const head = ask.flag('no-headers') ? [] : [['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs']]
  const seen = new Set<string>()
  const fresh = rows.filter((row) => {
    const key = row.join('|')
    return !seen.has(key) && Boolean(seen.add(key))
  })
  ask.out(tableText([...head, ...fresh]).text)
  return { exit: 0 }
}

const EVERYBODY: readonly Loose[] = [
  {
    apiGroups: ['authentication.k8s.io'],
    resources: ['selfsubjectreviews'],
    verbs: ['create'],
  },
  {
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    verbs: ['create'],
  },
  {
    nonResourceURLs: [
      '/api/*',
      '/api',
      '/apis/*',
      '/apis',
      '/healthz',
      '/livez',
      '/openapi/*',
      '/openapi',
      '/readyz',
      '/version/',
      '/version',
    ],
    verbs: ['get'],
  },
]

const ALL: readonly Loose[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  { nonResourceURLs: ['*'], verbs: ['*'] },
]

function may(ask: Ask, verb: string, what: string): boolean {
  const user = ask.text('as')
  if (user === undefined) return true
  const [type = '', name] = what.split('/')
  const found = type === '*' ? undefined : findResource(type, ask.custom)
  if (found && 'error' in found) ask.err(`Warning: the server doesn't have a resource type '${type}'\n\n`)
  const resource = found && 'resource' in found ? found.resource : undefined
  if (resource && !resource.namespaced)
    ask.err(
      `Warning: resource '${resource.plural}' is not namespace scoped${resource.group === '' ? '' : ` in group '${resource.group}'`}\n\n`,
    )
  const plural = `${resource?.plural ?? type}${ask.text('subresource') ? `/${ask.text('subresource')}` : ''}`
  const allows = (rules: readonly Loose[]): boolean =>
    rules.some((rule) => {
      const has = (field: string, value: string) =>
        Array.isArray(rule[field]) &&
        ((rule[field] as string[]).includes('*') || (rule[field] as string[]).includes(value))
      const names = rule.resourceNames
      if (Array.isArray(names) && names.length > 0 && (name === undefined || !names.includes(name))) return false
      return has('verbs', verb) && has('resources', plural) && has('apiGroups', resource?.group ?? '')
    })
  return allows(rulesOf(ask))
}

/** The rules of all roles that the asker, or whom they ask `--as`, is bound to here. */
function rulesOf(ask: Ask): readonly Loose[] {
  const user = ask.text('as')
  if (user === undefined) return ALL
  const groups = new Set([...ask.list('as-group'), 'system:authenticated'])
  const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(user)
  if (account) groups.add('system:serviceaccounts').add(`system:serviceaccounts:${account[1]}`)
  if (groups.has('system:masters')) return ALL
  const isOne = (subject: Loose): boolean => {
    if (subject.kind === 'User') return subject.name === user
    if (subject.kind === 'Group') return groups.has(String(subject.name))
    return account !== null && subject.name === account[2] && subject.namespace === account[1]
  }
  const found: Loose[] = []
  const { world, namespace } = ask
  for (const kind of ['ClusterRoleBinding', 'RoleBinding']) {
    for (const binding of every(world, kind)) {
      if (kind === 'RoleBinding' && (binding.metadata.namespace !== namespace || ask.flag('all-namespaces'))) continue
      if (!objectsAt(binding.rest, 'subjects').some(isOne)) continue
      const role = textAt(binding.rest, 'roleRef', 'kind')
      const id =
        role === 'ClusterRole'
          ? `k8s.ClusterRole/${textAt(binding.rest, 'roleRef', 'name')}`
          : `k8s.Role/${binding.metadata.namespace}/${textAt(binding.rest, 'roleRef', 'name')}`
      found.push(...objectsAt(world.get(id), 'rest', 'rules'))
    }
  }
  return found
}
