import { type Loose, objectAt, semanticEqual, valueAt } from '../api/loose.ts'
import { qualifiedSingular } from '../api/resources.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { history as deploymentHistory, undoRevision } from '../deployment/revisions.ts'
import { every, type ObjectEntity } from '../object/object.ts'
import type { Ask } from './ask.ts'
import { patched } from './changing.ts'
import type { Reply } from './command.ts'
import { describeTemplate } from './describe/pod.ts'
import { Sheet } from './describe/sheet.ts'
import { formatOf, objectText } from './output.ts'
import { misuse, Problem, several, stop } from './problem.ts'
import { select, type Target, type Trouble } from './select.ts'
import { tabbed } from './tabs.ts'
import { type Act, resourceName } from './writing.ts'

/** A complaint about one of several objects. */
export function bad(text: string): Trouble {
  return { full: `error: ${text}`, line: text }
}

interface Kept {
  readonly revision: number
  readonly cause: string
  readonly template: Loose
}

/** The revisions of a workload, lowest first. */
function revisions(ask: Ask, { resource, object, namespace, name }: Target): readonly Kept[] {
  const CAUSE = 'kubernetes.io/change-cause'
  const entity = ask.world.get(`k8s.${resource.kind}/${namespace}/${name}`) as ObjectEntity | undefined
  if (!entity) return []
  if (resource.kind === 'Deployment')
    return deploymentHistory(ask.world, entity as Deployment).map(({ revision, changeCause, template }) => ({
      revision,
      cause: changeCause ?? '<none>',
      template,
    }))
  if (resource.kind !== 'StatefulSet' && resource.kind !== 'DaemonSet')
    return stop(
      `no history viewer has been implemented for "${resource.kind}${resource.group === '' ? '' : `.${resource.group}`}"`,
    )
  const uid = object?.metadata.uid
  return [...every(ask.world, 'ControllerRevision')]
    .filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.uid === uid))
    .map(({ rest, metadata }) => ({
      revision: Number(rest?.revision ?? 0),
      cause: metadata.annotations?.[CAUSE] ?? '<none>',
      template: stored(objectAt(rest, 'data', 'spec', 'template') ?? {}),
    }))
    .sort((a, b) => a.revision - b.revision)
}

/** The template of a ControllerRevision without the directive that says how it patches. */
function stored({ $patch: _patch, ...template }: Loose): Loose {
  return template
}

/** `kubectl rollout history`. */
export function showHistory(ask: Ask): Reply {
  if (ask.args.length === 0 && ask.list('filename').length === 0) stop('required resource not specified')
  const wanted = ask.number('revision') ?? 0
  if (wanted < 0) stop(`revision must be a positive integer: ${wanted}`)
  const selection = select(ask, ask.args, { all: true, latest: true, selector: ask.text('selector') })
  for (const target of selection.targets) {
    const list = revisions(ask, target)
    const lead = `${qualifiedSingular(target.resource)}/${target.name}`
    if (wanted === 0) {
      const rows = list.map(({ revision, cause }) => `${revision}\t${cause}\n`).join('')
      ask.out(`${lead} \n${tabbed(`REVISION\tCHANGE-CAUSE\n${rows}`)}\n`.replace(/\n\n$/, '\n\n'))
      continue
    }
    const found = list.find(({ revision }) => revision === wanted)
    if (!found) return stop(`unable to find the specified revision`)
    const format = formatOf(ask)
    if (format.kind !== 'table') {
      ask.out(
        objectText(
          ask,
          format,
          { ...(target.object as unknown as Loose), spec: { ...target.object?.spec, template: found.template } },
          target.resource,
        ),
      )
      continue
    }
    const sheet = new Sheet(ask.world)
    describeTemplate(sheet, found.template)
    ask.out(`${lead} with revision #${wanted}\n${sheet.toString()}\n`)
  }
  const told = several(selection.errors)
  if (told !== undefined) throw new Problem(told)
  return { exit: 0 }
}

/** `kubectl rollout undo` of one workload. */
export function undo(ask: Ask, target: Target): Act {
  const { resource, name, object } = target
  const to = ask.number('to-revision') ?? 0
  if (to < 0) misuse(ask.path, `revision must be a positive integer: ${to}`)
  const list = revisions(ask, target)
  const deployment =
    resource.kind === 'Deployment'
      ? (ask.world.get(`k8s.Deployment/${target.namespace}/${name}`) as Deployment)
      : undefined
  const chosen = deployment
    ? undoRevision(ask.world, deployment, to)
    : to > 0
      ? list.find(({ revision }) => revision === to)
      : list[list.length - 2]
  if (!chosen) {
    if (to > 0) return { trouble: bad(`unable to find specified revision ${to} in history`) }
    return {
      trouble: bad(
        deployment ? `no rollout history found for deployment "${name}"` : 'no last revision to roll back to',
      ),
    }
  }
  if (deployment && valueAt(object, 'spec', 'paused') === true)
    return {
      trouble: bad(
        "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
      ),
    }
  const template = chosen.template
  const text = resourceName(resource, object as unknown as Loose)
  if (ask.dryRun === 'client') {
    ask.out(`${text} Pod Template:\n`)
    return {}
  }
  if (semanticEqual(template, objectAt(object, 'spec', 'template'))) {
    ask.out(`${text} skipped rollback (current template already matches revision ${to === 0 ? chosen.revision : to})\n`)
    return {}
  }
  const escaped = [{ op: 'replace', path: '/spec/template', value: template }]
  const cause =
    deployment && 'replicaSet' in chosen
      ? chosen.replicaSet.metadata.annotations?.['kubernetes.io/change-cause']
      : undefined
  const notes =
    cause === undefined ? [] : [{ op: 'add', path: '/metadata/annotations/kubernetes.io~1change-cause', value: cause }]
  return patched(
    ask,
    target,
    'json',
    [...escaped, ...(objectAt(object, 'metadata', 'annotations') ? notes : [])],
    'rolled back',
  )
}
