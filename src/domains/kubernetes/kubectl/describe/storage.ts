import { formatLabelSelector, type LabelSelector } from '../../api/labels.ts'
import { type Loose, objectAt, objectsAt, textAt, valueAt } from '../../api/loose.ts'
import { every } from '../../object/object.ts'
import { accessModes } from '../printers/storage.ts'
import type { Describer } from './describer.ts'
import { inTreeRows } from './inTreeVolumes.ts'
import { flat, longTime, type Sheet } from './sheet.ts'

/** Configuration, storage, autoscalers and budgets. Models: kubectl/pkg/describe */
export const storageDescribers: Readonly<Record<string, Describer>> = {
  ConfigMap(sheet, map) {
    sheet.head(map)
    sheet.marks(map)
    sheet.line(0, '\nData\n====')
    const data = (map.data ?? {}) as Record<string, string>
    for (const key of Object.keys(data).sort()) sheet.line(0, `${key}:\n----\n${data[key]}\n`)
    sheet.line(0, '\nBinaryData\n====')
    const binary = (map.binaryData ?? {}) as Record<string, string>
    for (const key of Object.keys(binary).sort()) sheet.line(0, `${key}: ${bytesOf(binary[key] ?? '')} bytes`)
    sheet.line(0, '')
  },
  Secret(sheet, secret) {
    sheet.head(secret)
    sheet.marks(secret)
    sheet.line(0, `\nType:\t${textAt(secret, 'type')}`)
    sheet.line(0, '\nData\n====')
    const data = (secret.data ?? {}) as Record<string, string>
    for (const key of Object.keys(data).sort())
      sheet.field(
        key,
        key === 'token' && secret.type === 'kubernetes.io/service-account-token'
          ? atob(data[key] ?? '')
          : `${bytesOf(data[key] ?? '')} bytes`,
      )
  },
  PersistentVolume(sheet, volume) {
    sheet.head(volume, false)
    sheet.marks(volume)
    finalizers(sheet, volume)
    sheet.field('StorageClass', textAt(volume, 'spec', 'storageClassName'))
    sheet.field(
      'Status',
      valueAt(volume, 'metadata', 'deletionTimestamp') ? 'Terminating' : textAt(volume, 'status', 'phase'),
    )
    const claim = objectAt(volume, 'spec', 'claimRef')
    sheet.field('Claim', claim ? `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}` : '')
    sheet.field('Reclaim Policy', textAt(volume, 'spec', 'persistentVolumeReclaimPolicy'))
    sheet.field('Access Modes', accessModes(valueAt(volume, 'spec', 'accessModes')))
    if (valueAt(volume, 'spec', 'volumeMode')) sheet.field('VolumeMode', textAt(volume, 'spec', 'volumeMode'))
    sheet.field('Capacity', valueAt(volume, 'spec', 'capacity', 'storage') ?? '')
    const terms = objectsAt(volume, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms')
    if (terms.length === 0) sheet.field('Node Affinity', '<none>')
    else {
      sheet.line(0, 'Node Affinity:')
      sheet.line(1, 'Required Terms:')
      for (const [i, term] of terms.entries())
        sheet.line(
          2,
          `Term ${i}:\t${objectsAt(term, 'matchExpressions')
            .map(
              (one) =>
                `${textAt(one, 'key')} ${textAt(one, 'operator').toLowerCase()} [${((one.values ?? []) as string[]).join(', ')}]`,
            )
            .join('\n\t')}`,
        )
    }
    sheet.field('Message', textAt(volume, 'status', 'message'))
    sheet.line(0, 'Source:')
    source(sheet, objectAt(volume, 'spec') ?? {})
  },
  PersistentVolumeClaim(sheet, claim) {
    sheet.head(claim)
    sheet.field('StorageClass', textAt(claim, 'spec', 'storageClassName'))
    sheet.field(
      'Status',
      valueAt(claim, 'metadata', 'deletionTimestamp') ? `Terminating` : textAt(claim, 'status', 'phase'),
    )
    sheet.field('Volume', textAt(claim, 'spec', 'volumeName'))
    sheet.marks(claim)
    finalizers(sheet, claim)
    const bound = textAt(claim, 'spec', 'volumeName') !== ''
    sheet.field('Capacity', bound ? (valueAt(claim, 'status', 'capacity', 'storage') ?? '') : '')
    sheet.field('Access Modes', bound ? accessModes(valueAt(claim, 'status', 'accessModes')) : '')
    if (valueAt(claim, 'spec', 'volumeMode')) sheet.field('VolumeMode', textAt(claim, 'spec', 'volumeMode'))
    const users: string[] = []
    for (const pod of every(sheet.world, 'Pod'))
      if (
        pod.metadata.namespace === textAt(claim, 'metadata', 'namespace') &&
        objectsAt(pod.spec, 'volumes').some(
          (one) => textAt(one, 'persistentVolumeClaim', 'claimName') === textAt(claim, 'metadata', 'name'),
        )
      )
        users.push(pod.metadata.name)
    sheet.field('Used By', users.sort()[0] ?? '<none>')
    for (const user of users.slice(1)) sheet.line(0, `\t${user}`)
  },
  StorageClass(sheet, object) {
    sheet.head(object, false)
    sheet.field(
      'IsDefaultClass',
      textAt(object, 'metadata', 'annotations', 'storageclass.kubernetes.io/is-default-class') === 'true'
        ? 'Yes'
        : 'No',
    )
    sheet.field('Annotations', flat(valueAt(object, 'metadata', 'annotations')))
    sheet.field('Provisioner', textAt(object, 'provisioner'))
    sheet.field('Parameters', flat(object.parameters))
    sheet.field(
      'AllowVolumeExpansion',
      object.allowVolumeExpansion === undefined ? '<unset>' : object.allowVolumeExpansion ? 'True' : 'False',
    )
    sheet.field('MountOptions', '<none>')
    sheet.field('ReclaimPolicy', textAt(object, 'reclaimPolicy'))
    sheet.field('VolumeBindingMode', textAt(object, 'volumeBindingMode'))
  },
  HorizontalPodAutoscaler(sheet, hpa) {
    sheet.head(hpa)
    sheet.marks(hpa)
    sheet.field('CreationTimestamp', longTime(valueAt(hpa, 'metadata', 'creationTimestamp')))
    const kind = textAt(hpa, 'spec', 'scaleTargetRef', 'kind')
    sheet.field('Reference', `${kind}/${textAt(hpa, 'spec', 'scaleTargetRef', 'name')}`)
    sheet.field('Metrics', '( current / target )')
    const now = objectsAt(hpa, 'status', 'currentMetrics')
    for (const [i, spec] of objectsAt(hpa, 'spec', 'metrics').entries()) metric(sheet, spec, now[i])
    sheet.field('Min replicas', valueAt(hpa, 'spec', 'minReplicas') ?? '<unset>')
    sheet.field('Max replicas', valueAt(hpa, 'spec', 'maxReplicas') ?? 0)
    const behavior = objectAt(hpa, 'spec', 'behavior')
    if (behavior) {
      sheet.line(0, 'Behavior:')
      for (const [title, field] of [
        ['Scale Up', 'scaleUp'],
        ['Scale Down', 'scaleDown'],
      ] as const)
        direction(sheet, title, objectAt(behavior, field))
    }
    sheet.field(
      `${kind} pods`,
      `${Number(valueAt(hpa, 'status', 'currentReplicas') ?? 0)} current / ${Number(valueAt(hpa, 'status', 'desiredReplicas') ?? 0)} desired`,
    )
    const conditions = objectsAt(hpa, 'status', 'conditions')
    if (conditions.length === 0) return
    sheet.line(0, 'Conditions:')
    sheet.line(1, 'Type\tStatus\tReason\tMessage')
    sheet.line(1, '----\t------\t------\t-------')
    for (const one of conditions)
      sheet.line(
        1,
        `${textAt(one, 'type')}\t${textAt(one, 'status')}\t${textAt(one, 'reason')}\t${textAt(one, 'message')}`,
      )
  },
  PodDisruptionBudget(sheet, pdb) {
    sheet.head(pdb)
    const min = valueAt(pdb, 'spec', 'minAvailable')
    const max = valueAt(pdb, 'spec', 'maxUnavailable')
    if (min !== undefined) sheet.field('Min available', min)
    else if (max !== undefined) sheet.field('Max unavailable', max)
    const selector = objectAt(pdb, 'spec', 'selector')
    sheet.field('Selector', selector ? formatLabelSelector(selector as LabelSelector) : '<unset>')
    sheet.line(0, 'Status:')
    const status = (field: string) => Number(valueAt(pdb, 'status', field) ?? 0)
    sheet.field('Allowed disruptions', status('disruptionsAllowed'), 2)
    sheet.field('Current', status('currentHealthy'), 2)
    sheet.field('Desired', status('desiredHealthy'), 2)
    sheet.field('Total', status('expectedPods'), 2)
  },
}

function bytesOf(base64: string): number {
  return Math.floor((base64.replace(/=+$/, '').length * 3) / 4)
}

function finalizers(sheet: Sheet, object: Loose): void {
  const list = valueAt(object, 'metadata', 'finalizers')
  sheet.field('Finalizers', `[${Array.isArray(list) ? list.join(' ') : ''}]`)
}

function source(sheet: Sheet, spec: Loose): void {
  const host = objectAt(spec, 'hostPath')
  const csi = objectAt(spec, 'csi')
  const local = objectAt(spec, 'local')
  const nfs = objectAt(spec, 'nfs')
  const rows: readonly (readonly [string, unknown])[] = host
    ? [
        ['Type', 'HostPath (bare host directory volume)'],
        ['Path', host.path],
        ['HostPathType', host.type ?? ''],
      ]
    : csi
      ? [
          ['Type', 'CSI (a Container Storage Interface (CSI) volume source)'],
          ['Driver', csi.driver],
          ['FSType', csi.fsType ?? ''],
          ['VolumeHandle', csi.volumeHandle],
          ['ReadOnly', csi.readOnly === true],
          ['VolumeAttributes', flat(csi.volumeAttributes)],
        ]
      : local
        ? [
            ['Type', 'LocalVolume (a persistent volume backed by local storage on a node)'],
            ['Path', local.path],
          ]
        : nfs
          ? [
              ['Type', 'NFS (an NFS mount that lasts the lifetime of a pod)'],
              ['Server', nfs.server],
              ['Path', nfs.path],
              ['ReadOnly', nfs.readOnly === true],
            ]
          : (inTreeRows(spec) ?? [['<unknown>', '']])
  for (const [name, value] of rows) sheet.field(name, value, 2)
}

function metric(sheet: Sheet, spec: Loose, status: Loose | undefined): void {
  const type = textAt(spec, 'type')
  const key = type.charAt(0).toLowerCase() + type.slice(1)
  const of = objectAt(spec, key)
  const target = objectAt(of, 'target')
  const current = objectAt(status, key, 'current')
  const now = String(current?.averageValue ?? '<unknown>')
  const name = textAt(of, 'metric', 'name')
  if (type === 'Resource' || type === 'ContainerResource') {
    const where = type === 'Resource' ? 'on pods' : `of container "${textAt(of, 'container')}" on pods`
    if (target?.averageValue !== undefined)
      sheet.field(`resource ${textAt(of, 'name')} ${where}`, `${now} / ${String(target.averageValue)}`, 1)
    else {
      const percent =
        current?.averageUtilization === undefined ? '<unknown>' : `${String(current.averageUtilization)}% (${now})`
      sheet.field(
        `resource ${textAt(of, 'name')} ${where}  (as a percentage of request)`,
        `${percent} / ${target?.averageUtilization === undefined ? '<auto>' : `${String(target.averageUtilization)}%`}`,
        1,
      )
    }
  } else if (type === 'Pods') sheet.field(`"${name}" on pods`, `${now} / ${String(target?.averageValue)}`, 1)
  else {
    const average = target?.averageValue !== undefined
    const about =
      type === 'Object' ? ` on ${textAt(of, 'describedObject', 'kind')}/${textAt(of, 'describedObject', 'name')}` : ''
    sheet.field(
      `"${name}"${about} (target ${average ? 'average ' : ''}value)`,
      `${average ? now : String(current?.value ?? '<unknown>')} / ${String(average ? target?.averageValue : target?.value)}`,
      1,
    )
  }
}

function direction(sheet: Sheet, title: string, rules: Loose | undefined): void {
  if (!rules) return
  sheet.line(1, `${title}:`)
  if (rules.stabilizationWindowSeconds !== undefined)
    sheet.line(2, `Stabilization Window: ${String(rules.stabilizationWindowSeconds)} seconds`)
  const policies = objectsAt(rules, 'policies')
  if (policies.length === 0) return
  sheet.line(2, `Select Policy: ${String(rules.selectPolicy ?? 'Max')}`)
  sheet.line(2, 'Policies:')
  for (const one of policies)
    sheet.line(
      3,
      `- Type: ${textAt(one, 'type')}\tValue: ${String(one.value)}\tPeriod: ${String(one.periodSeconds)} seconds`,
    )
}
