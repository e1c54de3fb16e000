import { isObject, type Loose, objectAt, objectsAt, textAt } from '../../api/loose.ts'

const TEMPLATED = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'Job']

/** Adds labels to an object and, when asked, to its selectors and templates. */
export function addLabels(object: Loose, labels: Loose, selectors: boolean, templates: boolean): void {
  mark(object, labels)
  const kind = String(object.kind)
  const spec = objectAt(object, 'spec')
  if (!spec) return
  if (templates) {
    if (TEMPLATED.includes(kind) && isObject(spec.template)) mark(spec.template, labels)
    const job = objectAt(spec, 'jobTemplate')
    const inner = objectAt(job, 'spec', 'template')
    if (kind === 'CronJob' && job && inner) {
      mark(job, labels)
      mark(inner, labels)
    }
  }
  if (!selectors) return
  if (kind === 'Service' || kind === 'ReplicationController')
    spec.selector = { ...objectAt(spec, 'selector'), ...labels }
  else if (['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'PodDisruptionBudget'].includes(kind))
    spec.selector = {
      ...objectAt(spec, 'selector'),
      matchLabels: { ...objectAt(spec, 'selector', 'matchLabels'), ...labels },
    }
  else if (kind === 'NetworkPolicy') {
    const selector = objectAt(spec, 'podSelector')
    if (objectAt(selector, 'matchLabels'))
      spec.podSelector = { ...selector, matchLabels: { ...objectAt(selector, 'matchLabels'), ...labels } }
  }
}

function mark(owner: Loose, labels: Loose): void {
  const metadata = objectAt(owner, 'metadata')
  owner.metadata = { ...metadata, labels: { ...objectAt(metadata, 'labels'), ...labels } }
}

/** Replaces names, tags and digests of images. */
export function replaceImages(objects: readonly Loose[], images: readonly Loose[]): void {
  if (images.length === 0) return
  for (const object of objects) walk(object.spec, images)
}

function walk(value: unknown, images: readonly Loose[]): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, images)
    return
  }
  if (!isObject(value)) return
  for (const field of ['containers', 'initContainers'])
    for (const container of objectsAt(value, field)) {
      const text = textAt(container, 'image')
      const found = /^(.*?)(?::([\w.-]+))?(?:@(.+))?$/.exec(text)
      const image = images.find((one) => textAt(one, 'name') === found?.[1])
      if (!image) continue
      const name = textAt(image, 'newName') || (found?.[1] ?? '')
      const tag = image.newTag === undefined ? found?.[2] : String(image.newTag)
      const digest = textAt(image, 'digest')
      container.image = digest !== '' ? `${name}@${digest}` : tag === undefined ? name : `${name}:${tag}`
    }
  for (const inner of Object.values(value)) walk(inner, images)
}

/** Sets replica counts by name. */
export function replaceReplicas(objects: readonly Loose[], counts: readonly Loose[]): void {
  for (const { name, count } of counts)
    for (const object of objects)
      if (
        textAt(object, 'metadata', 'name') === name &&
        ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'].includes(String(object.kind))
      )
        object.spec = { ...objectAt(object, 'spec'), replicas: count }
}
