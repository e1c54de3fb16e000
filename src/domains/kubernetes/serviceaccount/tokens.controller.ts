import type { PastEvent, World } from '../../../kernel/index.ts'
import { textAt } from '../api/loose.ts'
import { deletion } from '../apiserver/remove.ts'
import { kubeController } from '../kubeController.ts'
import { every, find, type ObjectEntity, objectId } from '../object/object.ts'
import { ROOT_CERTIFICATE } from './rootCertificate.controller.ts'

const SECRET = 'k8s.Secret'
const TYPE = 'kubernetes.io/service-account-token'
const NAME = 'kubernetes.io/service-account.name'
const UID = 'kubernetes.io/service-account.uid'

/**
 * Fills the Secrets that ask for a ServiceAccount's token, and deletes them when there is no such account. Unlike Kubernetes, the token is
 * drawn from the seed and proves nothing. Models: pkg/controller/serviceaccount/tokens_controller.go
 */
export const tokensController = kubeController({
  name: 'serviceaccount-token-controller',
  component: 'kube-controller-manager',
  primary: SECRET,
  watches: { [SECRET]: ['Created', 'Updated'], 'k8s.ServiceAccount': ['Created', 'Removed'] },
  wakes(event: PastEvent, world: World) {
    if (event.kind === SECRET) {
      const secret = world.get(event.to) as ObjectEntity | undefined
      return secret && isToken(secret) ? event.to : undefined
    }
    const [, namespace = '', name] = event.to.split('/')
    return [...every(world, 'Secret')]
      .filter((secret) => isToken(secret) && secret.metadata.namespace === namespace && accountOf(secret) === name)
      .map(({ id }) => id)
  },
  reconcile(id: string, world: World) {
    const secret = world.get(id) as ObjectEntity | undefined
    if (!secret || !isToken(secret) || secret.metadata.deletionTimestamp !== undefined) return undefined
    const { namespace = 'default', annotations = {} } = secret.metadata
    const account = find(world, 'ServiceAccount', namespace, accountOf(secret))
    if (!account || (annotations[UID] !== undefined && annotations[UID] !== account.metadata.uid)) {
      const emission = deletion(world, secret)
      return emission && [{ ...emission, by: undefined }]
    }
    const data = (secret.rest?.data ?? {}) as Readonly<Record<string, string>>
    if (annotations[UID] !== undefined && data.token !== undefined) return undefined
    const root = world.get(objectId('ConfigMap', namespace, ROOT_CERTIFICATE)) as ObjectEntity | undefined
    const metadata = { ...secret.metadata, annotations: { ...annotations, [UID]: account.metadata.uid } }
    const filled = {
      'ca.crt': btoa(textAt(root?.rest, 'data', 'ca.crt')),
      namespace: btoa(namespace),
      token: btoa(token(world, secret, account)),
      ...data,
    }
    return [{ to: id, type: 'Updated', data: { metadata, rest: { ...secret.rest, data: filled } } }]
  },
})

function isToken(secret: ObjectEntity): boolean {
  return secret.rest?.type === TYPE && accountOf(secret) !== ''
}

function accountOf(secret: ObjectEntity): string {
  return secret.metadata.annotations?.[NAME] ?? ''
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function token(world: World, secret: ObjectEntity, account: ObjectEntity): string {
  const plain = (part: object): string =>
    btoa(JSON.stringify(part)).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_')
  const { namespace, name, uid } = account.metadata
  const claims = {
    iss: 'kubernetes/serviceaccount',
    'kubernetes.io/serviceaccount/namespace': namespace,
    'kubernetes.io/serviceaccount/secret.name': secret.metadata.name,
    'kubernetes.io/serviceaccount/service-account.name': name,
    'kubernetes.io/serviceaccount/service-account.uid': uid,
    sub: `system:serviceaccount:${namespace}:${name}`,
  }
  let signature = ''
  for (let i = 0; i < 342; i++) signature += ALPHABET[Math.floor(world.draw('token', secret.id, uid, i) * 64)]
  return `${plain({ alg: 'RS256' })}.${plain(claims)}.${signature}`
}
