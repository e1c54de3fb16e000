import type { Presumed } from './presumed.ts'

type Shape = Readonly<Record<string, unknown>>
type Told = Omit<Presumed, 'document'>

/** Everything but the head of the least manifest of a kind: its spec, data, rules. Columns that kubectl prints are read back. */
export function minimalSpec(told: Told): Shape {
  return (SPECS[told.resource.kind] ?? (() => ({})))(told)
}

const SPECS: Readonly<Record<string, (told: Told) => Shape>> = {
  Pod: (told) => ({ spec: podSpec(told) }),
  Deployment: (told) => ({ spec: { replicas: replicas(told), ...template(told) } }),
  ReplicaSet: (told) => ({ spec: { replicas: replicas(told), ...template(told) } }),
  ReplicationController: (told) => {
    const { selector, ...rest } = template(told)
    return { spec: { replicas: replicas(told), selector: selector.matchLabels, ...rest } }
  },
  StatefulSet: (told) => ({ spec: { replicas: replicas(told), serviceName: told.name, ...template(told) } }),
  DaemonSet: (told) => ({ spec: template(told) }),
  Job: (told) => ({ spec: jobSpec(told) }),
  CronJob: (told) => ({
    spec: {
      schedule: told.cells.SCHEDULE || '*/1 * * * *',
      suspend: told.cells.SUSPEND === 'True',
      jobTemplate: { spec: jobSpec(told) },
    },
  }),
  Service: serviceSpec,
  ConfigMap: ({ cells }) => ({ data: keys(cells.DATA) }),
  Secret: secretParts,
  PersistentVolume: ({ name, cells }) => ({
    spec: {
      ...volume(cells),
      hostPath: { path: `/mnt/${name}` },
      persistentVolumeReclaimPolicy: (cells['RECLAIM POLICY'] ?? cells.RECLAIMPOLICY) || 'Retain',
    },
  }),
  PersistentVolumeClaim: ({ name, cells }) => {
    const { capacity, ...rest } = volume(cells)
    const bound = (cells.STATUS ?? 'Bound') === 'Bound'
    return {
      spec: {
        ...rest,
        resources: { requests: capacity },
        ...(bound ? { volumeName: cells.VOLUME || `${name}-volume` } : {}),
      },
    }
  },
  Ingress: ({ name, cells }) => {
    const backend = { service: { name, port: { number: 80 } } }
    const hosts = (cells.HOSTS ?? '*').split(',').filter((host) => /^[\w.*-]+$/.test(host))
    const rules = hosts.map((host) => ({
      ...(host === '*' ? {} : { host }),
      http: { paths: [{ path: '/', pathType: 'Prefix', backend }] },
    }))
    const tls = (cells.PORTS ?? '').includes('443') ? { tls: [{ secretName: name }] } : {}
    const given = cells.CLASS
    return { spec: { ...(given && !given.startsWith('<') ? { ingressClassName: given } : {}), ...tls, rules } }
  },
  HorizontalPodAutoscaler: ({ name, cells }) => {
    const [, kind = 'Deployment', target = name] = /^(\w+)\/([\w.-]+)/.exec(cells.REFERENCE ?? '') ?? []
    const [, percent = '50'] = /\/\s*(\d+)%/.exec(cells.TARGETS ?? cells.TARGET ?? '') ?? []
    return {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind, name: target },
        minReplicas: Number(cells.MINPODS ?? 1) || 1,
        maxReplicas: Number(cells.MAXPODS ?? 10) || 10,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: Number(percent) } },
          },
        ],
      },
    }
  },
  PodDisruptionBudget: ({ name, cells }) => ({
    spec: {
      ...(/^\d/.test(cells['MAX UNAVAILABLE'] ?? '')
        ? { maxUnavailable: count(cells['MAX UNAVAILABLE']) }
        : { minAvailable: count(cells['MIN AVAILABLE'] ?? '1') }),
      selector: { matchLabels: { app: name } },
    },
  }),
  NetworkPolicy: ({ cells }) => ({
    spec: { podSelector: { matchLabels: pairs(cells['POD-SELECTOR']) }, policyTypes: ['Ingress'] },
  }),
  StorageClass: ({ cells }) => ({
    provisioner: cells.PROVISIONER || 'kubernetes.io/no-provisioner',
    volumeBindingMode: cells.VOLUMEBINDINGMODE || 'WaitForFirstConsumer',
  }),
  PriorityClass: ({ cells }) => ({
    value: Number(cells.VALUE ?? 1000) || 1000,
    globalDefault: cells['GLOBAL-DEFAULT'] === 'true',
  }),
  IngressClass: ({ cells }) => ({ spec: { controller: cells.CONTROLLER || 'example.com/ingress-controller' } }),
  RuntimeClass: ({ cells }) => ({ handler: cells.HANDLER || 'runc' }),
  ResourceQuota: () => ({ spec: { hard: { pods: '100' } } }),
  LimitRange: () => ({ spec: { limits: [{ type: 'Container', default: { cpu: '500m' } }] } }),
  Role: () => ({ rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }] }),
  ClusterRole: () => ({ rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }] }),
  RoleBinding: binding,
  ClusterRoleBinding: binding,
}

function podSpec({ name, cells, image, container, resource }: Told, alone = true): Shape {
  const status = cells.STATUS ?? ''
  const [, ready = '1', all = '1'] =
    /^(\d+)\/(\d+)$/.exec((resource.kind === 'Pod' ? cells.READY : cells['POD READY']) ?? '') ?? []
  const images = (cells.IMAGES ?? cells['IMAGE(S)'] ?? image ?? '').split(',').filter((one) => one !== '')
  const names = (
    cells.CONTAINERS ??
    cells['CONTAINER(S)'] ??
    container ??
    name.replace(/\W+/g, '-').slice(0, 60)
  ).split(',')
  const ends = /^(?:Completed|Error)$/.test(status) && alone
  const code = status === 'Completed' ? 0 : 1
  const containers = Array.from({ length: Math.max(Number(all), names.length, images.length) }, (_, i) => ({
    name: names[i] ?? `side-${i}`,
    image: /Image/.test(status) ? 'registry.example/absent:1' : (images[i] ?? (i === 0 && !ends ? 'nginx' : 'busybox')),
    ...(ends || status === 'CrashLoopBackOff' ? { command: ['sh', '-c', `exit ${code}`] } : {}),
    ...(i > 0 && !images[i] && !ends ? { command: ['sleep', '1000000'] } : {}),
    ...(status === 'Running' && i >= Number(ready) ? { readinessProbe: { exec: { command: ['false'] } } } : {}),
  }))
  return {
    containers,
    ...(ends ? { restartPolicy: 'Never' } : {}),
    ...(status === 'Pending' ? { nodeSelector: { absent: 'true' } } : {}),
  }
}

function template(told: Told) {
  const given = { ...told.labels, ...pairs(told.cells.SELECTOR) }
  const labels = Object.keys(given).length > 0 ? given : { app: told.name }
  return { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec(told, false) } }
}

function jobSpec(told: Told): Shape {
  const [, done = '1', all = '1'] = /^(\d+)\/(\d+)$/.exec(told.cells.COMPLETIONS ?? '') ?? []
  const command = Number(done) < Number(all) ? ['sleep', '1000000'] : ['sh', '-c', 'echo done']
  const [image = 'busybox'] = [told.cells.IMAGES, told.image].filter((one) => one !== undefined)
  const container = { name: told.container ?? told.name.slice(0, 60), image, command }
  return {
    completions: Number(all),
    parallelism: Number(all),
    template: { spec: { restartPolicy: 'Never', containers: [container] } },
  }
}

function serviceSpec({ name, labels, cells }: Told): Shape {
  const type = /^(?:ClusterIP|NodePort|LoadBalancer|ExternalName)$/.test(cells.TYPE ?? '') ? cells.TYPE : 'ClusterIP'
  if (type === 'ExternalName') return { spec: { type, externalName: cells['EXTERNAL-IP'] || 'example.com' } }
  const listed = [...(cells['PORT(S)'] ?? '').matchAll(/(\d+)(?::(\d+))?\/(TCP|UDP|SCTP)/g)]
  const ports = (listed.length > 0 ? listed : [['', '80', undefined, 'TCP']]).map(([, port, , protocol], i) => ({
    name: `port-${i}`,
    port: Number(port),
    protocol,
  }))
  const given = pairs(cells.SELECTOR)
  const selector = Object.keys(given).length > 0 ? given : Object.keys(labels).length > 0 ? labels : { app: name }
  return { spec: { type, ports, selector, ...(cells['CLUSTER-IP'] === 'None' ? { clusterIP: 'None' } : {}) } }
}

function secretParts({ cells }: Told): Shape {
  const type = cells.TYPE || 'Opaque'
  if (type === 'kubernetes.io/tls') return { type, stringData: { 'tls.crt': '', 'tls.key': '' } }
  if (type === 'kubernetes.io/dockerconfigjson') return { type, stringData: { '.dockerconfigjson': '{"auths":{}}' } }
  if (type === 'kubernetes.io/service-account-token')
    return { type, metadata: { annotations: { 'kubernetes.io/service-account.name': 'default' } } }
  return { type, stringData: keys(cells.DATA) }
}

function binding({ name, cells }: Told): Shape {
  const [, kind = 'ClusterRole', role = name] = /^(\w+)\/(.+)$/.exec(cells.ROLE ?? '') ?? []
  return { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: role }, subjects: [] }
}

function volume(cells: Told['cells']) {
  const modes = (cells['ACCESS MODES'] ?? cells.ACCESSMODES ?? 'RWO')
    .split(',')
    .map((mode) => MODES[mode] ?? 'ReadWriteOnce')
  const size = /^\d+\w*$/.exec(cells.CAPACITY ?? '')?.[0] ?? '1Gi'
  const storageClassName = /^[a-z0-9.-]+$/.exec(cells.STORAGECLASS ?? '')?.[0] ?? ''
  return { capacity: { storage: size }, accessModes: modes, storageClassName }
}

const MODES: Readonly<Record<string, string>> = {
  RWO: 'ReadWriteOnce',
  ROX: 'ReadOnlyMany',
  RWX: 'ReadWriteMany',
  RWOP: 'ReadWriteOncePod',
}

function replicas({ cells }: Told): number {
  const [, all] = /^\d+\/(\d+)$/.exec(cells.READY ?? '') ?? []
  return Number(all ?? cells.DESIRED ?? cells.REPLICAS ?? 1) || 0
}

function count(text: string | undefined): number | string {
  return text?.endsWith('%') ? text : Number(text ?? 1) || 1
}

function keys(number: string | undefined): Shape {
  return Object.fromEntries(Array.from({ length: Number(number ?? 1) || 0 }, (_, i) => [`key-${i + 1}`, 'value']))
}

function pairs(text: string | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...(text ?? '').matchAll(/(?:^|,)([\w./-]+)=([\w.-]*)/g)].map(([, key, value]) => [key, value]),
  )
}
