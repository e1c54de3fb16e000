import { type LabelSelector, matches, selectorFromObject } from '../labels.ts'
import { copyJson, type Loose, semanticEqual, textAt } from '../loose.ts'
import { validateClaimSpec } from './claims.ts'
import { Field } from './field.ts'
import {
  isEmptySelector,
  labelsOf,
  validateLabelSelector,
  validateMetadata,
  validateMetadataUpdate,
} from './metadata.ts'
import { dnsLabel } from './names.ts'
import { validatePodTemplate } from './pod.ts'
import {
  alwaysRestart,
  amountOf,
  atMostWhole,
  goSelector,
  goStrategy,
  mismatch,
  validateIntOrPercent,
} from './workloads.ts'

/** Models: ValidateStatefulSet. */
export function validateStatefulSet(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsLabel)
  validateStatefulSetSpec(object.at('spec'), true)
}

/** Models: ValidateStatefulSetUpdate. */
export function validateStatefulSetUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  validateStatefulSetSpec(object.at('spec'), false)
  const copy = copyJson(object.at('spec').object)
  const before = old.at('spec').object
  const free = [
    'replicas',
    'template',
    'updateStrategy',
    'minReadySeconds',
    'ordinals',
    'revisionHistoryLimit',
    'persistentVolumeClaimRetentionPolicy',
  ]
  for (const name of free) copy[name] = before[name]
  if (!semanticEqual(copy, before)) {
    object
      .at('spec')
      .forbidden(
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      )
  }
}

function validateStatefulSetSpec(spec: Field, creating: boolean): void {
  const management = spec.at('podManagementPolicy')
  if (management.text === '') management.required()
  else if (!['OrderedReady', 'Parallel'].includes(management.text))
    management.invalid("must be 'OrderedReady' or 'Parallel'")
  const strategy = spec.at('updateStrategy')
  const type = strategy.at('type').text
  const rolling = strategy.at('rollingUpdate')
  if (type === '') strategy.required()
  else if (type === 'OnDelete') {
    if (rolling.present) rolling.invalid("only allowed for updateStrategy 'RollingUpdate'")
  } else if (type === 'RollingUpdate') {
    rolling.at('partition').notNegative()
    const down = rolling.at('maxUnavailable')
    if (down.present) {
      validateIntOrPercent(down)
      if (amountOf(down) === 0) down.invalid('cannot be 0')
      atMostWhole(down)
    }
  } else strategy.invalid("must be 'RollingUpdate' or 'OnDelete'", goStrategy(strategy))
  const retention = spec.at('persistentVolumeClaimRetentionPolicy')
  if (retention.present) {
    for (const name of ['whenDeleted', 'whenScaled']) {
      const policy = retention.at(name)
      if (!['Retain', 'Delete'].includes(policy.text)) policy.notSupported(['Retain', 'Delete'])
    }
  }
  if (creating) for (const claim of spec.at('volumeClaimTemplates').items) validateClaimSpec(claim.at('spec'))
  spec.at('replicas').notNegative()
  spec.at('minReadySeconds').notNegative()
  spec.at('ordinals.start').notNegative()
  const service = spec.at('serviceName')
  if (creating && service.text !== '') service.invalidAll(dnsLabel(service.text))
  const selector = spec.at('selector')
  if (!selector.present) selector.required()
  else {
    validateLabelSelector(selector)
    if (isEmptySelector(selector)) selector.invalid('empty selector is invalid for statefulset')
  }
  const template = spec.at('template')
  const parsed = selectorFromObject(selector.value as LabelSelector | undefined)
  if (!parsed.ok) selector.invalid('', goSelector(selector))
  else {
    const labels = labelsOf(template.at('metadata.labels'))
    if (selector.present && !isEmptySelector(selector) && !matches(parsed.selector, labels)) mismatch(template)
    validatePodTemplate(withClaims(template, spec.at('volumeClaimTemplates')))
  }
  alwaysRestart(template, 'StatefulSet')
}

/** The template as the controller will complete it: claim templates are volumes, host names are given by the set. */
function withClaims(template: Field, claims: Field): Field {
  const copy = copyJson(template.object)
  const spec = (copy.spec ?? {}) as Loose
  copy.spec = spec
  delete spec.subdomain
  delete spec.hostname
  const names = claims.items.map((claim) => claim.at('metadata.name').text)
  if (names.length > 0) {
    const own = (Array.isArray(spec.volumes) ? spec.volumes : []).filter(
      (volume) => !names.includes(textAt(volume, 'name')),
    )
    spec.volumes = [...names.map((name) => ({ name, persistentVolumeClaim: { claimName: name } })), ...own]
  }
  return new Field(copy, template.path, template.errors)
}
