import { type Loose, objectAt } from '../../api/loose.ts'
import type { Ask } from '../ask.ts'
import type { Command } from '../command.ts'
import { Problem, refuseAs, stop } from '../problem.ts'
import { readOne } from '../reading.ts'
import { resourceNamed } from '../select.ts'
import { generator } from './generator.ts'

/** `kubectl create deployment`, `job` and `cronjob`. Models: kubectl/pkg/cmd/create */
export const workloadGenerators: readonly Command[] = [
  generator({
    name: 'deployment',
    aliases: ['deploy'],
    summary: 'Create a deployment with the specified name',
    usage: 'NAME --image=image -- [COMMAND] [args...]',
    flags: [
      { name: 'image', value: '[]', type: 'list', says: 'Images, one container each' },
      { name: 'port', value: '-1', type: 'int', says: 'Port that the container exposes' },
      { name: 'replicas', short: 'r', value: '1', type: 'int', says: 'How many pods' },
    ],
    examples: ['kubectl create deployment my-dep --image=nginx --replicas=3 --port=80'],
    make(ask, name) {
      const images = ask.list('image')
      if (images.length === 0) stop('required flag(s) "image" not set')
      const command = commandOf(ask)
      if (images.length > 1 && command.length > 0) stop('cannot specify multiple --image options and command')
      const port = ask.number('port') ?? -1
      const labels = { app: name }
      return {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, labels },
        spec: {
          replicas: ask.number('replicas') ?? 1,
          selector: { matchLabels: labels },
          strategy: {},
          template: {
            metadata: { labels },
            spec: {
              containers: images.map((image, i) => ({
                image,
                name: containerName(image),
                resources: {},
                ...(port >= 0 && i >= 0 ? { ports: [{ containerPort: port }] } : {}),
                ...(command.length > 0 ? { command } : {}),
              })),
            },
          },
        },
        ...(ask.dryRun === 'client' ? { status: {} } : {}),
      }
    },
  }),
  generator({
    name: 'job',
    summary: 'Create a job with the specified name',
    usage: 'NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
    flags: [
      { name: 'image', value: "''", says: 'Image to run' },
      { name: 'from', value: "''", says: 'CronJob to make it from: cronjob/name' },
    ],
    examples: [
      'kubectl create job my-job --image=busybox -- date',
      'kubectl create job test-job --from=cronjob/a-cronjob',
    ],
    make(ask, name) {
      const image = ask.text('image') ?? ''
      const from = ask.text('from') ?? ''
      if ((image === '') === (from === '')) stop('either --image or --from must be specified')
      const command = commandOf(ask)
      if (from === '') return job(name, jobSpec(name, image, command))
      if (command.length > 0) stop('cannot specify --from and command')
      return jobFrom(ask, name, from)
    },
  }),
  generator({
    name: 'cronjob',
    aliases: ['cj'],
    summary: 'Create a cron job with the specified name',
    usage: "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
    flags: [
      { name: 'image', value: "''", says: 'Image to run' },
      { name: 'schedule', value: "''", says: 'When to run, in cron format' },
      { name: 'restart', value: "''", says: 'OnFailure or Never' },
    ],
    examples: ['kubectl create cronjob my-job --image=busybox --schedule="*/1 * * * *" -- date'],
    make(ask, name) {
      const image = ask.text('image')
      const schedule = ask.text('schedule')
      const missing = [...(image === undefined ? ['"image"'] : []), ...(schedule === undefined ? ['"schedule"'] : [])]
      if (missing.length > 0) stop(`required flag(s) ${missing.join(', ')} not set`)
      const command = commandOf(ask)
      return {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name },
        spec: {
          schedule,
          jobTemplate: {
            metadata: { name },
            spec: {
              template: {
                metadata: {},
                spec: {
                  containers: [{ name, image, resources: {}, ...(command.length > 0 ? { command } : {}) }],
                  restartPolicy: ask.text('restart') ?? 'OnFailure',
                },
              },
            },
          },
        },
        ...(ask.dryRun === 'client' ? { status: {} } : {}),
      }
    },
  }),
]

/** What stands after `--`, or after the name. */
export function commandOf(ask: Ask): readonly string[] {
  return ask.given.dash === undefined ? ask.args.slice(1) : ask.args.slice(ask.given.dash)
}

/** A container's name of its image: the last part of its path, without tag. */
export function containerName(image: string): string {
  const last = image.slice(image.lastIndexOf('/') + 1)
  return last.replace(/[:@].*$/, '').replace(/[^a-z0-9-]/g, '-')
}

function job(name: string, spec: Loose, more: Loose = {}): Loose {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, ...more }, spec }
}

function jobSpec(name: string, image: string, command: readonly string[]): Loose {
  return {
    template: {
      metadata: {},
      spec: {
        containers: [{ name, image, resources: {}, ...(command.length > 0 ? { command } : {}) }],
        restartPolicy: 'Never',
      },
    },
  }
}

function jobFrom(ask: Ask, name: string, from: string): Loose {
  const [type = '', source = ''] = from.split('/')
  const resource = resourceNamed(ask, type)
  if (resource.kind !== 'CronJob' || source === '')
    throw new Problem(`error: from must be an existing cronjob: ${from}`)
  const answer = readOne(ask.world, resource, ask.namespace, source)
  if (!answer.ok) return refuseAs(answer)
  const template = objectAt(answer.object.spec, 'jobTemplate')
  const { uid } = answer.object.metadata
  return job(name, objectAt(template, 'spec') ?? {}, {
    annotations: { ...objectAt(template, 'metadata', 'annotations'), 'cronjob.kubernetes.io/instantiate': 'manual' },
    labels: objectAt(template, 'metadata', 'labels') ?? {},
    ownerReferences: [
      { apiVersion: 'batch/v1', kind: 'CronJob', name: source, uid, controller: true, blockOwnerDeletion: true },
    ],
  })
}
