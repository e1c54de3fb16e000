// Rules that others decide by without looking them up: they enter the registry here.
import './api/labels.rule.ts'
import './api/quantity.rule.ts'
import './scheduler/conformance.rule.ts'

export { kubernetesDomain } from './domain.ts'
export { kubernetesPrograms, kubernetesVerbs } from './programs.ts'
