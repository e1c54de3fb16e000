export { kubernetesDomain } from './domain.ts'
export { kubernetesPrograms, kubernetesVerbs } from './programs.ts'
