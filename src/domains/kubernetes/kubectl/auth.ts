import { type Loose, objectsAt, textAt } from '../api/loose.ts'
import { findResource } from '../api/resources.ts'
import { every } from '../object/object.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { ALL_NAMESPACES } from './globalFlags.ts'
import { Problem, stop } from './problem.ts'
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
        if (ask.flag('list')) return stop('--list is not part of this lab')
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
  const groups = new Set([...ask.list('as-group'), 'system:authenticated'])
  const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(user)
  if (account) groups.add('system:serviceaccounts').add(`system:serviceaccounts:${account[1]}`)
  if (groups.has('system:masters')) return true
  const isOne = (subject: Loose): boolean => {
    if (subject.kind === 'User') return subject.name === user
    if (subject.kind === 'Group') return groups.has(String(subject.name))
    return account !== null && subject.name === account[2] && subject.namespace === account[1]
  }
  const allows = (rules: readonly Loose[]): boolean =>
    rules.some((rule) => {
      const has = (field: string, value: string) =>
        Array.isArray(rule[field]) &&
        ((rule[field] as string[]).includes('*') || (rule[field] as string[]).includes(value))
      const names = rule.resourceNames
      if (Array.isArray(names) && names.length > 0 && (name === undefined || !names.includes(name))) return false
      return has('verbs', verb) && has('resources', plural) && has('apiGroups', resource?.group ?? '')
    })
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
      if (allows(objectsAt(world.get(id), 'rest', 'rules'))) return true
    }
  }
  return false
}
