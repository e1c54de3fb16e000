import { isObject, type Loose } from '../../api/loose.ts'

/** A line of a description: its label, and its value where it has one. */
type Row = readonly [string, string]

interface Sort {
  readonly type: string
  /** Labels with the fields that they show. */
  readonly shows: readonly (readonly [label: string, field: string])[]
}

const SORTS: Readonly<Record<string, Sort>> = {
  gcePersistentDisk: {
    type: 'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    shows: [
      ['PDName', 'pdName'],
      ['FSType', 'fsType'],
      ['Partition', '#partition'],
      ['ReadOnly', '?readOnly'],
    ],
  },
  awsElasticBlockStore: {
    type: 'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    shows: [
      ['VolumeID', 'volumeID'],
      ['FSType', 'fsType'],
      ['Partition', '#partition'],
      ['ReadOnly', '?readOnly'],
    ],
  },
  rbd: {
    type: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    shows: [
      ['CephMonitors', 'monitors'],
      ['RBDImage', 'image'],
      ['FSType', 'fsType'],
      ['RBDPool', 'pool'],
      ['RadosUser', 'user'],
      ['Keyring', 'keyring'],
      ['SecretRef', 'secretRef'],
      ['ReadOnly', '?readOnly'],
    ],
  },
  iscsi: {
    type: "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
    shows: [
      ['TargetPortal', 'targetPortal'],
      ['IQN', 'iqn'],
      ['Lun', '#lun'],
      ['ISCSIInterface', 'iscsiInterface'],
      ['FSType', 'fsType'],
      ['ReadOnly', '?readOnly'],
      ['Portals', 'portals'],
      ['DiscoveryCHAPAuth', '?chapAuthDiscovery'],
      ['SessionCHAPAuth', '?chapAuthSession'],
      ['SecretRef', 'secretRef'],
      ['InitiatorName', 'initiatorName'],
    ],
  },
  glusterfs: {
    type: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    shows: [
      ['EndpointsName', 'endpoints'],
      ['Path', 'path'],
      ['ReadOnly', '?readOnly'],
    ],
  },
  cephfs: {
    type: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    shows: [
      ['Monitors', 'monitors'],
      ['Path', 'path'],
      ['User', 'user'],
      ['SecretFile', 'secretFile'],
      ['SecretRef', 'secretRef'],
      ['ReadOnly', '?readOnly'],
    ],
  },
  cinder: {
    type: 'Cinder (a Persistent Disk resource in OpenStack)',
    shows: [
      ['VolumeID', 'volumeID'],
      ['FSType', 'fsType'],
      ['ReadOnly', '?readOnly'],
      ['SecretRef', 'secretRef'],
    ],
  },
  vsphereVolume: {
    type: 'vSphereVolume (a Persistent Disk resource in vSphere)',
    shows: [
      ['VolumePath', 'volumePath'],
      ['FSType', 'fsType'],
      ['StoragePolicyName', 'storagePolicyName'],
    ],
  },
  azureDisk: {
    type: 'AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)',
    shows: [
      ['DiskName', 'diskName'],
      ['DiskURI', 'diskURI'],
      ['Kind', 'kind'],
      ['FSType', 'fsType'],
      ['CachingMode', 'cachingMode'],
      ['ReadOnly', '?readOnly'],
    ],
  },
  azureFile: {
    type: 'AzureFile (an Azure File Service mount on the host and bind mount to the pod)',
    shows: [
      ['SecretName', 'secretName'],
      ['SecretNamespace', 'secretNamespace'],
      ['ShareName', 'shareName'],
      ['ReadOnly', '?readOnly'],
    ],
  },
  fc: {
    type: 'FC (a Fibre Channel disk)',
    shows: [
      ['TargetWWNs', 'targetWWNs'],
      ['LUN', 'lun'],
      ['FSType', 'fsType'],
      ['ReadOnly', '?readOnly'],
    ],
  },
  gitRepo: {
    type: 'GitRepo (a volume that is pulled from git when the pod is created)',
    shows: [
      ['Repository', 'repository'],
      ['Revision', 'revision'],
    ],
  },
  flexVolume: {
    type: 'FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)',
    shows: [
      ['Driver', 'driver'],
      ['FSType', 'fsType'],
      ['SecretRef', 'secretRef'],
      ['ReadOnly', '?readOnly'],
      ['Options', 'options'],
    ],
  },
  portworxVolume: {
    type: 'PortworxVolume (a Portworx Volume resource)',
    shows: [['VolumeID', 'volumeID']],
  },
}

/** The lines about a volume of the older sorts that Kubernetes has built in; undefined for any other. Models: kubectl/pkg/describe print…VolumeSource */
export function inTreeRows(volume: Loose): readonly Row[] | undefined {
  for (const [field, { type, shows }] of Object.entries(SORTS)) {
    const source = volume[field]
    if (!isObject(source)) continue
    return [['Type', type], ...shows.map(([label, from]): Row => [label, shown(source, from)])]
  }
  return undefined
}

/** `#` marks a number and `?` a flag, which Go shows as 0 and false when they are absent. */
function shown(source: Loose, field: string): string {
  const value = source[field.replace(/^[#?]/, '')]
  if (value === undefined || value === null) return field.startsWith('#') ? '0' : field.startsWith('?') ? 'false' : ''
  if (Array.isArray(value)) return `[${value.join(' ')}]`
  if (isObject(value))
    return `&SecretReference{Name:${String(value.name ?? '')},Namespace:${String(value.namespace ?? '')},}`
  return String(value)
}
