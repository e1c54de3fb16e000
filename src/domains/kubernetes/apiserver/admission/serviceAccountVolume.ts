import { drawText, type World } from '../../../../kernel/index.ts'
import { isObject, type Loose, objectAt, objectsAt, textAt } from '../../api/loose.ts'
import { find, timeOf } from '../../object/object.ts'
import { SAFE_ALPHABET } from '../naming.ts'

/** Where every container finds its ServiceAccount's token. */
export const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'

/** How long after its namespace the default ServiceAccount may lag, in ms; the real plugin retries that long. */
const GRACE = 1000

/**
 * Gives a pod its ServiceAccount and the projected volume with its token; changes `spec`. Returns why it is forbidden, or undefined.
 * The volume's name is drawn with `salt` alone. Unlike Kubernetes, the pods of one template share the random end of the volume's name.
 * Models: plugin/pkg/admission/serviceaccount/admission.go
 */
export function admitServiceAccount(world: World, namespace: string, spec: Loose, salt: string): string | undefined {
  const given = textAt(spec, 'serviceAccountName')
  const name = given === '' ? 'default' : given
  spec.serviceAccountName = name
  spec.serviceAccount = name
  const account = find(world, 'ServiceAccount', namespace, name)
  if (!account && !(name === 'default' && isYoung(world, namespace)))
    return `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`
  const automount = spec.automountServiceAccountToken ?? account?.rest?.automountServiceAccountToken
  if (automount === false) return undefined
  mountToken(world, spec, salt)
  return undefined
}

function isYoung(world: World, namespace: string): boolean {
  const found = find(world, 'Namespace', undefined, namespace)
  return found !== undefined && world.now - timeOf(found.metadata.creationTimestamp) < GRACE + 1000
}

function mountToken(world: World, spec: Loose, salt: string): void {
  const containers = [...objectsAt(spec, 'initContainers'), ...objectsAt(spec, 'containers')]
  const lacking = containers.filter(
    (container) => !objectsAt(container, 'volumeMounts').some((mount) => mount.mountPath === TOKEN_PATH),
  )
  const volumes = objectsAt(spec, 'volumes')
  if (volumes.some((volume) => textAt(volume, 'name').startsWith('kube-api-access-'))) return
  if (lacking.length === 0) return
  const end = drawText(SAFE_ALPHABET, 5, world.seed, 'kube-api-access', salt)
  const name = `kube-api-access-${end}`
  for (const container of lacking) {
    container.volumeMounts = [...objectsAt(container, 'volumeMounts'), { name, readOnly: true, mountPath: TOKEN_PATH }]
  }
  spec.volumes = [...volumes, { name, projected: projection() }]
}

function projection(): Loose {
  return {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
  }
}

/** Image pull secrets that a ServiceAccount lends to pods without any of their own. */
export function lendPullSecrets(world: World, namespace: string, spec: Loose): void {
  if (Array.isArray(spec.imagePullSecrets) && spec.imagePullSecrets.length > 0) return
  const account = find(world, 'ServiceAccount', namespace, textAt(spec, 'serviceAccountName'))
  const secrets = account?.rest?.imagePullSecrets
  if (Array.isArray(secrets) && secrets.length > 0 && objectAt({ first: secrets[0] }, 'first') && isObject(spec))
    spec.imagePullSecrets = secrets
}
