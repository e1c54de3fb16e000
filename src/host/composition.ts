import { awsDomain, awsPrograms, awsVerbs } from '../domains/aws/index.ts'
import { containerd, imageVerb, npm } from '../domains/containerd/index.ts'
import { docker, dockerDomain, dockerFacts, engineVerb, swarmVerb } from '../domains/docker/index.ts'
import { git, gitDomain, gitVerb } from '../domains/git/index.ts'
import { kubernetesDomain, kubernetesFacts, kubernetesPrograms, kubernetesVerbs } from '../domains/kubernetes/index.ts'
import { placesDomain } from '../domains/places/index.ts'
import '../domains/samples/index.ts'
import type { Domain } from '../kernel/index.ts'
import { complete, installProgram, labProgram, shellDomain } from '../shell/index.ts'
import type { Candidates } from './client.ts'
import type { Fact } from './facts.ts'
import type { Lab } from './lab.ts'

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

for (const program of [
  docker,
  ...kubernetesPrograms,
  ...awsPrograms,
  git,
  npm,
  labProgram([...kubernetesVerbs, ...awsVerbs, imageVerb, engineVerb, swarmVerb, gitVerb]),
])
  installProgram(program)

/** Figures of the domains by name: what lessons may say of them. */
export const labFacts: Readonly<Record<string, Fact>> = { ...kubernetesFacts, ...dockerFacts }

/** Candidates for what is being typed at the cursor of a session. */
export function labCompletion(lab: Lab, line: string, cursor: number, session: string): Candidates {
  const candidates = complete(lab.simulation.world, `shell.Session/${session}`, line, cursor)
  return { from: candidates[0]?.from ?? cursor, candidates }
}
