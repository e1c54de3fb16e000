import { labelValueErrors } from '../labels.ts'
import type { Field } from './field.ts'
import { validateLabelName, validateLabelSelector } from './metadata.ts'
import { dnsLabel, dnsSubdomain } from './names.ts'

/** Models: ValidateTolerations. */
export function validateTolerations(list: Field): void {
  for (const toleration of list.items) {
    const key = toleration.at('key')
    const operator = toleration.at('operator')
    const value = toleration.at('value')
    const effect = toleration.at('effect')
    if (key.text !== '') validateLabelName(key)
    if (key.text === '' && operator.text !== 'Exists') {
      operator.invalid(
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
        operator.text,
      )
    }
    if (toleration.at('tolerationSeconds').present && effect.text !== 'NoExecute') {
      effect.invalid("effect must be 'NoExecute' when `tolerationSeconds` is set", effect.text)
    }
    if (operator.text === 'Equal' || operator.text === '') {
      const problems = labelValueErrors(value.text)
      if (problems.length > 0) operator.invalid(problems.join(';'), value.text)
    } else if (operator.text === 'Exists') {
      if (value.text !== '') operator.invalid("value must be empty when `operator` is 'Exists'", value.text)
    } else if (operator.text === 'Lt' || operator.text === 'Gt') operator.notSupported(['Equal', 'Exists', 'Lt', 'Gt'])
    else operator.notSupported(['Equal', 'Exists'])
    if (effect.text !== '') validateTaintEffect(effect)
  }
}

/** Models: validateTaintEffect for an effect that is given. */
export function validateTaintEffect(effect: Field): void {
  const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']
  if (!effects.includes(effect.text)) effect.notSupported(effects)
}

/** Models: validateAffinity. */
export function validateAffinity(affinity: Field): void {
  const node = affinity.at('nodeAffinity')
  const required = node.at('requiredDuringSchedulingIgnoredDuringExecution')
  if (required.present) validateNodeSelector(required)
  for (const term of node.at('preferredDuringSchedulingIgnoredDuringExecution').items) {
    validateWeight(term.at('weight'))
    validateNodeTerm(term.at('preference'), false)
  }
  for (const kind of ['podAffinity', 'podAntiAffinity']) {
    const pods = affinity.at(kind)
    pods.at('requiredDuringSchedulingIgnoredDuringExecution').items.forEach(validatePodTerm)
    for (const term of pods.at('preferredDuringSchedulingIgnoredDuringExecution').items) {
      validateWeight(term.at('weight'))
      validatePodTerm(term.at('podAffinityTerm'))
    }
  }
}

/** Models: ValidateNodeSelector. */
export function validateNodeSelector(selector: Field): void {
  const terms = selector.at('nodeSelectorTerms')
  if (terms.size === 0) {
    terms.required('must have at least one node selector term')
    return
  }
  for (const term of terms.items) validateNodeTerm(term, true)
}

/** Models: validateTopologySpreadConstraints. */
export function validateTopologySpread(list: Field): void {
  list.items.forEach((constraint, index) => {
    const skew = constraint.at('maxSkew')
    if (skew.number <= 0) skew.invalid('must be greater than zero', skew.number)
    const key = constraint.at('topologyKey')
    if (key.text === '') key.required('can not be empty')
    const action = constraint.at('whenUnsatisfiable')
    const actions = ['DoNotSchedule', 'ScheduleAnyway']
    if (!actions.includes(action.text)) action.notSupported(actions)
    const again = list.items
      .slice(index + 1)
      .some((other) => other.at('topologyKey').text === key.text && other.at('whenUnsatisfiable').text === action.text)
    if (again) constraint.at('{topologyKey, whenUnsatisfiable}').duplicate(`{${key.text}, ${action.text}}`)
    const domains = constraint.at('minDomains')
    if (domains.present) {
      if (domains.number <= 0) domains.invalid('must be greater than zero')
      if (action.text !== 'DoNotSchedule') {
        domains.invalid(`can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action.text}`)
      }
    }
    for (const policy of ['nodeAffinityPolicy', 'nodeTaintsPolicy']) {
      const field = constraint.at(policy)
      if (field.present && !['Honor', 'Ignore'].includes(field.text)) field.notSupported(['Honor', 'Ignore'])
    }
    validateMatchLabelKeys(constraint)
    validateLabelSelector(constraint.at('labelSelector'))
  })
}

function validateNodeTerm(term: Field, checkValues: boolean): void {
  for (const item of term.at('matchExpressions').items) {
    const operator = item.at('operator')
    const values = item.at('values')
    if (operator.text === 'In' || operator.text === 'NotIn') {
      if (values.size === 0) values.required("must be specified when `operator` is 'In' or 'NotIn'")
    } else if (operator.text === 'Exists' || operator.text === 'DoesNotExist') {
      if (values.size > 0) values.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
    } else if (operator.text === 'Gt' || operator.text === 'Lt') {
      if (values.size !== 1) values.required("must be specified single value when `operator` is 'Lt' or 'Gt'")
    } else operator.invalid('not a valid selector operator', operator.text)
    validateLabelName(item.at('key'))
    if (checkValues) for (const value of values.items) value.invalidAll(labelValueErrors(value.text))
  }
  for (const item of term.at('matchFields').items) {
    const operator = item.at('operator')
    const values = item.at('values')
    if (operator.text === 'In' || operator.text === 'NotIn') {
      if (values.size !== 1) {
        values.required("must be only one value when `operator` is 'In' or 'NotIn' for node field selector")
      }
    } else operator.invalid('not a valid selector operator', operator.text)
    if (item.at('key').text !== 'metadata.name')
      item.at('key').invalid('not a valid field selector key', item.at('key').text)
    else for (const value of values.items) value.invalidAll(dnsSubdomain(value.text))
  }
}

function validateWeight(weight: Field): void {
  if (weight.number <= 0 || weight.number > 100) weight.invalid('must be in the range 1-100', weight.number)
}

function validatePodTerm(term: Field): void {
  validateLabelSelector(term.at('labelSelector'))
  validateLabelSelector(term.at('namespaceSelector'))
  for (const name of term.at('namespaces').texts) term.at('namespace').invalidAll(dnsLabel(name), name)
  validateMatchLabelKeys(term)
  const key = term.at('topologyKey')
  if (key.text === '') key.required('can not be empty')
  validateLabelName(key)
}

function validateMatchLabelKeys(owner: Field): void {
  const selector = owner.at('labelSelector')
  for (const name of ['matchLabelKeys', 'mismatchLabelKeys']) {
    const keys = owner.at(name)
    if (keys.size === 0) continue
    if (!selector.present) keys.forbidden('must not be specified when labelSelector is not set')
    else for (const key of keys.items) validateLabelName(key)
  }
  const keys = owner.at('matchLabelKeys')
  const seen = new Set(Object.keys(selector.at('matchLabels').object))
  for (const item of selector.at('matchExpressions').items) {
    const key = item.at('key').text
    const index = keys.texts.lastIndexOf(key)
    if (index >= 0 && seen.has(key)) owner.index(index).invalid('exists in both matchLabelKeys and labelSelector', key)
    seen.add(key)
  }
  keys.texts.forEach((key, index) => {
    if (owner.at('mismatchLabelKeys').texts.includes(key)) {
      keys.index(index).invalid('exists in both matchLabelKeys and mismatchLabelKeys', key)
    }
  })
}
