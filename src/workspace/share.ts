import type { Save } from '../host/save.ts'
import { readSave } from './saveSchema.ts'
import { seal, unseal } from './sealed.ts'

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
  const link = seal(plain, VERSION, DICTIONARY)
  return link.length > MOST_LINK
    ? { wrong: 'This world has too long a history for a link. Export it as a file instead.' }
    : { link }
}

/** What `DAMAGED` says of every link that is not exactly what was made. */
export const DAMAGED = 'This link is damaged.'

/** Reads a link. Unpacking stops as soon as it holds more than it may, so that no link can fill the memory. */
export function unpackShare(link: string): Shared | { readonly wrong: string } {
  if (link.length > MOST_LINK) return { wrong: 'This link is too long to be read.' }
  const plain = unseal(link, VERSION, MOST_UNPACKED, DICTIONARY)
  if (plain === 'later') return { wrong: 'This link was made by a later version of Orrery, or it is damaged.' }
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
