import { basename, resolvePath } from '../../../../shell/files.ts'
import { type Loose, objectAt, objectsAt, textAt } from '../../api/loose.ts'
import type { Ask } from '../ask.ts'
import { base64, envLines } from '../create/data.ts'
import { Problem } from '../problem.ts'
import { contentHash } from './contentHash.ts'

/** ConfigMaps and Secrets of a kustomization's generators, with a hash of their content in the name unless that is turned off. */
export function generatedMaps(ask: Ask, dir: string, own: Loose): readonly Loose[] {
  const make = (entry: Loose, kind: 'ConfigMap' | 'Secret'): Loose => {
    const options = { ...objectAt(own, 'generatorOptions'), ...objectAt(entry, 'options') }
    const data: Record<string, string> = {}
    for (const text of list(entry, 'literals')) {
      const cut = text.indexOf('=')
      if (cut <= 0) throw new Problem(`error: invalid literal source ${text}, expected key=value`)
      data[text.slice(0, cut)] = text.slice(cut + 1).replace(/^(["'])(.*)\1$/s, '$2')
    }
    for (const text of list(entry, 'files')) {
      const cut = text.indexOf('=')
      const path = cut < 0 ? text : text.slice(cut + 1)
      data[cut < 0 ? basename(path) : text.slice(0, cut)] = read(ask, resolvePath(dir, path))
    }
    for (const file of [...list(entry, 'envs'), ...(entry.env ? [String(entry.env)] : [])])
      for (const [key, value] of envLines(read(ask, resolvePath(dir, file)), file)) data[key] = value
    const encoded =
      kind === 'Secret' ? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])) : data
    const type = textAt(entry, 'type') || 'Opaque'
    const name = textAt(entry, 'name')
    const hash = options.disableNameSuffixHash === true ? '' : `-${contentHash(kind, name, encoded, type)}`
    const labels = objectAt(options, 'labels')
    const annotations = objectAt(options, 'annotations')
    return {
      apiVersion: 'v1',
      data: encoded,
      kind,
      metadata: {
        name: `${name}${hash}`,
        ...(textAt(entry, 'namespace') === '' ? {} : { namespace: textAt(entry, 'namespace') }),
        ...(labels ? { labels } : {}),
        annotations: { ...annotations, ...(hash === '' ? {} : { [ORIGINAL]: name }) },
      },
      ...(kind === 'Secret' ? { type } : {}),
    }
  }
  return [
    ...objectsAt(own, 'configMapGenerator').map((entry) => make(entry, 'ConfigMap')),
    ...objectsAt(own, 'secretGenerator').map((entry) => make(entry, 'Secret')),
  ]
}

/** Marks what name a generated object was written with, until references have been renamed. */
export const ORIGINAL = 'orrery/original-name'

function list(entry: Loose, field: string): readonly string[] {
  const value = entry[field]
  return Array.isArray(value) ? value.map(String) : []
}

function read(ask: Ask, path: string): string {
  const found = ask.call.files.read(path)
  if ('text' in found) return found.text
  throw new Problem(
    `error: loading KV pairs: file sources: [${basename(path)}]: evalsymlink failure on '${path}' : lstat ${path}: no such file or directory`,
  )
}
