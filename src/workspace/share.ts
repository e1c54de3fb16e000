import { deflateSync, Inflate } from 'fflate'
import type { Save } from '../host/save.ts'
import { readSave } from './saveSchema.ts'

/** Longest link that is read, in characters, and most that it may hold unpacked, in bytes. */
export const MOST_LINK = 16_384
export const MOST_UNPACKED = 1_000_000

/** Of the form of a link; the first byte of each. */
const VERSION = 1

/** What most histories have in common, so that short ones stay short: fflate's window begins with it. Never change it under a version. */
const DICTIONARY = new TextEncoder().encode(
  [
    '"by":"palette"},{"at":"by":"canvas"},{"at":"by":"editor"},{"at":"by":"inspector"},{"at":"by":"fault"},{"at":',
    'apiVersion: apps/v1\\nkind: Deployment\\nmetadata:\\n  name: web\\n  labels:\\n    app: web\\nspec:\\n  replicas: 3\\n',
    '  selector:\\n    matchLabels:\\n      app: web\\n  template:\\n    metadata:\\n      labels:\\n        app: web\\n    spec:\\n',
    '      containers:\\n      - name: web\\n        image: nginx:1.27\\n        ports:\\n        - containerPort: 80\\n',
    '        resources:\\n          requests:\\n            cpu: 100m\\n            memory: 64Mi\\n          limits:\\n',
    'apiVersion: v1\\nkind: Service\\nspec:\\n  type: ClusterIP\\n  ports:\\n  - port: 80\\n    targetPort: 80\\nEOF',
    'lab traffic start clients --to service/web --rate 40 lab fault lab node add lab cluster up --nodes 3 --zones 2',
    'kubectl get pods -o wide kubectl describe pod kubectl delete pod kubectl scale deployment web --replicas=',
    'kubectl set image kubectl rollout status kubectl create deployment web --image=nginx:1.27 --replicas=3',
    "kubectl expose deployment web --port=80 cat > /home/learner/ <<'EOF_ORRERY'\\n kubectl apply -f ",
    '{"title":"","save":{"version":1,"seed":1,"at":30000,"shown":0,"branches":[{"id":0,"name":"main","parent":0,',
    '"forkedAt":0,"end":30000,"history":[{"at":0,"line":"","session":"main","by":"scene"},{"at":',
  ].join(''),
)

/** A world under its title. */
export interface Shared {
  readonly title: string
  readonly save: Save
}

/** The part of a link after `#/s/`, or why the world does not fit into one. */
export function packShare({ title, save }: Shared): { readonly link: string } | { readonly wrong: string } {
  const plain = new TextEncoder().encode(JSON.stringify({ title, save }))
  if (plain.length > MOST_UNPACKED) return { wrong: 'This world is too large for a link. Export it as a file instead.' }
  const packed = deflateSync(plain, { level: 9, dictionary: DICTIONARY })
  const bytes = new Uint8Array(packed.length + 5)
  bytes[0] = VERSION
  new DataView(bytes.buffer).setUint32(1, checksum(packed))
  bytes.set(packed, 5)
  const link = toBase64Url(bytes)
  return link.length > MOST_LINK
    ? { wrong: 'This world has too long a history for a link. Export it as a file instead.' }
    : { link }
}

/** What `DAMAGED` says of every link that is not exactly what was made. */
export const DAMAGED = 'This link is damaged.'

/** Reads a link. Unpacking stops as soon as it holds more than it may, so that no link can fill the memory. */
export function unpackShare(link: string): Shared | { readonly wrong: string } {
  if (link.length > MOST_LINK) return { wrong: 'This link is too long to be read.' }
  const bytes = fromBase64Url(link)
  if (!bytes || bytes.length < 6) return { wrong: DAMAGED }
  if (bytes[0] !== VERSION) {
    return (bytes[0] ?? 0) > VERSION && (bytes[0] ?? 0) < 16
      ? { wrong: 'This link was made by a later version of Orrery, or it is damaged.' }
      : { wrong: DAMAGED }
  }
  const packed = bytes.subarray(5)
  if (new DataView(bytes.buffer, bytes.byteOffset).getUint32(1) !== checksum(packed)) return { wrong: DAMAGED }
  const plain = inflateUpTo(packed, MOST_UNPACKED)
  if (!plain) return { wrong: DAMAGED }
  try {
    const { title, save } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain)) as Partial<Shared>
    const read = readSave(save)
    if ('wrong' in read || typeof title !== 'string') return { wrong: DAMAGED }
    return { title: title.slice(0, 200) || 'A shared world', save: read.save }
  } catch {
    return { wrong: DAMAGED }
  }
}

const PIECE = 512

function inflateUpTo(packed: Uint8Array, most: number): Uint8Array | undefined {
  const parts: Uint8Array[] = []
  let size = 0
  let ended = false
  try {
    const inflate = new Inflate({ dictionary: DICTIONARY }, (part, final) => {
      size += part.length
      parts.push(part)
      ended ||= final
    })
    for (let at = 0; at < packed.length && size <= most; at += PIECE) {
      inflate.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length)
    }
  } catch {
    return undefined
  }
  if (!ended || size > most) return undefined
  const plain = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    plain.set(part, at)
    at += part.length
  }
  return plain
}

/** FNV-1a with a final mix: finds any change of one byte and all but one in four thousand million others. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
    // The unused bits at the end must be those that we write, so that no two links mean the same.
    return toBase64Url(bytes) === text ? bytes : undefined
  } catch {
    return undefined
  }
}
