import { resolvePath } from '../../../../shell/files.ts'
import { decodeManifest } from '../../api/decode.ts'
import { byText, copyJson, isObject, type Loose, objectAt, objectsAt, textAt } from '../../api/loose.ts'
import { applyJsonPatch, applyMergePatch } from '../../api/patch/jsonPatch.ts'
import { applyStrategicPatch } from '../../api/patch/strategicMerge.ts'
import { resourceOfKind } from '../../api/resources.ts'
import { typeOfKind } from '../../api/schema.ts'
import { parseYaml } from '../../api/yamlText.ts'
import type { Ask } from '../ask.ts'
import { Problem } from '../problem.ts'
import { generatedMaps } from './generators.ts'
import { renameAll } from './references.ts'
import { replaceFields } from './replacements.ts'
import { addLabels, replaceImages, replaceReplicas } from './transformers.ts'

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/**
 * The objects of a kustomization: resources (files and other kustomizations), generators, patches, namespace, prefix and suffix, labels,
 * annotations, images and replicas. Models: sigs.k8s.io/kustomize api/krusty; components and replacements included; helm
 * charts and vars are not.
 */
export function buildKustomization(ask: Ask, path: string): readonly Loose[] {
  const dir = resolvePath(ask.call.cwd, path)
  return [...build(ask, dir, [])].sort(inLegacyOrder)
}

/** Kinds that come first, in this order; webhooks come last. Models: kustomize's legacy order */
const FIRST = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
]

function inLegacyOrder(a: Loose, b: Loose): number {
  const rank = ({ kind }: Loose) =>
    /^(Mutating|Validating)WebhookConfiguration$/.test(String(kind))
      ? 1
      : FIRST.includes(String(kind))
        ? FIRST.indexOf(String(kind)) - FIRST.length
        : 0
  const name = (object: Loose) => `${textAt(object, 'metadata', 'namespace')}/${textAt(object, 'metadata', 'name')}`
  return rank(a) - rank(b) || byText(String(a.kind), String(b.kind)) || byText(name(a), name(b))
}

/** `given` are the objects that a component is laid over. */
function build(ask: Ask, dir: string, trail: readonly string[], given?: readonly Loose[]): readonly Loose[] {
  if (trail.includes(dir))
    throw new Problem(`error: accumulating resources: cycle detected: candidate root '${dir}' contains visited root`)
  const { files } = ask.call
  if (!files.exists(dir))
    throw new Problem(
      `error: must build at directory: not a valid directory: evalsymlink failure on '${dir}' : lstat ${dir}: no such file or directory`,
    )
  const name = NAMES.find((one) => files.exists(`${dir}/${one}`))
  if (name === undefined)
    throw new Problem(
      `error: unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${dir}'`,
    )
  const read = files.read(`${dir}/${name}`)
  const parsed = parseYaml('text' in read ? read.text : '')
  if (parsed.problem || !isObject(parsed.value))
    throw new Problem(`error: invalid Kustomization: ${parsed.problem?.message ?? 'kustomization.yaml is empty'}`)
  const own = parsed.value
  const unknown = Object.keys(own).find((key) => !KNOWN.has(key))
  if (unknown !== undefined) throw new Problem(`error: invalid Kustomization: json: unknown field "${unknown}"`)
  const component = own.kind === 'Component'
  if (given === undefined && component)
    throw new Problem(`error: accumulating resources: expected kind != 'Component' for path '${dir}'`)
  if (given !== undefined && !component)
    throw new Problem(
      `error: accumulating components: expected kind 'Component' for path '${dir}' but got '${textAt(own, 'kind') || 'Kustomization'}'`,
    )
  let objects: Loose[] = [...(given ?? [])]
  for (const entry of [...texts(own, 'resources'), ...texts(own, 'bases')]) {
    const at = resolvePath(dir, entry)
    if (files.isDirectory(at)) objects.push(...build(ask, at, [...trail, dir]))
    else objects.push(...manifest(ask, at, entry))
  }
  for (const entry of texts(own, 'components'))
    objects = [...build(ask, resolvePath(dir, entry), [...trail, dir], objects)]
  objects.push(...generatedMaps(ask, dir, own))
  objects = patched(ask, dir, own, objects)
  return transformed(ask, dir, own, objects)
}

const KNOWN = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'components',
  'replacements',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'commonLabels',
  'commonAnnotations',
  'labels',
  'images',
  'replicas',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'buildMetadata',
  'sortOptions',
])

function manifest(ask: Ask, path: string, entry: string): readonly Loose[] {
  const read = ask.call.files.read(path)
  if ('error' in read)
    throw new Problem(
      `error: accumulating resources: accumulation err='accumulating resources from '${entry}': evalsymlink failure on '${path}' : lstat ${path}: no such file or directory': must build at directory: not a valid directory: evalsymlink failure on '${path}' : lstat ${path}: no such file or directory`,
    )
  const { documents, problems } = decodeManifest(read.text, path)
  const [problem] = problems
  if (problem) throw new Problem(problem.message)
  return documents.map(({ object }) => object)
}

function transformed(ask: Ask, dir: string, own: Loose, objects: readonly Loose[]): readonly Loose[] {
  const out = objects.map((object) => copyJson(object))
  const namespace = textAt(own, 'namespace')
  if (namespace !== '')
    for (const object of out) {
      const found = resourceOfKind(String(object.apiVersion), String(object.kind), ask.custom)
      if ('error' in found || found.resource.namespaced) object.metadata = { ...(object.metadata as Loose), namespace }
      for (const subject of objectsAt(object, 'subjects'))
        if (subject.kind === 'ServiceAccount') subject.namespace = namespace
    }
  const before = out.map((object) => textAt(object, 'metadata', 'name'))
  renameAll(out, textAt(own, 'namePrefix'), textAt(own, 'nameSuffix'))
  const common = objectAt(own, 'commonLabels')
  if (common) for (const object of out) addLabels(object, common, true, true)
  for (const entry of objectsAt(own, 'labels'))
    for (const object of out)
      addLabels(
        object,
        objectAt(entry, 'pairs') ?? {},
        entry.includeSelectors === true,
        entry.includeSelectors === true || entry.includeTemplates === true,
      )
  const notes = objectAt(own, 'commonAnnotations')
  if (notes)
    for (const object of out) {
      const metadata = object.metadata as Loose
      object.metadata = { ...metadata, annotations: { ...objectAt(metadata, 'annotations'), ...notes } }
    }
  replaceImages(out, objectsAt(own, 'images'))
  replaceReplicas(out, objectsAt(own, 'replicas'))
  replaceFields(ask, dir, objectsAt(own, 'replacements'), out, before)
  return out
}

function patched(ask: Ask, dir: string, own: Loose, objects: readonly Loose[]): Loose[] {
  let out = [...objects]
  const entries: Loose[] = [
    ...texts(own, 'patchesStrategicMerge').map((text) => (text.includes('\n') ? { patch: text } : { path: text })),
    ...objectsAt(own, 'patchesJson6902'),
    ...objectsAt(own, 'patches'),
  ]
  for (const entry of entries) {
    const path = textAt(entry, 'path')
    const read = path === '' ? { text: textAt(entry, 'patch') } : ask.call.files.read(resolvePath(dir, path))
    if ('error' in read)
      throw new Problem(
        `error: failed to get the patch file from path(${path}): evalsymlink failure on '${resolvePath(dir, path)}' : lstat ${resolvePath(dir, path)}: no such file or directory`,
      )
    for (const part of read.text.split(/^---\s*$/m)) {
      const { value, problem } = parseYaml(part)
      if (problem)
        throw new Problem(`error: trouble configuring builtin PatchTransformer with config: ${problem.message}`)
      if (value !== null && value !== undefined) out = applied(out, value, objectAt(entry, 'target'))
    }
  }
  return out
}

function applied(objects: readonly Loose[], patch: unknown, target: Loose | undefined): Loose[] {
  const wanted = target ?? (isObject(patch) ? { kind: patch.kind, name: objectAt(patch, 'metadata')?.name } : {})
  let hits = 0
  const out = objects.flatMap((object) => {
    const same = (field: 'kind' | 'name') => {
      const value = textAt(wanted, field)
      const own = field === 'kind' ? textAt(object, 'kind') : textAt(object, 'metadata', 'name')
      return value === '' || own === value || (target !== undefined && new RegExp(`^(?:${value})$`).test(own))
    }
    const selector = textAt(wanted, 'labelSelector')
    const labelled =
      selector === '' ||
      selector
        .split(',')
        .every((pair) => objectAt(object, 'metadata', 'labels')?.[pair.split('=')[0] ?? ''] === pair.split('=')[1])
    if (!same('kind') || !same('name') || !labelled) return [object]
    hits++
    if (Array.isArray(patch)) {
      const answer = applyJsonPatch(object, patch)
      if ('error' in answer) throw new Problem(`error: ${answer.error}`)
      return [answer.value as Loose]
    }
    if (isObject(patch) && patch.$patch === 'delete') return []
    const type = typeOfKind(String(object.apiVersion), String(object.kind))
    const change = isObject(patch)
      ? {
          ...patch,
          metadata: { ...objectAt(patch, 'metadata'), name: textAt(object, 'metadata', 'name') },
          kind: object.kind,
          apiVersion: object.apiVersion,
        }
      : patch
    const answer =
      type === undefined ? { value: applyMergePatch(object, change) } : applyStrategicPatch(object, change, type)
    if ('error' in answer) throw new Problem(`error: ${answer.error}`)
    return [answer.value as Loose]
  })
  if (hits === 0 && target === undefined && isObject(patch))
    throw new Problem(
      `error: no resource matches strategic merge patch "${textAt(patch, 'kind')}.${textAt(patch, 'apiVersion').split('/').reverse().join('.')}/${textAt(patch, 'metadata', 'name')}.[noNs]": no matches for Id ${textAt(patch, 'kind')}.${textAt(patch, 'apiVersion').split('/').reverse().join('.')}/${textAt(patch, 'metadata', 'name')}.[noNs]; failed to find unique target for patch`,
    )
  return out
}

function texts(object: Loose, field: string): readonly string[] {
  const list = object[field]
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
}
