import './reachable.ts'
import type { Derived } from '../../../kernel/index.ts'
import { defineService } from '../core/index.ts'
import { addressesInUse, usedAddresses } from './addresses.ts'
import { announces } from './announcing.ts'
import { api } from './api.generated.ts'
import { ec2Verb } from './ec2Verb.ts'
import { groupArguments } from './groupArguments.ts'
import { groupOperations } from './groupOperations.ts'
import { instanceKind, instancesByAddress } from './instanceKind.ts'
import { instanceOperations } from './instanceOperations.ts'
import { launchTemplateOperations } from './launchTemplate.ts'
import { metrics } from './metrics.ts'
import { interfacesByAddress } from './networkInterface.ts'
import { networkKinds } from './networkKinds.ts'
import { otherOperations } from './otherOperations.ts'
import { outageController } from './outage.controller.ts'
import { references } from './publicParameters.ts'
import { resources } from './resources.ts'
import { runInstancesArguments } from './runInstancesArguments.ts'
import { vpcOperations } from './vpcOperations.ts'

/** Virtual machines and the networks that they are in. */
export const ec2 = defineService({
  name: 'ec2',
  verbs: [ec2Verb],
  api,
  operations: [
    ...instanceOperations,
    ...launchTemplateOperations,
    ...vpcOperations,
    ...groupOperations,
    ...otherOperations,
  ],
  kinds: [instanceKind, ...networkKinds],
  controllers: [outageController],
  derived: [
    instancesByAddress,
    interfacesByAddress,
    usedAddresses,
    addressesInUse,
  ] as unknown as readonly Derived<never>[],
  exports: exported,
  resources,
  announces,
  metrics,
  references,
  cliArguments: [...runInstancesArguments, ...groupArguments],
})

export { freeAddresses, publicAddress } from './addresses.ts'
export { contains } from './cidr.ts'
export { allowsIngress, type Caller } from './ingress.ts'
export {
  ecsSettings,
  findInstance,
  INSTANCE,
  type Instance,
  instanceEntityId,
  instanceWorks,
  statusChecks,
  typeOf,
} from './instance.ts'
export { instancesByAddress } from './instanceKind.ts'
export { type InstanceType, instanceType } from './instanceTypes.ts'
export { type Launch, type LaunchOrder, launch } from './launch.ts'
export { type LaunchTemplate, type TemplateReference, templateData } from './launchTemplate.ts'
export { type MachineImage, machineImage, machineImages } from './machineImages.ts'
export {
  defaultNetwork,
  defaultNetworkEmissions,
  networkRecord,
  networkRecords,
  type SecurityGroup,
  type Subnet,
  subnetOf,
  type Vpc,
} from './network.ts'

import { exported } from './exported.ts'

export { type InterfaceOrder, interfacesByAddress, makeInterface, type NetworkInterface } from './networkInterface.ts'
export { zonesOf } from './regions.ts'
export { type Tag, tagOf } from './tag.ts'
