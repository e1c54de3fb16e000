import { containerd, imageVerb, npm } from '../domains/containerd/index.ts'
import { kubernetesDomain, kubernetesPrograms, kubernetesVerbs } from '../domains/kubernetes/index.ts'
import { placesDomain } from '../domains/places/index.ts'
import type { Domain } from '../kernel/index.ts'
import { complete, installProgram, labProgram, type Program, shellDomain } from '../shell/index.ts'
import type { Candidates } from './client.ts'
import type { Lab } from './lab.ts'

/** What a world needs that is Kubernetes alone: a page begins with it, and `composition.ts` brings everything else a moment later. */
export const coreDomains: readonly Domain[] = [shellDomain, placesDomain, containerd, kubernetesDomain]

/** Verbs of `lab` that these bring. */
export const coreVerbs: readonly Program[] = [...kubernetesVerbs, imageVerb]

for (const program of [...kubernetesPrograms, npm, labProgram(coreVerbs)]) installProgram(program)

/** Candidates for what is being typed at the cursor of a session. */
export function labCompletion(lab: Lab, line: string, cursor: number, session: string): Candidates {
  const candidates = complete(lab.simulation.world, `shell.Session/${session}`, line, cursor)
  return { from: candidates[0]?.from ?? cursor, candidates }
}
