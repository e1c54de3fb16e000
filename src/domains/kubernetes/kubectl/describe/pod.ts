import { humanDuration } from '../../api/humanDuration.ts'
import { formatLabelSelector, type LabelSelector } from '../../api/labels.ts'
import { type Loose, objectAt, objectsAt, textAt, valueAt } from '../../api/loose.ts'
import { describeContainers, describeResources } from './containers.ts'
import { longTime, type Sheet } from './sheet.ts'
import { describeVolumes } from './volumes.ts'

/** Models: kubectl/pkg/describe describePod */
export function describePod(sheet: Sheet, pod: Loose): void {
  sheet.head(pod)
  const spec = objectAt(pod, 'spec')
  const status = objectAt(pod, 'status')
  if (spec?.priority !== undefined) sheet.field('Priority', spec.priority)
  if (spec?.priorityClassName) sheet.field('Priority Class Name', spec.priorityClassName)
  if (spec?.runtimeClassName) sheet.field('Runtime Class Name', spec.runtimeClassName)
  if (spec?.serviceAccountName) sheet.field('Service Account', spec.serviceAccountName)
  sheet.field('Node', spec?.nodeName ? `${textAt(spec, 'nodeName')}/${textAt(status, 'hostIP')}` : '<none>')
  if (status?.startTime) sheet.field('Start Time', longTime(status.startTime))
  sheet.marks(pod)
  const deleted = textAt(pod, 'metadata', 'deletionTimestamp')
  const phase = textAt(status, 'phase')
  if (deleted !== '' && phase !== 'Failed' && phase !== 'Succeeded') {
    sheet.field('Status', `Terminating (lasts ${humanDuration(sheet.now - Date.parse(deleted))})`)
    sheet.field('Termination Grace Period', `${String(valueAt(pod, 'metadata', 'deletionGracePeriodSeconds') ?? 0)}s`)
  } else sheet.field('Status', phase)
  if (status?.reason) sheet.field('Reason', status.reason)
  if (status?.message) sheet.field('Message', status.message)
  const seccomp = objectAt(spec, 'securityContext', 'seccompProfile')
  if (seccomp) sheet.field('SeccompProfile', textAt(seccomp, 'type'))
  sheet.field('IP', textAt(status, 'podIP'))
  const ips = objectsAt(status, 'podIPs')
  sheet.line(0, ips.length === 0 ? 'IPs:\t<none>' : 'IPs:')
  for (const { ip } of ips) sheet.field('IP', ip, 1)
  sheet.controlledBy(pod)
  if (status?.nominatedNodeName) sheet.field('NominatedNodeName', status.nominatedNodeName)
  const own = objectAt(spec, 'resources')
  if (own) {
    sheet.line(0, 'Resources:')
    describeResources(sheet, own, 1)
  }
  const init = objectsAt(spec, 'initContainers')
  if (init.length > 0)
    describeContainers(sheet, 'Init Containers', init, pod, objectsAt(status, 'initContainerStatuses'))
  describeContainers(sheet, 'Containers', objectsAt(spec, 'containers'), pod, objectsAt(status, 'containerStatuses'))
  const ephemeral = objectsAt(spec, 'ephemeralContainers')
  if (ephemeral.length > 0)
    describeContainers(sheet, 'Ephemeral Containers', ephemeral, pod, objectsAt(status, 'ephemeralContainerStatuses'))
  const conditions = objectsAt(status, 'conditions')
  const gates = objectsAt(spec, 'readinessGates')
  if (gates.length > 0) {
    sheet.line(0, 'Readiness Gates:')
    sheet.line(1, 'Type\tStatus')
    for (const gate of gates)
      sheet.line(
        1,
        `${textAt(gate, 'conditionType')} \t${
          textAt(
            conditions.find((one) => one.type === gate.conditionType),
            'status',
          ) || '<none>'
        } `,
      )
  }
  if (conditions.length > 0) {
    sheet.line(0, 'Conditions:')
    sheet.line(1, 'Type\tStatus')
    for (const one of conditions) sheet.line(1, `${textAt(one, 'type')} \t${textAt(one, 'status')} `)
  }
  describeVolumes(sheet, objectsAt(spec, 'volumes'))
  sheet.field('QoS Class', textAt(status, 'qosClass'))
  scheduling(sheet, spec, '')
}

/** A workload's template. Models: DescribePodTemplate */
export function describeTemplate(sheet: Sheet, template: Loose | undefined): void {
  sheet.line(0, 'Pod Template:')
  const spec = objectAt(template, 'spec')
  sheet.labels('Labels', valueAt(template, 'metadata', 'labels'), '  ')
  const annotations = objectAt(template, 'metadata', 'annotations')
  if (annotations && Object.keys(annotations).length > 0) sheet.annotations('  Annotations', annotations)
  if (spec?.serviceAccountName) sheet.field('Service Account', spec.serviceAccountName, 1)
  const init = objectsAt(spec, 'initContainers')
  if (init.length > 0) describeContainers(sheet, 'Init Containers', init, undefined, [], '  ')
  describeContainers(sheet, 'Containers', objectsAt(spec, 'containers'), undefined, [], '  ')
  describeVolumes(sheet, objectsAt(spec, 'volumes'), '  ')
  spread(sheet, spec, '  ')
  if (spec?.priorityClassName) sheet.field('Priority Class Name', spec.priorityClassName, 1)
  sheet.labels('Node-Selectors', spec?.nodeSelector, '  ')
  tolerations(sheet, objectsAt(spec, 'tolerations'), '  ')
}

function scheduling(sheet: Sheet, spec: Loose | undefined, space: string): void {
  sheet.labels('Node-Selectors', spec?.nodeSelector, space)
  tolerations(sheet, objectsAt(spec, 'tolerations'), space)
  spread(sheet, spec, space)
}

function spread(sheet: Sheet, spec: Loose | undefined, space: string): void {
  const list = objectsAt(spec, 'topologySpreadConstraints').sort((a, b) =>
    textAt(a, 'topologyKey') < textAt(b, 'topologyKey') ? -1 : 1,
  )
  for (const [i, one] of list.entries()) {
    const selector =
      one.labelSelector === undefined ? '' : ` for selector ${formatLabelSelector(one.labelSelector as LabelSelector)}`
    sheet.line(
      0,
      `${space}${i === 0 ? 'Topology Spread Constraints:' : ''}\t${textAt(one, 'topologyKey')}:${textAt(one, 'whenUnsatisfiable')} when max skew ${String(one.maxSkew)} is exceeded${selector}`,
    )
  }
}

function tolerations(sheet: Sheet, list: readonly Loose[], space: string): void {
  if (list.length === 0) sheet.line(0, `${space}Tolerations:\t<none>`)
  const sorted = [...list].sort((a, b) => (textAt(a, 'key') < textAt(b, 'key') ? -1 : 1))
  for (const [i, one] of sorted.entries()) {
    let text = textAt(one, 'key')
    if (one.value) text += `=${String(one.value)}`
    if (one.effect) text += `:${String(one.effect)}`
    if (one.operator === 'Exists' && !one.value) text += one.key || one.effect ? ' op=Exists' : 'op=Exists'
    if (one.tolerationSeconds !== undefined) text += ` for ${String(one.tolerationSeconds)}s`
    sheet.line(0, `${space}${i === 0 ? 'Tolerations:' : ''}\t${text}`)
  }
}
