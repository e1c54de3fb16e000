import type { PastEvent, World } from '../../../kernel/index.ts'
import { newObject } from '../apiserver/newObject.ts'
import { kubeController } from '../kubeController.ts'
import { find, type ObjectEntity } from '../object/object.ts'
import { namespaceId } from './serviceAccounts.controller.ts'

/** Name of the ConfigMap with the cluster's certificate authority. */
export const ROOT_CERTIFICATE = 'kube-root-ca.crt'

/**
 * Keeps the ConfigMap with the cluster's certificate authority in every namespace; every pod mounts it beside its token.
 * Unlike Kubernetes, the certificate is drawn from the seed and signs nothing.
 * Models: pkg/controller/certificates/rootcacertpublisher/publisher.go
 */
export const rootCertificateController = kubeController({
  name: 'root-ca-certificate-publisher-controller',
  component: 'kube-controller-manager',
  primary: 'k8s.Namespace',
  watches: { 'k8s.Namespace': ['Created'], 'k8s.ConfigMap': ['Removed'] },
  wakes: (event: PastEvent) =>
    event.kind === 'k8s.Namespace' || event.to.endsWith(`/${ROOT_CERTIFICATE}`) ? namespaceId(event) : undefined,
  reconcile(id: string, world: World) {
    const namespace = world.get(id) as ObjectEntity | undefined
    if (namespace?.state !== 'Active' || find(world, 'ConfigMap', namespace.metadata.name, ROOT_CERTIFICATE))
      return undefined
    const metadata = {
      name: ROOT_CERTIFICATE,
      namespace: namespace.metadata.name,
      annotations: { 'kubernetes.io/description': DESCRIPTION },
    }
    return [newObject(world, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'ca.crt': certificate(world) } })]
  },
})

const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.'

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function certificate(world: World): string {
  const lines: string[] = []
  for (let line = 0; line < 16; line++) {
    let text = ''
    for (let i = 0; i < 64; i++) text += BASE64[Math.floor(world.draw('ca.crt', line, i) * 64)]
    lines.push(text)
  }
  lines[0] = `MIID${lines[0]?.slice(4)}`
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
