import { defineRule } from '../../../kernel/index.ts'

/**
 * Which endpoints of a Service a node's rules use, by how many there are of each sort: the ready ones; when there is none, those that end
 * but still serve; when there is none of these either, the connection is refused, or dropped where a traffic policy Local left none here.
 * Models: kubernetes pkg/proxy/topology.go CategorizeEndpoints
 */
export const endpointsRule = defineRule<
  { readonly ready: number; readonly servingTerminating: number; readonly local: boolean },
  'ready' | 'terminating' | 'refuse' | 'drop'
>({
  id: 'k8s.kubeproxy.endpoints',
  says: 'Connections go to ready endpoints, to ending ones that still serve when none is ready, and otherwise nowhere.',
  source: 'https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-to-terminating-endpoints',
  decide({ ready, servingTerminating, local }) {
    if (ready > 0) return 'ready'
    if (servingTerminating > 0) return 'terminating'
    return local ? 'drop' : 'refuse'
  },
})
