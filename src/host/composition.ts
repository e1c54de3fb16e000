import { awsDomain, awsPrograms, awsVerbs } from '../domains/aws/index.ts'
import { containerd } from '../domains/containerd/index.ts'
import { docker, dockerDomain, engineVerb, swarmVerb } from '../domains/docker/index.ts'
import { git, gitDomain, gitVerb } from '../domains/git/index.ts'
import { kubernetesDomain, kubernetesVerbs } from '../domains/kubernetes/index.ts'
import '../domains/kubernetes/late.ts'
import { placesDomain } from '../domains/places/index.ts'
import '../domains/samples/index.ts'
import type { Domain } from '../kernel/index.ts'
import { extendProgram, installProgram, labProgram, shellDomain } from '../shell/index.ts'
import { coreVerbs } from './coreComposition.ts'

export { labCompletion } from './coreComposition.ts'

/** The domains of every lab. One line each is all that a new one needs here. */
export const labDomains: readonly Domain[] = [
  shellDomain,
  placesDomain,
  containerd,
  dockerDomain,
  gitDomain,
  kubernetesDomain,
  awsDomain,
]

for (const program of [docker, ...awsPrograms, git]) installProgram(program)

const further = coreVerbs.filter((verb) => !kubernetesVerbs.includes(verb))
extendProgram(labProgram([...kubernetesVerbs, ...awsVerbs, ...further, engineVerb, swarmVerb, gitVerb]))
