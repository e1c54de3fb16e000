import { stable } from '../../../kernel/index.ts'
import { isObject, type Loose, objectAt } from '../api/loose.ts'
import { SAFE_ALPHABET } from '../apiserver/naming.ts'

/** Label of ReplicaSets and their pods that tells the templates of one Deployment apart. */
export const POD_TEMPLATE_HASH = 'pod-template-hash'

/**
 * Hash of a pod template, as eight to ten letters that make no words; `collisions` sets it apart after a clash of names.
 * Unlike Kubernetes, it hashes the template's JSON with sorted keys, not Go's dump of it: same length and letters, other value.
 * Models: pkg/controller/controller_utils.go ComputeHash
 */
export function templateHash(template: Loose, collisions: number): string {
  const text = templateText(template)
  let hash = fnv(0x811c9dc5, text)
  if (collisions > 0) hash = fnv(hash, `#${collisions}`)
  let encoded = ''
  for (const digit of String(hash >>> 0)) encoded += SAFE_ALPHABET[digit.charCodeAt(0) % SAFE_ALPHABET.length] ?? ''
  return encoded
}

/** A template as text, without the hash label: equal templates have equal texts. Remembered by identity. */
export function templateText(template: Loose): string {
  const known = texts.get(template)
  if (known !== undefined) return known
  const text = stable(withoutHash(template))
  texts.set(template, text)
  return text
}

/** The template without the hash label, as `kubectl rollout undo` puts it back into the Deployment. */
export function withoutHash(template: Loose): Loose {
  const labels = objectAt(template, 'metadata', 'labels')
  if (!labels || !(POD_TEMPLATE_HASH in labels)) return template
  const { [POD_TEMPLATE_HASH]: _hash, ...rest } = labels
  const metadata = isObject(template.metadata) ? template.metadata : {}
  return { ...template, metadata: { ...metadata, labels: rest } }
}

const texts = new WeakMap<Loose, string>()

function fnv(start: number, text: string): number {
  let hash = start
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}
