import { copyJson, fill, isObject, type Loose, objectAt, objectsAt, structAt, textAt } from '../loose.ts'

/** Defaults of a Pod's own spec: those of every pod template, and requests from limits. Models: pkg/apis/core/v1/defaults.go SetDefaults_Pod. */
export function defaultPod(pod: Loose): void {
  const spec = structAt(pod, 'spec')
  if (!spec) return
  defaultPodSpec(spec)
  for (const container of [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')]) {
    const resources = objectAt(container, 'resources')
    const limits = objectAt(resources, 'limits')
    if (!resources || !limits) continue
    if (!isObject(resources.requests)) resources.requests = {}
    fill(resources.requests as Loose, copyJson(limits))
  }
  fill(spec, { enableServiceLinks: true })
}

/** Defaults of the `spec` of a pod or of a pod template. Models: SetDefaults_PodSpec and those of its parts. */
export function defaultPodSpec(spec: Loose): void {
  fill(spec, { dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', schedulerName: 'default-scheduler' }, true)
  fill(spec, { securityContext: {}, terminationGracePeriodSeconds: 30 })
  syncServiceAccount(spec)
  for (const volume of objectsAt(spec, 'volumes')) defaultVolume(volume)
  for (const container of objectsAt(spec, 'initContainers')) defaultContainer(container)
  for (const container of objectsAt(spec, 'containers')) defaultContainer(container)
  for (const container of objectsAt(spec, 'ephemeralContainers')) defaultContainer(container)
  if (spec.hostNetwork === true) {
    for (const container of [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')]) {
      for (const port of objectsAt(container, 'ports')) fill(port, { hostPort: port.containerPort }, true)
    }
  }
}

/** Defaults of the pod template inside a workload. */
export function defaultTemplate(template: unknown): void {
  if (!isObject(template)) return
  fill(template, { metadata: {} })
  const spec = structAt(template, 'spec')
  if (spec) defaultPodSpec(spec)
}

/** The pull policy that an image reference gets: Always for `latest` and for no tag, else IfNotPresent. */
export function defaultPullPolicy(image: string): string {
  const digest = image.includes('@')
  const last = image.split('@')[0]?.split('/').pop() ?? ''
  const tag = last.includes(':') ? last.slice(last.indexOf(':') + 1) : digest ? '' : 'latest'
  return tag === 'latest' ? 'Always' : 'IfNotPresent'
}

function defaultContainer(container: Loose): void {
  fill(
    container,
    {
      imagePullPolicy: defaultPullPolicy(textAt(container, 'image')),
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
    },
    true,
  )
  fill(container, { resources: {} })
  for (const port of objectsAt(container, 'ports')) fill(port, { protocol: 'TCP' }, true)
  for (const env of objectsAt(container, 'env')) {
    const ref = objectAt(env, 'valueFrom', 'fieldRef')
    if (ref) fill(ref, { apiVersion: 'v1' }, true)
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = objectAt(container, name)
    if (!probe) continue
    fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }, true)
    defaultHandler(probe)
    const grpc = objectAt(probe, 'grpc')
    if (grpc) fill(grpc, { service: '' })
  }
  for (const hook of ['postStart', 'preStop']) defaultHandler(objectAt(container, 'lifecycle', hook))
}

function defaultHandler(handler: Loose | undefined): void {
  const get = objectAt(handler, 'httpGet')
  if (get) fill(get, { path: '/', scheme: 'HTTP' }, true)
}

function defaultVolume(volume: Loose): void {
  if (Object.keys(volume).every((key) => key === 'name' || volume[key] === null || volume[key] === undefined))
    volume.emptyDir = {}
  for (const kind of ['secret', 'configMap', 'downwardAPI', 'projected']) {
    const source = objectAt(volume, kind)
    if (source) fill(source, { defaultMode: 420 })
  }
  const files = [...objectsAt(volume, 'downwardAPI', 'items')]
  for (const source of objectsAt(volume, 'projected', 'sources')) {
    const token = objectAt(source, 'serviceAccountToken')
    if (token) fill(token, { expirationSeconds: 3600 })
    files.push(...objectsAt(source, 'downwardAPI', 'items'))
  }
  for (const file of files) {
    const ref = objectAt(file, 'fieldRef')
    if (ref) fill(ref, { apiVersion: 'v1' }, true)
  }
  const host = objectAt(volume, 'hostPath')
  if (host) fill(host, { type: '' })
  const iscsi = objectAt(volume, 'iscsi')
  if (iscsi) fill(iscsi, { iscsiInterface: 'default' }, true)
  const rbd = objectAt(volume, 'rbd')
  if (rbd) fill(rbd, { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' }, true)
  const disk = objectAt(volume, 'azureDisk')
  if (disk) fill(disk, { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' })
  const scale = objectAt(volume, 'scaleIO')
  if (scale) fill(scale, { storageMode: 'ThinProvisioned', fsType: 'xfs' }, true)
  const image = objectAt(volume, 'image')
  if (image) fill(image, { pullPolicy: defaultPullPolicy(textAt(image, 'reference')) }, true)
  const claim = objectAt(volume, 'ephemeral', 'volumeClaimTemplate', 'spec')
  if (claim) fill(claim, { volumeMode: 'Filesystem' })
}

/** `serviceAccount` is the old name of `serviceAccountName`; conversion keeps both equal. */
function syncServiceAccount(spec: Loose): void {
  const name = textAt(spec, 'serviceAccountName') || textAt(spec, 'serviceAccount')
  if (name === '') return
  spec.serviceAccountName = name
  spec.serviceAccount = name
}
