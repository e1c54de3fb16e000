import { classes } from './classes.ts'
import { type PictogramPath, pictogramPaths } from './pictogramPaths.ts'

/** A kind's picture, 16 or 20 px, found by any usual spelling of its name: `Pod`, `pods`, `apps/v1.ReplicaSet`, `ecs.task`.
 *  A kind nobody has drawn gets a plain box, so a new kind never breaks a screen. Give `label` only where no word stands beside it. */
export function Pictogram({
  name,
  size = 16,
  label,
  className,
}: {
  name: string
  size?: number | undefined
  label?: string | undefined
  className?: string | undefined
}) {
  return (
    <svg
      className={classes('ic', className)}
      width={size}
      height={size}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <use href={`#i-${pictogramName(name)}`} />
    </svg>
  )
}

/** The name of a pictogram in our set: exported so that a canvas renderer can use the same paths. */
export type PictogramName = keyof typeof pictogramPaths

/** Which drawing a kind's name means; `thing` when there is none. */
export function pictogramName(name: string): PictogramName {
  const whole = plain(name)
  const tail = plain(name.split(/[./:]/).at(-1) ?? name)
  for (const word of [whole, tail]) {
    for (const candidate of [word, word.replace(/ies$/, 'y'), word.replace(/es$/, ''), word.replace(/s$/, '')]) {
      const found = aliases[candidate] ?? candidate
      if (isDrawn(found)) return found
    }
  }
  return 'thing'
}

/** The paths of a kind's picture on 16 x 16, for a renderer that draws on a canvas. */
export function pictogramPath(name: string): PictogramPath {
  return pictogramPaths[pictogramName(name)]
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function isDrawn(name: string): name is PictogramName {
  return Object.hasOwn(pictogramPaths, name)
}

const aliases: Readonly<Record<string, string>> = {
  po: 'pod',
  deploy: 'deployment',
  rs: 'replicaset',
  replicationcontroller: 'replicaset',
  sts: 'statefulset',
  ds: 'daemonset',
  cj: 'cronjob',
  schedule: 'cronjob',
  clusternode: 'node',
  machine: 'node',
  host: 'node',
  server: 'node',
  svc: 'service',
  discovery: 'service',
  endpoint: 'endpoints',
  endpointslice: 'endpoints',
  ing: 'ingress',
  ingressclass: 'ingress',
  httproute: 'ingress',
  lb: 'loadbalancer',
  alb: 'loadbalancer',
  nlb: 'loadbalancer',
  elb: 'loadbalancer',
  balancer: 'loadbalancer',
  listener: 'loadbalancer',
  tg: 'targetgroup',
  target: 'targetgroup',
  browser: 'client',
  cm: 'configmap',
  parameter: 'configmap',
  config: 'configmap',
  key: 'secret',
  credential: 'secret',
  ns: 'namespace',
  horizontalpodautoscaler: 'hpa',
  autoscaler: 'hpa',
  scalingpolicy: 'hpa',
  scalabletarget: 'hpa',
  poddisruptionbudget: 'pdb',
  clusterrole: 'role',
  iamrole: 'role',
  rolebinding: 'policy',
  clusterrolebinding: 'policy',
  resourcequota: 'policy',
  limitrange: 'policy',
  iampolicy: 'policy',
  sa: 'serviceaccount',
  principal: 'user',
  person: 'user',
  layer: 'layers',
  ecr: 'registry',
  pv: 'volume',
  persistentvolume: 'volume',
  disk: 'volume',
  ebsvolume: 'volume',
  pvc: 'claim',
  persistentvolumeclaim: 'claim',
  sc: 'storageclass',
  db: 'database',
  rds: 'database',
  sqs: 'queue',
  sns: 'topic',
  eventbus: 'bus',
  notification: 'bell',
  subscription: 'bell',
  lambda: 'function',
  s3: 'bucket',
  dynamodb: 'table',
  codepipeline: 'pipeline',
  repo: 'repository',
  codecommit: 'repository',
  codebuild: 'build',
  codedeploy: 'release',
  codedeployment: 'release',
  taskset: 'replicaset',
  taskdef: 'taskdefinition',
  ecscluster: 'cluster',
  ecsservice: 'service',
  budget: 'pdb',
  hostedzone: 'dns',
  recordset: 'dns',
  dnsrecord: 'dns',
  route53: 'dns',
  az: 'zone',
  availabilityzone: 'zone',
  vpc: 'network',
  natgateway: 'gateway',
  internetgateway: 'gateway',
  routetable: 'network',
  networkpolicy: 'firewall',
  securitygroup: 'firewall',
  sg: 'firewall',
  containerinstance: 'instance',
  ec2: 'instance',
  engine: 'instance',
  stackresource: 'resource',
  cloudformation: 'stack',
  deploymentgroup: 'release',
  compose: 'layers',
  ec2instance: 'instance',
  asg: 'group',
  autoscalinggroup: 'group',
  capacityprovider: 'group',
  cloudwatchalarm: 'alarm',
  loggroup: 'log',
  logstream: 'log',
  event: 'log',
  document: 'file',
  dockerfile: 'file',
  directory: 'folder',
  terminal: 'process',
  command: 'process',
}
