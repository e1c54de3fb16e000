/**
 * A name of the API as the command line writes it: `CreateVPCs` is `create-vpcs`, `taskDefinition` is `task-definition`.
 * Models: botocore xform_name.
 */
export function kebab(name: string): string {
  let known = words.get(name)
  if (known === undefined) {
    known = SPECIAL[name] ?? worked(name)
    words.set(name, known)
  }
  return known
}

/** Names asked for so far; there are only so many in an API. */
const words = new Map<string, string>()

function worked(name: string): string {
  if (name.includes('-')) return name
  const plural = /[A-Z]{2,}s$/.exec(name)?.[0]
  const start = plural === undefined ? name : `${name.slice(0, -plural.length)}-${plural.toLowerCase()}`
  return start
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
}

/** Names that follow no pattern. */
const SPECIAL: { readonly [name: string]: string } = {
  ListHITsForQualificationType: 'list-hits-for-qualification-type',
  ExecutePartiQLStatement: 'execute-partiql-statement',
  GetOTelEnrichment: 'get-otel-enrichment',
  StartOTelEnrichment: 'start-otel-enrichment',
  StopOTelEnrichment: 'stop-otel-enrichment',
}

/** Arguments that the real tool renames, because an option of every command has their name: by `service.operation.argument`. */
const RENAMED: { readonly [argument: string]: string } = {
  'codepipeline.get-pipeline.version': 'pipeline-version',
  'codepipeline.create-custom-action-type.version': 'action-version',
  'codepipeline.delete-custom-action-type.version': 'action-version',
  'codepipeline.get-action-type.version': 'action-version',
  'eks.create-cluster.version': 'kubernetes-version',
  'eks.create-nodegroup.version': 'kubernetes-version',
  'eks.update-cluster-version.version': 'kubernetes-version',
  'eks.update-nodegroup-version.version': 'kubernetes-version',
  'sns.subscribe.endpoint': 'notification-endpoint',
  'stepfunctions.send-task-success.output': 'task-output',
  'route53.get-traffic-policy.version': 'traffic-policy-version',
}

/** Opposites of boolean arguments that have a name of their own, by service. */
const OPPOSITES: { readonly [argument: string]: string } = {
  'ecs.no-enable-execute-command': 'disable-execute-command',
  'ecs.no-interactive': 'non-interactive',
  'ec2.no-disable-api-termination': 'enable-api-termination',
  'ec2.no-egress': 'ingress',
  'ec2.no-no-reboot': 'reboot',
}

/** The option, without its dashes, that sets a member of an operation's input. */
export function optionOf(service: string, operation: string, member: string): string {
  const name = kebab(member)
  return RENAMED[`${service}.${operation}.${name}`] ?? name
}

/** The option that sets a boolean member to false. */
export function oppositeOf(service: string, option: string): string {
  return OPPOSITES[`${service}.no-${option}`] ?? `no-${option}`
}
