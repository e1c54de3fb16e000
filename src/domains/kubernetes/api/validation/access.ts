import { semanticEqual } from '../loose.ts'
import type { Field } from './field.ts'
import { validateLabelSelector, validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { dnsSubdomain, pathSegment } from './names.ts'

const group = 'rbac.authorization.k8s.io'

/** Models: pkg/apis/rbac/validation ValidateRole and ValidateClusterRole. */
export function validateRole(role: Field): void {
  const namespaced = role.at('kind').text === 'Role'
  validateMetadata(role.at('metadata'), namespaced, pathSegment)
  for (const rule of role.at('rules').items) validateRule(rule, namespaced)
  const aggregation = role.at('aggregationRule')
  if (!aggregation.present) return
  const selectors = aggregation.at('clusterRoleSelectors')
  if (selectors.size === 0)
    selectors.required('at least one clusterRoleSelector required if aggregationRule is non-nil')
  for (const selector of selectors.items) validateLabelSelector(selector)
}

/** Models: ValidateRoleUpdate and ValidateClusterRoleUpdate. */
export function validateRoleUpdate(role: Field, old: Field): void {
  validateRole(role)
  validateMetadataUpdate(role.at('metadata'), old.at('metadata'))
}

/** Models: ValidateRoleBinding and ValidateClusterRoleBinding. */
export function validateBinding(binding: Field): void {
  const namespaced = binding.at('kind').text === 'RoleBinding'
  validateMetadata(binding.at('metadata'), namespaced, pathSegment)
  const ref = binding.at('roleRef')
  if (ref.at('apiGroup').text !== group) ref.at('apiGroup').notSupported([group], ref.at('apiGroup').text)
  const kinds = namespaced ? ['Role', 'ClusterRole'] : ['ClusterRole']
  if (!kinds.includes(ref.at('kind').text)) ref.at('kind').notSupported(kinds, ref.at('kind').text)
  if (ref.at('name').text === '') ref.at('name').required()
  else ref.at('name').invalidAll(pathSegment(ref.at('name').text))
  for (const subject of binding.at('subjects').items) validateSubject(subject, namespaced)
}

/** Models: ValidateRoleBindingUpdate and ValidateClusterRoleBindingUpdate. */
export function validateBindingUpdate(binding: Field, old: Field): void {
  validateBinding(binding)
  validateMetadataUpdate(binding.at('metadata'), old.at('metadata'))
  const ref = binding.at('roleRef')
  if (!semanticEqual(ref.value, old.at('roleRef').value)) {
    ref.invalid('cannot change roleRef', {
      APIGroup: ref.at('apiGroup').text,
      Kind: ref.at('kind').text,
      Name: ref.at('name').text,
    })
  }
}

function validateRule(rule: Field, namespaced: boolean): void {
  if (rule.at('verbs').size === 0) rule.at('verbs').required('verbs must contain at least one value')
  const urls = rule.at('nonResourceURLs')
  const groups = rule.at('apiGroups')
  const resources = rule.at('resources')
  if (urls.size > 0) {
    if (namespaced) urls.invalid('namespaced rules cannot apply to non-resource URLs')
    if (groups.size > 0 || resources.size > 0 || rule.at('resourceNames').size > 0) {
      urls.invalid('rules cannot apply to both regular resources and non-resource URLs')
    }
    return
  }
  if (groups.size === 0) groups.required('resource rules must supply at least one api group')
  if (resources.size === 0) resources.required('resource rules must supply at least one resource')
}

function validateSubject(subject: Field, namespaced: boolean): void {
  const name = subject.at('name')
  const kind = subject.at('kind')
  const apiGroup = subject.at('apiGroup')
  if (name.text === '') name.required()
  if (kind.text === 'ServiceAccount') {
    if (name.text !== '') name.invalidAll(dnsSubdomain(name.text))
    if (apiGroup.text !== '') apiGroup.notSupported([''])
    if (!namespaced && subject.at('namespace').text === '') subject.at('namespace').required()
  } else if (kind.text === 'User' || kind.text === 'Group') {
    if (apiGroup.text !== group) apiGroup.notSupported([group], apiGroup.text)
  } else kind.notSupported(['ServiceAccount', 'User', 'Group'], kind.text)
}
