import { parseSelector } from '../../api/labels.ts'
import type { Loose } from '../../api/loose.ts'
import { findResource } from '../../api/resources.ts'
import { find } from '../../object/object.ts'
import type { Ask } from '../ask.ts'
import type { Command } from '../command.ts'
import { stop } from '../problem.ts'
import { resourceNamed } from '../select.ts'
import { selectorObject } from '../selectorObject.ts'
import { base64 } from './data.ts'
import { generator, pairs } from './generator.ts'

const RBAC = 'rbac.authorization.k8s.io'

/** Namespaces, accounts, rules and the rest of `kubectl create`. Models: kubectl/pkg/cmd/create */
export const clusterGenerators: readonly Command[] = [
  generator({
    name: 'namespace',
    aliases: ['ns'],
    summary: 'Create a namespace with the specified name',
    usage: 'NAME',
    examples: ['kubectl create namespace my-namespace'],
    make: (ask, name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
      ...(ask.dryRun === 'client' ? { spec: {}, status: {} } : {}),
    }),
  }),
  generator({
    name: 'serviceaccount',
    aliases: ['sa'],
    summary: 'Create a service account with the specified name',
    usage: 'NAME',
    make: (_, name) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } }),
  }),
  generator({
    name: 'role',
    summary: 'Create a role with single rule',
    usage: 'NAME --verb=verb --resource=resource.group/subresource',
    flags: [
      { name: 'verb', value: '[]', type: 'list', says: 'What is allowed' },
      { name: 'resource', value: '[]', type: 'list', says: 'On what' },
      { name: 'resource-name', value: '[]', type: 'texts', says: 'On which names' },
    ],
    make: (ask, name) => ({ apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name }, rules: rules(ask, false) }),
  }),
  generator({
    name: 'clusterrole',
    summary: 'Create a cluster role',
    usage: 'NAME --verb=verb --resource=resource.group [--resource-name=resourcename]',
    flags: [
      { name: 'verb', value: '[]', type: 'list', says: 'What is allowed' },
      { name: 'resource', value: '[]', type: 'list', says: 'On what' },
      { name: 'resource-name', value: '[]', type: 'texts', says: 'On which names' },
      { name: 'non-resource-url', value: '[]', type: 'list', says: 'On which other URLs' },
      { name: 'aggregation-rule', value: "''", says: 'Labels of roles to combine' },
    ],
    make: (ask, name) => {
      const labels = ask.text('aggregation-rule')
      const base = { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name } }
      return labels
        ? {
            aggregationRule: { clusterRoleSelectors: [{ matchLabels: pairs([labels], 'aggregation-rule') }] },
            ...base,
            rules: null,
          }
        : { ...base, rules: rules(ask, true) }
    },
  }),
  binding('rolebinding', 'RoleBinding'),
  binding('clusterrolebinding', 'ClusterRoleBinding'),
  generator({
    name: 'quota',
    aliases: ['resourcequota'],
    summary: 'Create a quota with the specified name',
    usage: 'NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2]',
    flags: [
      { name: 'hard', value: "''", says: 'resource=quantity pairs' },
      { name: 'scopes', value: "''", says: 'Scopes it covers' },
    ],
    make: (ask, name) => {
      const hard = ask.text('hard')
      const scopes = ask.text('scopes')
      return {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name },
        spec: { ...(hard ? { hard: pairs([hard], 'hard') } : {}), ...(scopes ? { scopes: scopes.split(',') } : {}) },
        ...(ask.dryRun === 'client' ? { status: {} } : {}),
      }
    },
  }),
  generator({
    name: 'poddisruptionbudget',
    aliases: ['pdb'],
    summary: 'Create a pod disruption budget with the specified name',
    usage: 'NAME --selector=SELECTOR --min-available=N',
    flags: [
      { name: 'selector', value: "''", says: 'Which pods' },
      { name: 'min-available', value: "''", says: 'Pods or percentage that must stay' },
      { name: 'max-unavailable', value: "''", says: 'Pods or percentage that may be missing' },
    ],
    make: (ask, name) => {
      const text = ask.text('selector') ?? ''
      const min = ask.text('min-available')
      const max = ask.text('max-unavailable')
      if (text === '') stop('a selector must be specified')
      if (min && max) stop('min-available and max-unavailable cannot be both specified')
      if (!min && !max) stop('one of min-available or max-unavailable must be specified')
      const parsed = parseSelector(text)
      if (!parsed.ok) return stop(parsed.error)
      const amount = (value: string) => (/^\d+$/.test(value) ? Number(value) : value)
      return {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name },
        spec: {
          ...(min ? { minAvailable: amount(min) } : { maxUnavailable: amount(max ?? '') }),
          selector: selectorObject(parsed.selector),
        },
        ...(ask.dryRun === 'client'
          ? { status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 } }
          : {}),
      }
    },
  }),
  generator({
    name: 'priorityclass',
    aliases: ['pc'],
    summary: 'Create a priority class with the specified name',
    usage: 'NAME --value=VALUE --global-default=BOOL',
    flags: [
      { name: 'value', value: '0', type: 'int', says: 'Its priority' },
      { name: 'global-default', says: 'For pods that name none' },
      { name: 'description', value: "''", says: 'When to use it' },
      { name: 'preemption-policy', value: "'PreemptLowerPriority'", says: 'PreemptLowerPriority or Never' },
    ],
    make: (ask, name) => {
      if (!ask.has('value')) stop('required flag(s) "value" not set')
      return {
        apiVersion: 'scheduling.k8s.io/v1',
        ...(ask.text('description') ? { description: ask.text('description') } : {}),
        ...(ask.flag('global-default') ? { globalDefault: true } : {}),
        kind: 'PriorityClass',
        metadata: { name },
        preemptionPolicy: ask.text('preemption-policy') ?? 'PreemptLowerPriority',
        value: ask.number('value') ?? 0,
      }
    },
  }),
  {
    name: 'token',
    summary: 'Request a service account token',
    usage: 'SERVICE_ACCOUNT_NAME',
    flags: [
      { name: 'duration', value: '0s', type: 'duration', says: 'How long it is valid' },
      { name: 'audience', value: '[]', type: 'texts', says: 'Whom it is for' },
      { name: 'bound-object-kind', value: "''", says: 'Kind of the object it is bound to' },
      { name: 'bound-object-name', value: "''", says: 'Name of the object it is bound to' },
      { name: 'bound-object-uid', value: "''", says: 'UID of the object it is bound to' },
    ],
    run(ask) {
      const [name] = ask.args
      if (ask.args.length !== 1 || name === undefined)
        return stop(`exactly one NAME is required, got ${ask.args.length}`)
      const account = find(ask.world, 'ServiceAccount', ask.namespace, name)
      if (!account) return stop(`failed to create token: serviceaccounts "${name}" not found`)
      const now = Math.floor(ask.clock / 1000)
      const seconds = Math.max(600, Math.round((ask.duration('duration') || 3_600_000) / 1000))
      const url = (text: string) => base64(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
      const claims = {
        aud: ask.list('audience').length > 0 ? ask.list('audience') : ['https://kubernetes.default.svc.cluster.local'],
        exp: now + seconds,
        iat: now,
        iss: 'https://kubernetes.default.svc.cluster.local',
        'kubernetes.io': { namespace: ask.namespace, serviceaccount: { name, uid: account.metadata.uid } },
        nbf: now,
        sub: `system:serviceaccount:${ask.namespace}:${name}`,
      }
      let signature = ''
      for (let i = 0; i < 342; i++)
        signature += 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[
          Math.floor(ask.world.draw('token', account.id, now, i) * 64)
        ]
      ask.out(`${url(JSON.stringify({ alg: 'RS256', kid: 'orrery' }))}.${url(JSON.stringify(claims))}.${signature}\n`)
      return { exit: 0 }
    },
  },
]

function rules(ask: Ask, urls: boolean): readonly Loose[] {
  const verbs = [...new Set(ask.list('verb'))]
  if (verbs.length === 0) stop('at least one verb must be specified')
  const nonResource = urls ? ask.list('non-resource-url') : []
  const wanted = ask.list('resource')
  if (wanted.length === 0 && nonResource.length === 0)
    stop(urls ? 'one of resource or nonResourceURL must be specified' : 'at least one resource must be specified')
  if (nonResource.length > 0) return [{ nonResourceURLs: nonResource, verbs }]
  const groups = new Map<string, string[]>()
  for (const text of wanted) {
    const [type = '', sub] = text.split('/')
    const found = type === '*' ? undefined : findResource(type, ask.custom)
    if (found && 'error' in found) stop(`the server doesn't have a resource type "${type}"`)
    const resource = type === '*' ? { group: '*', plural: '*' } : resourceNamed(ask, type)
    groups.set(resource.group, [
      ...(groups.get(resource.group) ?? []),
      sub === undefined ? resource.plural : `${resource.plural}/${sub}`,
    ])
  }
  const names = ask.list('resource-name')
  return [...groups].map(([group, resources]) => ({
    apiGroups: [group],
    ...(names.length > 0 ? { resourceNames: names } : {}),
    resources,
    verbs,
  }))
}

function binding(name: string, kind: string): Command {
  return generator({
    name,
    summary:
      kind === 'RoleBinding'
        ? 'Create a role binding for a particular role or cluster role'
        : 'Create a cluster role binding for a particular cluster role',
    usage:
      'NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]',
    flags: [
      { name: 'clusterrole', value: "''", says: 'ClusterRole to bind' },
      ...(kind === 'RoleBinding' ? [{ name: 'role', value: "''", says: 'Role to bind' }] : []),
      { name: 'user', value: '[]', type: 'list' as const, says: 'Users' },
      { name: 'group', value: '[]', type: 'list' as const, says: 'Groups' },
      { name: 'serviceaccount', value: '[]', type: 'list' as const, says: 'namespace:name' },
    ],
    make(ask, made) {
      const role = ask.text('role')
      const clusterRole = ask.text('clusterrole')
      if (kind === 'RoleBinding' ? !role === !clusterRole : !clusterRole)
        stop(
          kind === 'RoleBinding'
            ? 'exactly one of clusterrole or role must be specified'
            : 'clusterrole must be specified',
        )
      const people = (what: string, list: readonly string[]) =>
        list.map((one) => ({ apiGroup: RBAC, kind: what, name: one }))
      const accounts = ask.list('serviceaccount').map((text) => {
        const [namespace = '', account = '', more] = text.split(':')
        if (namespace === '' || account === '' || more !== undefined) stop(`serviceaccount must be <namespace>:<name>`)
        return { kind: 'ServiceAccount', name: account, namespace }
      })
      return {
        apiVersion: `${RBAC}/v1`,
        kind,
        metadata: { name: made },
        roleRef: { apiGroup: RBAC, kind: role ? 'Role' : 'ClusterRole', name: role ?? clusterRole },
        subjects: [...people('User', ask.list('user')), ...people('Group', ask.list('group')), ...accounts],
      }
    },
  })
}
