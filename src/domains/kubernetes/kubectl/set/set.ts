import { formatSelector, parseSelector } from '../../api/labels.ts'
import { type Loose, objectAt, objectsAt } from '../../api/loose.ts'
import type { Ask } from '../ask.ts'
import { changing, edited } from '../changing.ts'
import type { Command } from '../command.ts'
import type { KubeFlag } from '../flags.ts'
import { ALL, DRY_RUN, FIELD_MANAGER, FILE_FLAGS, LOCAL, PRINT_FLAGS, RECORD, SELECTOR } from '../globalFlags.ts'
import { misuse, Problem, stop } from '../problem.ts'
import { listEnvironment, setEnvironment } from './environment.ts'
import { chosen, podSpecOf } from './podSpec.ts'

const FLAGS: readonly KubeFlag[] = [...FILE_FLAGS, ...PRINT_FLAGS, SELECTOR, ALL, DRY_RUN, FIELD_MANAGER, LOCAL, RECORD]
const CONTAINERS: KubeFlag = {
  name: 'containers',
  short: 'c',
  value: "'*'",
  says: 'Names of containers, * for any letters',
}

/** Models: kubectl/pkg/cmd/set */
export const set: Command = {
  name: 'set',
  summary: 'Set specific features on objects',
  usage: 'SUBCOMMAND',
  commands: [
    changing({
      name: 'image',
      summary: 'Update the image of a pod template',
      usage: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
      completes: 'resources',
      flags: FLAGS,
      examples: ['kubectl set image deployment/nginx busybox=busybox nginx=nginx:1.9.1'],
      targets(ask) {
        const { resources, pairs } = split(ask)
        if (resources.length === 0 && ask.list('filename').length === 0)
          misuse(ask.path, 'one or more resources must be specified as <resource> <name> or <resource>/<name>')
        if (pairs.length === 0) stop('at least one image update is required')
        return { args: resources }
      },
      change(ask, target) {
        const { pairs } = split(ask)
        const missing: string[] = []
        const act = edited(
          ask,
          target,
          (copy) => {
            const spec = podSpecOf(copy)
            if (!spec) return stop(`the object is not a pod or does not have a pod template: ${target.resource.plural}`)
            for (const pair of pairs) {
              const name = pair.slice(0, pair.indexOf('='))
              const image = pair.slice(pair.indexOf('=') + 1)
              let found = false
              for (const container of [...objectsAt(spec, 'initContainers'), ...objectsAt(spec, 'containers')])
                if (name === '*' || container.name === name) {
                  container.image = image
                  found = true
                }
              if (!found) missing.push(`error: unable to find container named "${name}"`)
            }
            if (missing.length > 0) throw new Problem(missing.join('\n'))
          },
          'image updated',
          'image updated',
        )
        return act.emit || act.trouble ? act : { ...act }
      },
    }),
    changing({
      name: 'env',
      summary: 'Update environment variables on a pod template',
      usage: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
      completes: 'resources',
      flags: [
        ...FLAGS,
        CONTAINERS,
        { name: 'list', says: 'Show the variables' },
        { name: 'env', short: 'e', value: '[]', type: 'texts', says: 'KEY=VALUE' },
        { name: 'from', value: "''", says: 'configmap/name or secret/name' },
        { name: 'prefix', value: "''", says: 'Prefix for names of --from' },
        { name: 'keys', value: '[]', type: 'list', says: 'Only these keys of --from' },
        { name: 'overwrite', says: 'Replace values that are there (true)' },
        { name: 'resolve', says: 'Show values of references' },
      ],
      examples: [
        'kubectl set env deployment/registry STORAGE_DIR=/local',
        'kubectl set env --from=secret/mysecret deployment/myapp',
        'kubectl set env deployments --all ENV-',
      ],
      targets(ask) {
        const at = ask.args.findIndex((arg) => arg.includes('=') || /^[A-Za-z_][\w.]*-$/.test(arg))
        const pairs = [...(at < 0 ? [] : ask.args.slice(at)), ...ask.list('env')]
        const resources = at < 0 ? ask.args : ask.args.slice(0, at)
        if (resources.length === 0 && ask.list('filename').length === 0)
          misuse(ask.path, 'one or more resources must be specified as <resource> <name> or <resource>/<name>')
        if (pairs.length === 0 && !ask.flag('list') && !ask.has('from'))
          stop('at least one environment variable must be provided')
        return { args: resources }
      },
      change: (ask, target) => {
        if (ask.flag('list')) {
          listEnvironment(ask, target.resource.plural, target.object as unknown as Loose)
          return {}
        }
        return edited(ask, target, (copy) => setEnvironment(ask, copy), 'env updated')
      },
    }),
    changing({
      name: 'resources',
      summary: 'Update resource requests/limits on objects with pod templates',
      usage: '(-f FILENAME | TYPE NAME) ([--limits=LIMITS & --requests=REQUESTS]',
      completes: 'resources',
      flags: [
        ...FLAGS,
        CONTAINERS,
        { name: 'limits', value: "''", says: 'cpu=100m,memory=256Mi' },
        { name: 'requests', value: "''", says: 'cpu=100m,memory=256Mi' },
      ],
      examples: ['kubectl set resources deployment nginx -c=nginx --limits=cpu=200m,memory=512Mi'],
      targets(ask) {
        if (!ask.text('limits') && !ask.text('requests'))
          stop('you must specify an update to requests or limits (in the form of --requests/--limits)')
        return { args: ask.args }
      },
      change: (ask, target) =>
        edited(
          ask,
          target,
          (copy) => {
            for (const container of chosen(ask, podSpecOf(copy))) {
              const resources: Loose = { ...objectAt(container, 'resources') }
              for (const field of ['limits', 'requests'] as const) {
                const text = ask.text(field)
                if (!text) continue
                const list: Loose = { ...objectAt(resources, field) }
                for (const pair of text.split(',')) {
                  const [key = '', value] = pair.split('=')
                  if (value === undefined) stop(`invalid argument syntax ${pair}, expected <resource>=<value>`)
                  if (value === '0') delete list[key]
                  else list[key] = value
                }
                resources[field] = list
              }
              container.resources = resources
            }
          },
          'resource requirements updated',
        ),
    }),
    changing({
      name: 'selector',
      summary: 'Set the selector on a resource',
      usage: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
      completes: 'resources',
      flags: [
        ...FLAGS.filter((flag) => flag !== SELECTOR),
        { name: 'resource-version', value: "''", says: 'Only when this is the version now' },
      ],
      targets: (ask) => ({ args: ask.args.slice(0, -1) }),
      change(ask, target) {
        const parsed = parseSelector(ask.args.at(-1) ?? '')
        if (!parsed.ok) return stop(parsed.error)
        if (target.resource.kind !== 'Service') return stop(`setting a selector is only supported for Services`)
        const labels = Object.fromEntries(
          formatSelector(parsed.selector)
            .split(',')
            .map((pair) => pair.split('=') as [string, string]),
        )
        return edited(
          ask,
          target,
          (copy) => {
            copy.spec = { ...objectAt(copy, 'spec'), selector: labels }
          },
          'selector updated',
        )
      },
    }),
    changing({
      name: 'serviceaccount',
      aliases: ['sa'],
      summary: 'Update the service account of a resource',
      usage: '(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
      completes: 'resources',
      flags: FLAGS,
      targets: (ask) => (ask.args.length < 2 ? stop('serviceaccount is required') : { args: ask.args.slice(0, -1) }),
      change: (ask, target) =>
        edited(
          ask,
          target,
          (copy) => {
            const spec = podSpecOf(copy)
            if (!spec) return stop(`the object is not a pod or does not have a pod template: ${target.resource.plural}`)
            spec.serviceAccountName = ask.args.at(-1)
            spec.serviceAccount = ask.args.at(-1)
          },
          'serviceaccount updated',
        ),
    }),
    changing({
      name: 'subject',
      summary: 'Update the user, group, or service account in a role binding or cluster role binding',
      usage:
        '(-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]',
      flags: [
        ...FLAGS,
        { name: 'user', value: '[]', type: 'list', says: 'Users' },
        { name: 'group', value: '[]', type: 'list', says: 'Groups' },
        { name: 'serviceaccount', value: '[]', type: 'list', says: 'namespace:name' },
      ],
      targets: (ask) => ({ args: ask.args }),
      change: (ask, target) =>
        edited(
          ask,
          target,
          (copy) => {
            const apiGroup = 'rbac.authorization.k8s.io'
            copy.subjects = [
              ...objectsAt(copy, 'subjects'),
              ...ask.list('user').map((name) => ({ apiGroup, kind: 'User', name })),
              ...ask.list('group').map((name) => ({ apiGroup, kind: 'Group', name })),
              ...ask
                .list('serviceaccount')
                .map((text) => ({ kind: 'ServiceAccount', namespace: text.split(':')[0], name: text.split(':')[1] })),
            ]
          },
          'subjects updated',
        ),
    }),
  ],
}

function split(ask: Ask): { readonly resources: readonly string[]; readonly pairs: readonly string[] } {
  return { resources: ask.args.filter((arg) => !arg.includes('=')), pairs: ask.args.filter((arg) => arg.includes('=')) }
}
