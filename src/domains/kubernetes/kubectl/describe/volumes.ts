import { type Loose, objectAt, objectsAt, textAt } from '../../api/loose.ts'
import { inTreeRows } from './inTreeVolumes.ts'
import type { Sheet } from './sheet.ts'

/** The volumes of a pod or template. Models: kubectl/pkg/describe describeVolumes */
export function describeVolumes(sheet: Sheet, volumes: readonly Loose[], space = ''): void {
  if (volumes.length === 0) {
    sheet.line(0, `${space}Volumes:\t<none>`)
    return
  }
  sheet.line(0, `${space}Volumes:`)
  for (const volume of volumes) {
    sheet.line(1, `${space === '' ? '' : ' '}${textAt(volume, 'name')}:`)
    for (const [name, value] of sourceOf(volume)) sheet.line(2, value === undefined ? name : `${name}:\t${value}`)
  }
}

type Row = readonly [string, string?]

function sourceOf(volume: Loose): readonly Row[] {
  const one = (field: string) => objectAt(volume, field)
  const empty = one('emptyDir')
  if (empty)
    return [
      ['Type', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
      ['Medium', textAt(empty, 'medium')],
      ['SizeLimit', empty.sizeLimit === undefined ? '<unset>' : String(empty.sizeLimit)],
    ]
  const map = one('configMap')
  if (map)
    return [
      ['Type', 'ConfigMap (a volume populated by a ConfigMap)'],
      ['Name', textAt(map, 'name')],
      ['Optional', String(map.optional === true)],
    ]
  const secret = one('secret')
  if (secret)
    return [
      ['Type', 'Secret (a volume populated by a Secret)'],
      ['SecretName', textAt(secret, 'secretName')],
      ['Optional', String(secret.optional === true)],
    ]
  const claim = one('persistentVolumeClaim')
  if (claim)
    return [
      ['Type', 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)'],
      ['ClaimName', textAt(claim, 'claimName')],
      ['ReadOnly', String(claim.readOnly === true)],
    ]
  const host = one('hostPath')
  if (host)
    return [
      ['Type', 'HostPath (bare host directory volume)'],
      ['Path', textAt(host, 'path')],
      ['HostPathType', textAt(host, 'type')],
    ]
  const downward = one('downwardAPI')
  if (downward)
    return [
      ['Type', 'DownwardAPI (a volume populated by information about the pod)'],
      ['Items:'],
      ...objectsAt(downward, 'items').map(
        (item): Row => [
          `  ${textAt(item, 'fieldRef', 'fieldPath') || textAt(item, 'resourceFieldRef', 'resource')} -> ${textAt(item, 'path')}`,
        ],
      ),
    ]
  const nfs = one('nfs')
  if (nfs)
    return [
      ['Type', 'NFS (an NFS mount that lasts the lifetime of a pod)'],
      ['Server', textAt(nfs, 'server')],
      ['Path', textAt(nfs, 'path')],
      ['ReadOnly', String(nfs.readOnly === true)],
    ]
  const projected = one('projected')
  if (projected)
    return [
      ['Type', 'Projected (a volume that contains injected data from multiple sources)'],
      ...objectsAt(projected, 'sources').flatMap(projectedRows),
    ]
  const csi = one('csi')
  if (csi)
    return [
      ['Type', 'CSI (a Container Storage Interface (CSI) volume source)'],
      ['Driver', textAt(csi, 'driver')],
    ]
  return inTreeRows(volume) ?? [['<unknown>']]
}

function projectedRows(source: Loose): readonly Row[] {
  const secret = objectAt(source, 'secret')
  if (secret)
    return [
      ['SecretName', textAt(secret, 'name')],
      ['Optional', String(secret.optional === true)],
    ]
  const map = objectAt(source, 'configMap')
  if (map)
    return [
      ['ConfigMapName', textAt(map, 'name')],
      ['Optional', String(map.optional === true)],
    ]
  if (objectAt(source, 'downwardAPI')) return [['DownwardAPI', 'true']]
  const token = objectAt(source, 'serviceAccountToken')
  return token ? [['TokenExpirationSeconds', String(token.expirationSeconds ?? 3600)]] : []
}
