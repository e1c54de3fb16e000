import { type Emission, EPOCH } from '../../../kernel/index.ts'
import {
  ACCOUNT,
  type ApiAnswer,
  type ApiCall,
  type ApiError,
  arnOf,
  defineOperation,
  type Operation,
  refuse,
} from '../core/index.ts'
import type { Asked } from './describing.ts'
import { filtered } from './filters.ts'
import { findInstance, INSTANCE, type Instance, statusChecks } from './instance.ts'
import { instanceType } from './instanceTypes.ts'
import { type LaunchOrder, launch } from './launch.ts'
import { templateData } from './launchTemplate.ts'
import { networkRecord, type SecurityGroup } from './network.ts'
import type {
  DescribeInstanceAttributeRequest,
  DescribeInstanceStatusRequest,
  GetConsoleOutputRequest,
  ModifyInstanceAttributeRequest,
  RebootInstancesRequest,
  RunInstancesRequest,
  StartInstancesRequest,
  StopInstancesRequest,
  TerminateInstancesRequest,
} from './types.generated.ts'

const CODES: { readonly [state: string]: number } = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
}

const stateOf = (name: string) => ({ Code: CODES[name] ?? 0, Name: name })
const arnOfInstance = (region: string, id: string) => arnOf('ec2', region, `instance/${id}`)

/** Operations on virtual machines. */
export const instanceOperations: readonly Operation[] = [
  defineOperation<RunInstancesRequest>('RunInstances', runInstances, ({ region }) => ({
    resource: arnOf('ec2', region, 'instance/*'),
  })),
  defineOperation<Asked & { readonly InstanceIds?: readonly string[] }>('DescribeInstances', describeInstances),
  defineOperation<DescribeInstanceStatusRequest>('DescribeInstanceStatus', describeStatus),
  defineOperation<StartInstancesRequest>(
    'StartInstances',
    (call) =>
      turn(call, call.input.InstanceIds, 'StartingInstances', 'pending', (instance) => {
        if (instance.state === 'running' || instance.state === 'pending') return []
        return instance.state === 'stopped'
          ? [{ to: instance.id, type: 'Started', data: {}, by: undefined }]
          : undefined
      }),
    onInstances,
  ),
  defineOperation<StopInstancesRequest>(
    'StopInstances',
    (call) =>
      turn(call, call.input.InstanceIds, 'StoppingInstances', 'stopping', (instance) => {
        if (instance.state === 'stopped' || instance.state === 'stopping') return []
        return instance.state === 'running' || instance.state === 'pending'
          ? [{ to: instance.id, type: 'Stopped' }]
          : undefined
      }),
    onInstances,
  ),
  defineOperation<TerminateInstancesRequest>('TerminateInstances', terminateInstances, onInstances),
  defineOperation<RebootInstancesRequest>(
    'RebootInstances',
    (call) => {
      const found = instancesOf(call, call.input.InstanceIds)
      if ('error' in found) return found
      return { output: {}, emit: found.map(({ id: to }): Emission => ({ to, type: 'Rebooted' })) }
    },
    onInstances,
  ),
  defineOperation<DescribeInstanceAttributeRequest>('DescribeInstanceAttribute', describeAttribute),
  defineOperation<ModifyInstanceAttributeRequest>('ModifyInstanceAttribute', modifyAttribute),
  defineOperation<GetConsoleOutputRequest>('GetConsoleOutput', (call) => {
    const found = instancesOf(call, [call.input.InstanceId])
    if ('error' in found) return found
    const [instance] = found
    const ran = instance?.state === 'running' && instance.userData !== undefined
    const text = ran ? `[    0.000000] Linux version 6.1\ncloud-init: running user data\n${instance.userData}\n` : ''
    return { output: { InstanceId: call.input.InstanceId, Output: text, Timestamp: EPOCH + (instance?.since ?? 0) } }
  }),
]

function onInstances({
  input,
  region,
}: {
  readonly input: { readonly InstanceIds: readonly string[] }
  readonly region: string
}) {
  return input.InstanceIds.map((id) => ({ resource: arnOfInstance(region, id) }))
}

function runInstances(call: ApiCall<RunInstancesRequest>): ApiAnswer {
  const { input, world, region } = call
  if (input.MinCount > input.MaxCount)
    return refuse(
      'InvalidParameterValue',
      `Maximum instance count [${input.MaxCount}] must not be less than the minimum [${input.MinCount}]`,
    )
  const template = input.LaunchTemplate && templateData(world, region, input.LaunchTemplate)
  if (template && 'error' in template) return template
  const order = { ...template?.data, ...input } as LaunchOrder
  if (input.SecurityGroups?.length && input.SubnetId !== undefined)
    return refuse('InvalidParameterCombination', 'The parameter groupName cannot be used with the parameter subnet')
  const launched = launch(world, region, order, input.MaxCount)
  if ('error' in launched) return launched
  const [first] = launched.instances
  return {
    output: {
      ReservationId: first?.reservation,
      OwnerId: ACCOUNT,
      Groups: [],
      Instances: launched.instances.map((instance) =>
        describeInstance({ ...instance, state: 'pending', since: world.now } as Instance),
      ),
    },
    emit: launched.emit,
  }
}

/** An instance as the API describes it. */
export function describeInstance(instance: Instance): object {
  const { state, region: _region } = instance
  const gone = state === 'terminated'
  const at = EPOCH + instance.launched
  return {
    AmiLaunchIndex: instance.AmiLaunchIndex,
    ImageId: instance.ImageId,
    InstanceId: instance.InstanceId,
    InstanceType: instance.InstanceType,
    ...(instance.KeyName === undefined ? {} : { KeyName: instance.KeyName }),
    LaunchTime: at,
    Monitoring: { State: 'disabled' },
    Placement: instance.Placement,
    PrivateDnsName: gone ? '' : instance.PrivateDnsName,
    ...(gone ? {} : { PrivateIpAddress: instance.PrivateIpAddress }),
    ProductCodes: [],
    PublicDnsName: state === 'running' ? instance.PublicDnsName : '',
    ...(state === 'running' && instance.PublicIpAddress !== undefined
      ? { PublicIpAddress: instance.PublicIpAddress }
      : {}),
    State: stateOf(state),
    StateTransitionReason: instance.StateReason ? `User initiated (${stamp(EPOCH + instance.since)})` : '',
    ...(gone ? {} : { SubnetId: instance.SubnetId, VpcId: instance.VpcId }),
    Architecture: instance.Architecture,
    BlockDeviceMappings: gone
      ? []
      : [
          {
            DeviceName: '/dev/xvda',
            Ebs: { AttachTime: at, DeleteOnTermination: true, Status: 'attached', VolumeId: instance.volumeId },
          },
        ],
    ClientToken: '',
    EbsOptimized: false,
    EnaSupport: true,
    Hypervisor: 'xen',
    ...(instance.IamInstanceProfile ? { IamInstanceProfile: instance.IamInstanceProfile } : {}),
    ...(instance.spot ? { InstanceLifecycle: 'spot' } : {}),
    NetworkInterfaces: gone ? [] : [interfaceOf(instance, at)],
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    SecurityGroups: gone ? [] : instance.SecurityGroups.map(({ GroupName, GroupId }) => ({ GroupName, GroupId })),
    SourceDestCheck: true,
    ...(instance.StateReason
      ? { StateReason: instance.StateReason }
      : state === 'pending'
        ? { StateReason: { Code: 'pending', Message: 'pending' } }
        : {}),
    ...(instance.Tags.length > 0 ? { Tags: instance.Tags } : {}),
    VirtualizationType: 'hvm',
    CpuOptions: { CoreCount: Math.max(1, (instanceType(instance.InstanceType)?.vcpus ?? 2) / 2), ThreadsPerCore: 2 },
    CapacityReservationSpecification: { CapacityReservationPreference: 'open' },
    HibernationOptions: { Configured: false },
    MetadataOptions: {
      State: state === 'pending' ? 'pending' : 'applied',
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 2,
      HttpEndpoint: 'enabled',
      HttpProtocolIpv6: 'disabled',
      InstanceMetadataTags: 'disabled',
    },
    EnclaveOptions: { Enabled: false },
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    UsageOperationUpdateTime: at,
    MaintenanceOptions: { AutoRecovery: 'default' },
    CurrentInstanceBootMode: 'legacy-bios',
  }
}

function interfaceOf(instance: Instance, at: number): object {
  const association =
    instance.PublicIpAddress === undefined
      ? {}
      : {
          Association: {
            IpOwnerId: 'amazon',
            PublicDnsName: instance.PublicDnsName,
            PublicIp: instance.PublicIpAddress,
          },
        }
  return {
    ...association,
    Attachment: {
      AttachTime: at,
      AttachmentId: instance.interfaceId.replace('eni-', 'eni-attach-'),
      DeleteOnTermination: true,
      DeviceIndex: 0,
      Status: 'attached',
      NetworkCardIndex: 0,
    },
    Description: '',
    Groups: instance.SecurityGroups.map(({ GroupName, GroupId }) => ({ GroupName, GroupId })),
    Ipv6Addresses: [],
    MacAddress: macOf(instance.interfaceId),
    NetworkInterfaceId: instance.interfaceId,
    OwnerId: ACCOUNT,
    PrivateDnsName: instance.PrivateDnsName,
    PrivateIpAddress: instance.PrivateIpAddress,
    PrivateIpAddresses: [
      {
        ...association,
        Primary: true,
        PrivateDnsName: instance.PrivateDnsName,
        PrivateIpAddress: instance.PrivateIpAddress,
      },
    ],
    SourceDestCheck: true,
    Status: 'in-use',
    SubnetId: instance.SubnetId,
    VpcId: instance.VpcId,
    InterfaceType: 'interface',
  }
}

/** A hardware address made of an interface's id. */
export function macOf(interfaceId: string): string {
  const hex = interfaceId.replace(/^eni-/, '').slice(0, 10).padEnd(10, '0')
  return `0e:${[0, 2, 4, 6, 8].map((at) => hex.slice(at, at + 2)).join(':')}`
}

function stamp(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' GMT')
}

/** Instances of a region as records. */
export function instancesIn(call: Pick<ApiCall<never>, 'world' | 'region'>): readonly Instance[] {
  return [...call.world.all(INSTANCE)].filter((one) => (one as Instance).region === call.region) as Instance[]
}

/** Those of a list of ids, or EC2's refusal for the ones that are not there. */
function instancesOf(
  call: Pick<ApiCall<never>, 'world' | 'region'>,
  ids: readonly string[],
): readonly Instance[] | { readonly error: ApiError } {
  const malformed = ids.find((id) => !/^i-[0-9a-f]{8}([0-9a-f]{9})?$/.test(id))
  if (malformed !== undefined) return refuse('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`)
  const found = ids.map((id) => findInstance(call.world, call.region, id))
  const absent = ids.filter((_, i) => !found[i])
  if (absent.length === 1) return refuse('InvalidInstanceID.NotFound', `The instance ID '${absent[0]}' does not exist`)
  if (absent.length > 1)
    return refuse('InvalidInstanceID.NotFound', `The instance IDs '${absent.join(', ')}' do not exist`)
  return found.filter((one) => one !== undefined)
}

const NAMES = {
  'instance-state-name': 'State.Name',
  'instance-state-code': 'State.Code',
  'availability-zone': 'Placement.AvailabilityZone',
  'instance.group-id': 'SecurityGroups.GroupId',
  'instance.group-name': 'SecurityGroups.GroupName',
  'network-interface.vpc-id': 'VpcId',
  'private-ip-address': 'PrivateIpAddress',
  'ip-address': 'PublicIpAddress',
  'dns-name': 'PublicDnsName',
  'iam-instance-profile.arn': 'IamInstanceProfile.Arn',
  'group-id': 'SecurityGroups.GroupId',
}

function describeInstances(call: ApiCall<Asked & { readonly InstanceIds?: readonly string[] }>): ApiAnswer {
  const list = call.input.InstanceIds?.length ? instancesOf(call, call.input.InstanceIds) : instancesIn(call)
  if ('error' in list) return list
  const described = list.map((instance) => ({ reservation: instance.reservation, ...describeInstance(instance) }))
  const found = filtered(described, call.input.Filters, { ...NAMES, 'reservation-id': 'reservation' })
  if ('error' in found) return found
  const byReservation = new Map<string, object[]>()
  for (const { reservation, ...instance } of found.kept)
    byReservation.set(reservation, [...(byReservation.get(reservation) ?? []), instance])
  return {
    output: {
      Reservations: [...byReservation].map(([ReservationId, Instances]) => ({
        Groups: [],
        Instances,
        OwnerId: ACCOUNT,
        ReservationId,
      })),
    },
  }
}

function describeStatus(call: ApiCall<DescribeInstanceStatusRequest>): ApiAnswer {
  const { input, world } = call
  const list = input.InstanceIds?.length ? instancesOf(call, input.InstanceIds) : instancesIn(call)
  if ('error' in list) return list
  const shown = list.filter(({ state }) => input.IncludeAllInstances === true || state === 'running')
  const described = shown.map((instance) => {
    const checks = statusChecks(instance, world.now)
    const summary = (status: string) => ({
      ...(status === 'not-applicable'
        ? {}
        : {
            Details: [
              { Name: 'reachability', Status: status === 'ok' ? 'passed' : status === 'impaired' ? 'failed' : status },
            ],
          }),
      Status: status,
    })
    return {
      AvailabilityZone: instance.Placement.AvailabilityZone,
      InstanceId: instance.InstanceId,
      InstanceState: stateOf(instance.state),
      InstanceStatus: summary(checks.instance),
      SystemStatus: summary(checks.system),
    }
  })
  const found = filtered(described, input.Filters, {
    'instance-state-name': 'InstanceState.Name',
    'instance-status.status': 'InstanceStatus.Status',
    'system-status.status': 'SystemStatus.Status',
  })
  return 'error' in found ? found : { output: { InstanceStatuses: found.kept } }
}

function turn(
  call: ApiCall<object>,
  ids: readonly string[],
  output: string,
  into: string,
  emit: (instance: Instance) => readonly Emission[] | undefined,
): ApiAnswer {
  const found = instancesOf(call, ids)
  if ('error' in found) return found
  const all: Emission[] = []
  for (const instance of found) {
    const emissions = emit(instance)
    if (!emissions)
      return refuse(
        'IncorrectInstanceState',
        `The instance '${instance.InstanceId}' is not in a state from which it can be ${into === 'pending' ? 'started' : 'stopped'}.`,
      )
    all.push(...emissions)
  }
  return {
    output: {
      [output]: found.map(({ InstanceId, state, id }) => ({
        CurrentState: stateOf(all.some(({ to }) => to === id) ? into : state),
        InstanceId,
        PreviousState: stateOf(state),
      })),
    },
    emit: all,
  }
}

function terminateInstances(call: ApiCall<TerminateInstancesRequest>): ApiAnswer {
  const found = instancesOf(call, call.input.InstanceIds)
  if ('error' in found) return found
  const guarded = found.find(({ DisableApiTermination }) => DisableApiTermination)
  if (guarded)
    return refuse(
      'OperationNotPermitted',
      `The instance '${guarded.InstanceId}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
    )
  return turn(call, call.input.InstanceIds, 'TerminatingInstances', 'shutting-down', ({ id: to, state }) =>
    state === 'terminated' || state === 'shutting-down' ? [] : [{ to, type: 'Terminated' }],
  )
}

function describeAttribute(call: ApiCall<DescribeInstanceAttributeRequest>): ApiAnswer {
  const { Attribute, InstanceId } = call.input
  const found = instancesOf(call, [InstanceId])
  if ('error' in found) return found
  const [instance] = found
  if (!instance) return { output: {} }
  const values: { readonly [attribute: string]: object } = {
    instanceType: { InstanceType: { Value: instance.InstanceType } },
    userData: { UserData: instance.userData === undefined ? {} : { Value: instance.userData } },
    disableApiTermination: { DisableApiTermination: { Value: instance.DisableApiTermination ?? false } },
    groupSet: { Groups: instance.SecurityGroups },
    sourceDestCheck: { SourceDestCheck: { Value: true } },
    rootDeviceName: { RootDeviceName: { Value: '/dev/xvda' } },
    instanceInitiatedShutdownBehavior: { InstanceInitiatedShutdownBehavior: { Value: 'stop' } },
    ebsOptimized: { EbsOptimized: { Value: false } },
  }
  return { output: { InstanceId, ...(values[Attribute] ?? {}) } }
}

function modifyAttribute(call: ApiCall<ModifyInstanceAttributeRequest>): ApiAnswer {
  const { input, world, region } = call
  const found = instancesOf(call, [input.InstanceId])
  if ('error' in found) return found
  const [instance] = found
  if (!instance) return { output: {} }
  const data: { [field: string]: unknown } = {}
  const typeName = input.InstanceType?.Value ?? (input.Attribute === 'instanceType' ? input.Value : undefined)
  if (typeName !== undefined) {
    if (instance.state !== 'stopped')
      return refuse('IncorrectInstanceState', `The instance '${instance.InstanceId}' is not in the 'stopped' state.`)
    if (!instanceType(typeName))
      return refuse('InvalidInstanceAttributeValue', `The instance type '${typeName}' is not valid.`)
    data.InstanceType = typeName
  }
  if (input.Groups) {
    const groups = input.Groups.map((id) => networkRecord<SecurityGroup>(world, 'aws.ec2.SecurityGroup', region, id))
    const absent = input.Groups.find((_, i) => !groups[i])
    if (absent !== undefined) return refuse('InvalidGroup.NotFound', `The security group '${absent}' does not exist`)
    data.SecurityGroups = groups.map((group) => ({ GroupId: group?.GroupId, GroupName: group?.GroupName }))
  }
  if (input.DisableApiTermination) data.DisableApiTermination = input.DisableApiTermination.Value
  return { output: {}, emit: [{ to: instance.id, type: 'Changed', data }] }
}
