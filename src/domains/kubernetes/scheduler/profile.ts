import type { Plugin } from './plugin.ts'
import { imageLocality } from './plugins/imageLocality.ts'
import { interPodAffinity } from './plugins/interPodAffinity.ts'
import { nodeAffinity } from './plugins/nodeAffinity.ts'
import { nodeName } from './plugins/nodeName.ts'
import { nodePorts } from './plugins/nodePorts.ts'
import { nodeResourcesBalancedAllocation } from './plugins/nodeResourcesBalancedAllocation.ts'
import { nodeResourcesFit } from './plugins/nodeResourcesFit.ts'
import { nodeUnschedulable } from './plugins/nodeUnschedulable.ts'
import { nodeVolumeLimits } from './plugins/nodeVolumeLimits.ts'
import { podTopologySpread } from './plugins/podTopologySpread.ts'
import { taintToleration } from './plugins/taintToleration.ts'
import { volumeBinding } from './plugins/volumeBinding.ts'
import { volumeRestrictions } from './plugins/volumeRestrictions.ts'
import { volumeZone } from './plugins/volumeZone.ts'

/**
 * The plugins of kube-scheduler's default profile that filter or score, in the order in which they run.
 * Models: pkg/scheduler/apis/config/v1/default_plugins.go (1.35). Unlike Kubernetes, DynamicResources has no claims to look at.
 */
export const defaultProfile: readonly Plugin[] = [
  nodeUnschedulable,
  nodeName,
  taintToleration,
  nodeAffinity,
  nodePorts,
  nodeResourcesFit,
  volumeRestrictions,
  nodeVolumeLimits,
  volumeBinding,
  volumeZone,
  podTopologySpread,
  interPodAffinity,
  nodeResourcesBalancedAllocation,
  imageLocality,
]

/** A plugin of the default profile by name. */
export function pluginNamed(name: string): Plugin | undefined {
  return defaultProfile.find((plugin) => plugin.name === name)
}
