import type { Program } from '../../shell/index.ts'
import { clusterVerb } from './cluster/clusterVerb.ts'
import { nodeVerb } from './cluster/nodeVerb.ts'
import { faultVerb } from './faults/faultVerb.ts'
import { healVerb } from './faults/healVerb.ts'
import { kubectl } from './kubectl/index.ts'
import { networkPrograms, trafficVerb } from './networkside.ts'

/** What the learner's own machine can run because of this domain. */
export const kubernetesPrograms: readonly Program[] = [kubectl, ...networkPrograms]

/** Verbs of the `lab` program. */
export const kubernetesVerbs: readonly Program[] = [clusterVerb, nodeVerb, faultVerb, healVerb, trafficVerb]
