import type { ApiResource } from './apiResource.ts'

const everything = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

/**
 * The resources that a Kubernetes 1.35 API server serves without custom resources, preferred version of each group first.
 * Each line: plural|kind|short names|scope|categories|verbs (empty = all eight)|singular.
 */
const lines = `
 v1
bindings|Binding||N||create
componentstatuses|ComponentStatus|cs|C||get list
configmaps|ConfigMap|cm|N
endpoints|Endpoints|ep|N
events|Event|ev|N
limitranges|LimitRange|limits|N
namespaces|Namespace|ns|C||create delete get list patch update watch
nodes|Node|no|C
persistentvolumeclaims|PersistentVolumeClaim|pvc|N
persistentvolumes|PersistentVolume|pv|C
pods|Pod|po|N|all
podtemplates|PodTemplate||N
replicationcontrollers|ReplicationController|rc|N|all
resourcequotas|ResourceQuota|quota|N
secrets|Secret||N
serviceaccounts|ServiceAccount|sa|N
services|Service|svc|N|all
admissionregistration.k8s.io v1
mutatingwebhookconfigurations|MutatingWebhookConfiguration||C|api-extensions
validatingadmissionpolicies|ValidatingAdmissionPolicy||C|api-extensions
validatingadmissionpolicybindings|ValidatingAdmissionPolicyBinding||C|api-extensions
validatingwebhookconfigurations|ValidatingWebhookConfiguration||C|api-extensions
apiextensions.k8s.io v1
customresourcedefinitions|CustomResourceDefinition|crd,crds|C|api-extensions
apiregistration.k8s.io v1
apiservices|APIService||C|api-extensions
apps v1
controllerrevisions|ControllerRevision||N
daemonsets|DaemonSet|ds|N|all
deployments|Deployment|deploy|N|all
replicasets|ReplicaSet|rs|N|all
statefulsets|StatefulSet|sts|N|all
authentication.k8s.io v1
selfsubjectreviews|SelfSubjectReview||C||create
tokenreviews|TokenReview||C||create
authorization.k8s.io v1
localsubjectaccessreviews|LocalSubjectAccessReview||N||create
selfsubjectaccessreviews|SelfSubjectAccessReview||C||create
selfsubjectrulesreviews|SelfSubjectRulesReview||C||create
subjectaccessreviews|SubjectAccessReview||C||create
autoscaling v2
horizontalpodautoscalers|HorizontalPodAutoscaler|hpa|N|all
autoscaling v1
horizontalpodautoscalers|HorizontalPodAutoscaler|hpa|N|all
batch v1
cronjobs|CronJob|cj|N|all
jobs|Job||N|all
certificates.k8s.io v1
certificatesigningrequests|CertificateSigningRequest|csr|C
coordination.k8s.io v1
leases|Lease||N
discovery.k8s.io v1
endpointslices|EndpointSlice||N
events.k8s.io v1
events|Event|ev|N
flowcontrol.apiserver.k8s.io v1
flowschemas|FlowSchema||C
prioritylevelconfigurations|PriorityLevelConfiguration||C
networking.k8s.io v1
ingressclasses|IngressClass||C
ingresses|Ingress|ing|N
ipaddresses|IPAddress|ip|C
networkpolicies|NetworkPolicy|netpol|N
servicecidrs|ServiceCIDR||C
node.k8s.io v1
runtimeclasses|RuntimeClass||C
policy v1
poddisruptionbudgets|PodDisruptionBudget|pdb|N
rbac.authorization.k8s.io v1
clusterrolebindings|ClusterRoleBinding||C
clusterroles|ClusterRole||C
rolebindings|RoleBinding||N
roles|Role||N
resource.k8s.io v1
deviceclasses|DeviceClass||C
resourceclaims|ResourceClaim||N
resourceclaimtemplates|ResourceClaimTemplate||N
resourceslices|ResourceSlice||C
scheduling.k8s.io v1
priorityclasses|PriorityClass|pc|C
storage.k8s.io v1
csidrivers|CSIDriver||C
csinodes|CSINode||C
csistoragecapacities|CSIStorageCapacity||N
storageclasses|StorageClass|sc|C
volumeattachments|VolumeAttachment||C
volumeattributesclasses|VolumeAttributesClass|vac|C
`

function parse(): readonly ApiResource[] {
  const rows: ApiResource[] = []
  let group = ''
  let version = ''
  for (const line of lines.split('\n')) {
    const [plural = '', kind = '', short = '', scope = '', categories = '', verbs = ''] = line.split('|')
    if (line === '') continue
    if (!kind) {
      const cut = line.lastIndexOf(' ')
      group = line.slice(0, cut)
      version = line.slice(cut + 1)
      continue
    }
    rows.push({
      group,
      version,
      kind,
      plural,
      singular: kind.toLowerCase(),
      shortNames: short ? short.split(',') : [],
      namespaced: scope === 'N',
      categories: categories ? categories.split(',') : [],
      verbs: verbs ? verbs.split(' ') : everything,
    })
  }
  return rows
}

/** See `lines`. Data only; look up through `resources.ts`. */
export const resourceTable: readonly ApiResource[] = parse()
