import { isObject, type Loose, objectAt, objectsAt, textAt, valueAt } from '../../api/loose.ts'
import { parseQuantity } from '../../api/quantity.ts'
import { amounts, longTime, type Sheet } from './sheet.ts'

/** Containers of a pod or of a template (without statuses). Models: kubectl/pkg/describe describeContainers */
export function describeContainers(
  sheet: Sheet,
  label: string,
  containers: readonly Loose[],
  pod?: Loose,
  statuses: readonly Loose[] = [],
  space = '',
): void {
  sheet.line(0, `${space}${label}:${containers.length === 0 ? ' <none>' : ''}`)
  for (const container of containers) {
    const status = statuses.find((one) => one.name === container.name)
    sheet.line(1, `${space === '' ? '' : ' '}${textAt(container, 'name')}:`)
    if (status) sheet.field('Container ID', textAt(status, 'containerID'), 2)
    sheet.field('Image', textAt(container, 'image'), 2)
    if (status) sheet.field('Image ID', textAt(status, 'imageID'), 2)
    ports(sheet, 'Port', objectsAt(container, 'ports'), 'containerPort')
    ports(sheet, 'Host Port', objectsAt(container, 'ports'), 'hostPort')
    command(sheet, 'Command', container.command)
    command(sheet, 'Args', container.args)
    if (status) {
      state(sheet, 'State', objectAt(status, 'state'))
      if (objectAt(status, 'lastState', 'terminated')) state(sheet, 'Last State', objectAt(status, 'lastState'))
      sheet.field('Ready', status.ready ? 'True' : 'False', 2)
      sheet.field('Restart Count', status.restartCount ?? 0, 2)
    }
    describeResources(sheet, objectAt(container, 'resources'), 2)
    probe(sheet, 'Liveness', objectAt(container, 'livenessProbe'))
    probe(sheet, 'Readiness', objectAt(container, 'readinessProbe'))
    probe(sheet, 'Startup', objectAt(container, 'startupProbe'))
    envFrom(sheet, objectsAt(container, 'envFrom'))
    environment(sheet, container, pod)
    mounts(sheet, objectsAt(container, 'volumeMounts'))
  }
}

/** Limits and requests. */
export function describeResources(sheet: Sheet, resources: Loose | undefined, level: number): void {
  for (const [title, field] of [
    ['Limits', 'limits'],
    ['Requests', 'requests'],
  ] as const) {
    const list = amounts(objectAt(resources, field))
    if (list.length > 0) sheet.line(level, `${title}:`)
    for (const [name, amount] of list) sheet.field(name, amount, level + 1)
  }
}

function ports(sheet: Sheet, title: string, list: readonly Loose[], field: string): void {
  const text = list
    .map(
      (port) =>
        `${Number(port[field] ?? 0)}/${textAt(port, 'protocol') || 'TCP'}${port.name ? ` (${String(port.name)})` : ''}`,
    )
    .join(', ')
  sheet.field(text.includes(',') ? `${title}s` : title, text === '' ? '<none>' : text, 2)
}

function command(sheet: Sheet, title: string, words: unknown): void {
  if (!Array.isArray(words) || words.length === 0) return
  sheet.line(2, `${title}:`)
  for (const word of words) for (const part of String(word).split('\n')) sheet.line(3, part)
}

function state(sheet: Sheet, title: string, value: Loose | undefined): void {
  const running = objectAt(value, 'running')
  const terminated = objectAt(value, 'terminated')
  if (running) {
    sheet.field(title, 'Running', 2)
    sheet.field('Started', longTime(running.startedAt), 3)
  } else if (terminated) {
    sheet.field(title, 'Terminated', 2)
    if (terminated.reason) sheet.field('Reason', terminated.reason, 3)
    if (terminated.message) sheet.field('Message', terminated.message, 3)
    sheet.field('Exit Code', terminated.exitCode ?? 0, 3)
    if (Number(terminated.signal ?? 0) > 0) sheet.field('Signal', terminated.signal, 3)
    sheet.field('Started', longTime(terminated.startedAt), 3)
    sheet.field('Finished', longTime(terminated.finishedAt), 3)
  } else {
    sheet.field(title, 'Waiting', 2)
    const reason = textAt(value, 'waiting', 'reason')
    if (reason !== '') sheet.field('Reason', reason, 3)
  }
}

function probe(sheet: Sheet, title: string, of: Loose | undefined): void {
  if (!of) return
  const attrs = `delay=${of.initialDelaySeconds ?? 0}s timeout=${of.timeoutSeconds ?? 1}s period=${of.periodSeconds ?? 10}s successThreshold=${of.successThreshold ?? 1} failureThreshold=${of.failureThreshold ?? 3}`
  sheet.field(title, `${probeAction(of)} ${attrs}`, 2)
}

function probeAction(of: Loose): string {
  const http = objectAt(of, 'httpGet')
  if (http)
    return `http-get ${(textAt(http, 'scheme') || 'HTTP').toLowerCase()}://${textAt(http, 'host')}:${String(http.port)}${textAt(http, 'path')}`
  const command = valueAt(of, 'exec', 'command')
  if (Array.isArray(command)) return `exec [${command.join(' ')}]`
  const tcp = objectAt(of, 'tcpSocket')
  if (tcp) return `tcp-socket ${textAt(tcp, 'host')}:${String(tcp.port)}`
  const grpc = objectAt(of, 'grpc')
  return grpc ? `grpc <pod>:${String(grpc.port)} ${textAt(grpc, 'service')}` : 'unknown'
}

function envFrom(sheet: Sheet, sources: readonly Loose[]): void {
  if (sources.length === 0) return
  sheet.line(2, 'Environment Variables from:')
  for (const source of sources) {
    const map = objectAt(source, 'configMapRef')
    const from = map ?? objectAt(source, 'secretRef')
    const prefix = source.prefix ? ` with prefix '${String(source.prefix)}'` : ''
    sheet.line(
      3,
      `${textAt(from, 'name')}\t${map ? 'ConfigMap' : 'Secret'}${prefix}\tOptional: ${from?.optional === true}`,
    )
  }
}

function environment(sheet: Sheet, container: Loose, pod: Loose | undefined): void {
  const list = objectsAt(container, 'env')
  sheet.line(2, `Environment:${list.length === 0 ? '\t<none>' : ''}`)
  for (const one of list) {
    const name = textAt(one, 'name')
    const from = objectAt(one, 'valueFrom')
    if (!from) {
      for (const [i, part] of String(one.value ?? '')
        .split('\n')
        .entries())
        sheet.line(3, `${i === 0 ? `${name}:` : ''}\t${part}`)
      continue
    }
    const field = objectAt(from, 'fieldRef')
    const resource = objectAt(from, 'resourceFieldRef')
    const secret = objectAt(from, 'secretKeyRef')
    const map = objectAt(from, 'configMapKeyRef')
    if (field)
      sheet.field(
        name,
        `${fieldOf(pod, textAt(field, 'fieldPath'))} (${textAt(field, 'apiVersion') || 'v1'}:${textAt(field, 'fieldPath')})`,
        3,
      )
    else if (resource) sheet.field(name, `${resourceOf(container, resource)} (${textAt(resource, 'resource')})`, 3)
    else if (secret)
      sheet.field(
        name,
        `<set to the key '${textAt(secret, 'key')}' in secret '${textAt(secret, 'name')}'>\tOptional: ${secret.optional === true}`,
        3,
      )
    else if (map)
      sheet.field(
        name,
        `<set to the key '${textAt(map, 'key')}' of config map '${textAt(map, 'name')}'>\tOptional: ${map.optional === true}`,
        3,
      )
  }
}

function fieldOf(pod: Loose | undefined, path: string): string {
  if (!pod) return ''
  const keyed = /^(metadata\.(?:labels|annotations))\['(.+)'\]$/.exec(path)
  const value = keyed
    ? objectAt(pod, ...(keyed[1] as string).split('.'))?.[keyed[2] as string]
    : valueAt(pod, ...path.split('.'))
  return isObject(value) || value === undefined ? '' : String(value)
}

function resourceOf(container: Loose, ref: Loose): string {
  const path = textAt(ref, 'resource')
  const value = valueAt(container, 'resources', ...path.split('.'))
  const quantity = value === undefined ? undefined : parseQuantity(String(value))
  if (!quantity) return path.startsWith('limits.') ? 'node allocatable' : '0'
  const divisor =
    ref.divisor === undefined || String(ref.divisor) === '0' ? undefined : parseQuantity(String(ref.divisor))
  if (path.endsWith('.cpu')) return String(Math.ceil(quantity.milli / (divisor?.milli ?? 1000)))
  return String(Math.ceil(quantity.integer / (divisor?.integer ?? 1)))
}

function mounts(sheet: Sheet, list: readonly Loose[]): void {
  sheet.line(2, `Mounts:${list.length === 0 ? '\t<none>' : ''}`)
  for (const mount of [...list].sort((a, b) => (textAt(a, 'mountPath') < textAt(b, 'mountPath') ? -1 : 1))) {
    const path = mount.subPath ? `,path=${JSON.stringify(mount.subPath)}` : ''
    sheet.line(
      3,
      `${textAt(mount, 'mountPath')} from ${textAt(mount, 'name')} (${mount.readOnly ? 'ro' : 'rw'}${path})`,
    )
  }
}
