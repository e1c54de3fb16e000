import type { World } from '../../../../kernel/index.ts'
import type { ApiResource } from '../../api/apiResource.ts'
import { find } from '../../object/object.ts'
import { forbidden, type Refused, refuse } from '../result.ts'

/** Namespaces that nobody may delete. */
export const IMMORTAL_NAMESPACES: readonly string[] = ['default', 'kube-system', 'kube-public']

/**
 * Refuses new objects in a namespace that does not exist or is being deleted.
 * Models: apiserver pkg/admission/plugin/namespace/lifecycle/admission.go
 */
export function admitToNamespace(
  world: World,
  resource: ApiResource,
  namespace: string,
  name: string,
): Refused | undefined {
  const found = find(world, 'Namespace', undefined, namespace)
  if (!found)
    return refuse(404, 'NotFound', `namespaces "${namespace}" not found`, { name: namespace, kind: 'namespaces' })
  if (found.metadata.deletionTimestamp === undefined) return undefined
  const refused = forbidden(
    resource,
    name,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
  )
  const causes = [
    {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    },
  ]
  return { ok: false, status: { ...refused.status, details: { ...refused.status.details, causes } } }
}
