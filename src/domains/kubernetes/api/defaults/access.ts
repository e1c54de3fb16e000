import { fill, isObject, type Loose, objectAt, objectsAt, structAt, textAt } from '../loose.ts'

const rbacGroup = 'rbac.authorization.k8s.io'

/** Models: pkg/apis/rbac/v1/defaults.go for both kinds of binding. */
export function defaultBinding(object: Loose): void {
  const ref = objectAt(object, 'roleRef')
  if (ref) fill(ref, { apiGroup: rbacGroup }, true)
  for (const subject of objectsAt(object, 'subjects')) {
    const kind = textAt(subject, 'kind')
    if (kind === 'User' || kind === 'Group') fill(subject, { apiGroup: rbacGroup }, true)
  }
}

/** Models: pkg/apis/scheduling/v1/defaults.go. */
export function defaultPriorityClass(object: Loose): void {
  fill(object, { preemptionPolicy: 'PreemptLowerPriority', value: 0 })
}

/** Models: apiextensions/v1/defaults.go: names, conversion and the storage versions of a CustomResourceDefinition. */
export function defaultCrd(object: Loose): void {
  const spec = structAt(object, 'spec')
  if (!spec) return
  const names = objectAt(spec, 'names')
  if (names) {
    const kind = textAt(names, 'kind')
    fill(names, { singular: kind.toLowerCase(), listKind: kind === '' ? '' : `${kind}List` }, true)
  }
  fill(spec, { conversion: { strategy: 'None' } })
}

/** Models: pkg/apis/admissionregistration/v1/defaults.go. */
export function defaultWebhooks(object: Loose): void {
  for (const hook of objectsAt(object, 'webhooks')) {
    fill(hook, {
      failurePolicy: 'Fail',
      matchPolicy: 'Equivalent',
      namespaceSelector: {},
      objectSelector: {},
      timeoutSeconds: 10,
    })
    if (object.kind === 'MutatingWebhookConfiguration') fill(hook, { reinvocationPolicy: 'Never' })
    const service = objectAt(hook, 'clientConfig', 'service')
    if (service) fill(service, { port: 443 })
    for (const rule of objectsAt(hook, 'rules')) if (isObject(rule)) fill(rule, { scope: '*' })
  }
}
