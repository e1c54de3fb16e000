import { type Emission, type Entity, EPOCH, type World } from '../../../kernel/index.ts'
import { ACCOUNT, type ApiCall, defineOperation, hexId, type Operation, refuse } from '../core/index.ts'
import { NETWORK_INTERFACE, publicAddress } from './addresses.ts'
import { type Asked, describe } from './describing.ts'
import { filtered } from './filters.ts'
import { INSTANCE, type Instance } from './instance.ts'
import { describeInstance, instancesIn, macOf } from './instanceOperations.ts'
import { instanceTypes } from './instanceTypes.ts'
import { machineImages } from './machineImages.ts'
import { defaultNetworkEmissions, networkRecord } from './network.ts'
import type { NetworkInterface } from './networkInterface.ts'
import { regionNames, zoneIdOf, zonesOf } from './regions.ts'
import { type Tag, tagsFor, withTags } from './tag.ts'
import type {
  AllocateAddressRequest,
  CreateKeyPairRequest,
  CreateTagsRequest,
  DeleteKeyPairRequest,
  DeleteTagsRequest,
  ReleaseAddressRequest,
} from './types.generated.ts'

interface KeyPair extends Entity {
  readonly region: string
  readonly KeyPairId: string
  readonly KeyName: string
  readonly KeyFingerprint: string
  readonly KeyType: string
  readonly made: number
  readonly Tags: readonly Tag[]
}

/** Operations on everything beside machines and networks: zones, images, types, keys, tags, interfaces, volumes, addresses. */
export const otherOperations: readonly Operation[] = [
  defineOperation<Asked & { readonly RegionNames?: readonly string[] }>('DescribeRegions', ({ input }) => {
    const wanted = input.RegionNames
    return {
      output: {
        Regions: regionNames()
          .filter((name) => !wanted?.length || wanted.includes(name))
          .map((RegionName) => ({
            OptInStatus: 'opt-in-not-required',
            RegionName,
            Endpoint: `ec2.${RegionName}.amazonaws.com`,
          })),
      },
    }
  }),
  defineOperation<Asked & { readonly ZoneNames?: readonly string[] }>('DescribeAvailabilityZones', (call) => {
    const { region, input, world } = call
    const all = zonesOf(region).map((ZoneName) => ({
      OptInStatus: 'opt-in-not-required',
      Messages: [],
      RegionName: region,
      ZoneName,
      ZoneId: zoneIdOf(ZoneName),
      GroupName: `${region}-zg-1`,
      NetworkBorderGroup: region,
      ZoneType: 'availability-zone',
      State: world.get(`place.Zone/${ZoneName}`)?.state === 'Dark' ? 'impaired' : 'available',
    }))
    const absent = input.ZoneNames?.find((name) => !all.some(({ ZoneName }) => ZoneName === name))
    if (absent !== undefined) return refuse('InvalidParameterValue', `Invalid availability zone: [${absent}]`)
    const found = filtered(
      all.filter(({ ZoneName }) => !input.ZoneNames?.length || input.ZoneNames.includes(ZoneName)),
      input.Filters,
    )
    return 'error' in found ? found : { output: { AvailabilityZones: found.kept } }
  }),
  defineOperation<Asked>('DescribeImages', (call) =>
    describe(
      call,
      machineImages(call.region).map((image) => ({
        Architecture: image.Architecture,
        CreationDate: '2025-12-12T00:00:00.000Z',
        ImageId: image.ImageId,
        ImageLocation: `amazon/${image.Name}`,
        ImageType: 'machine',
        Public: true,
        OwnerId: '591542846629',
        PlatformDetails: image.platform === 'windows' ? 'Windows' : 'Linux/UNIX',
        ...(image.platform ? { Platform: image.platform } : {}),
        State: 'available',
        Description: image.Description,
        EnaSupport: true,
        Hypervisor: 'xen',
        ImageOwnerAlias: 'amazon',
        Name: image.Name,
        RootDeviceName: '/dev/xvda',
        RootDeviceType: 'ebs',
        SriovNetSupport: 'simple',
        VirtualizationType: 'hvm',
      })),
      {
        output: 'Images',
        ids: 'ImageIds',
        id: 'ImageId',
        names: {
          'owner-alias': 'ImageOwnerAlias',
          'is-public': 'Public',
          state: 'State',
          name: 'Name',
          architecture: 'Architecture',
        },
        missing: (id) => ['InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`],
      },
    ),
  ),
  defineOperation<Asked>('DescribeInstanceTypes', (call) =>
    describe(
      call,
      [...instanceTypes()].map((type) => ({
        InstanceType: type.name,
        CurrentGeneration: true,
        FreeTierEligible: /^t[23]\.micro$/.test(type.name),
        SupportedUsageClasses: ['on-demand', 'spot'],
        SupportedRootDeviceTypes: ['ebs'],
        SupportedVirtualizationTypes: ['hvm'],
        BareMetal: false,
        Hypervisor: type.name.startsWith('t2.') ? 'xen' : 'nitro',
        ProcessorInfo: { SupportedArchitectures: [type.architecture] },
        VCpuInfo: {
          DefaultVCpus: type.vcpus,
          DefaultCores: Math.max(1, type.vcpus / 2),
          DefaultThreadsPerCore: type.architecture === 'arm64' ? 1 : 2,
        },
        MemoryInfo: { SizeInMiB: type.memoryMiB },
        NetworkInfo: {
          MaximumNetworkInterfaces: type.interfaces,
          Ipv4AddressesPerInterface: type.addressesPerInterface,
          EnaSupport: type.name.startsWith('t2.') ? 'unsupported' : 'required',
        },
        BurstablePerformanceSupported: /^t\d/.test(type.name),
      })),
      {
        output: 'InstanceTypes',
        ids: 'InstanceTypes',
        id: 'InstanceType',
        names: {
          'vcpu-info.default-vcpus': 'VCpuInfo.DefaultVCpus',
          'memory-info.size-in-mib': 'MemoryInfo.SizeInMiB',
          'processor-info.supported-architecture': 'ProcessorInfo.SupportedArchitectures',
          'free-tier-eligible': 'FreeTierEligible',
        },
        missing: (id) => ['InvalidInstanceType', `The following supplied instance types do not exist: [${id}]`],
      },
    ),
  ),
  defineOperation<CreateKeyPairRequest>('CreateKeyPair', (call) => {
    const { input, world, region } = call
    const to = `aws.ec2.KeyPair/${region}/${input.KeyName}`
    if (world.get(to)) return refuse('InvalidKeyPair.Duplicate', `The keypair already exists`)
    const hex = hexId(world, 40, 'fingerprint', input.KeyName)
    const pair = {
      region,
      KeyPairId: `key-0${hexId(world, 16, 'key', input.KeyName)}`,
      KeyName: input.KeyName,
      KeyFingerprint: hex.match(/../g)?.join(':') ?? hex,
      KeyType: input.KeyType ?? 'rsa',
      made: world.now,
      Tags: tagsFor(input.TagSpecifications, 'key-pair'),
    }
    const lines = [0, 1, 2, 3].map((line) => hexId(world, 64, 'material', line, input.KeyName))
    return {
      output: {
        KeyPairId: pair.KeyPairId,
        KeyName: pair.KeyName,
        KeyFingerprint: pair.KeyFingerprint,
        KeyMaterial: `-----BEGIN RSA PRIVATE KEY-----\n${lines.join('\n')}\n-----END RSA PRIVATE KEY-----`,
      },
      emit: [{ to, kind: 'aws.ec2.KeyPair', type: 'Created', data: pair }],
    }
  }),
  defineOperation<Asked & { readonly KeyNames?: readonly string[] }>('DescribeKeyPairs', (call) => {
    const all = [...call.world.all('aws.ec2.KeyPair')].filter(
      (one) => (one as KeyPair).region === call.region,
    ) as KeyPair[]
    const { KeyNames } = call.input
    const absent = KeyNames?.find((name) => !all.some(({ KeyName }) => KeyName === name))
    if (absent !== undefined) return refuse('InvalidKeyPair.NotFound', `The key pair '${absent}' does not exist`)
    const list = all.filter(({ KeyName }) => !KeyNames?.length || KeyNames.includes(KeyName))
    const found = filtered(
      list.map(({ KeyPairId, KeyFingerprint, KeyName, KeyType, Tags, made }) => ({
        KeyPairId,
        KeyType,
        Tags,
        CreateTime: EPOCH + made,
        KeyName,
        KeyFingerprint,
      })),
      call.input.Filters,
    )
    return 'error' in found ? found : { output: { KeyPairs: found.kept } }
  }),
  defineOperation<DeleteKeyPairRequest>('DeleteKeyPair', (call) => {
    const to = `aws.ec2.KeyPair/${call.region}/${call.input.KeyName}`
    const pair = call.world.get(to) as KeyPair | undefined
    return {
      output: { Return: true, ...(pair ? { KeyPairId: pair.KeyPairId } : {}) },
      emit: pair ? [{ to, type: 'Deleted' }] : [],
    }
  }),
  defineOperation<CreateTagsRequest>('CreateTags', (call) =>
    retag(call, call.input.Resources, (tags) => withTags(tags, call.input.Tags as readonly Tag[])),
  ),
  defineOperation<DeleteTagsRequest>('DeleteTags', (call) =>
    retag(call, call.input.Resources, (tags) =>
      tags.filter(
        ({ Key, Value }) =>
          !(
            call.input.Tags?.some((one) => one.Key === Key && (one.Value === undefined || one.Value === Value)) ?? true
          ),
      ),
    ),
  ),
  defineOperation<Asked>('DescribeTags', (call) => {
    const all = taggable(call).flatMap(({ id, Tags = [] }) => {
      const ResourceId = id.slice(id.lastIndexOf('/') + 1)
      return Tags.map(({ Key, Value }) => ({ Key, ResourceId, ResourceType: resourceType(ResourceId), Value }))
    })
    const found = filtered(all, call.input.Filters)
    return 'error' in found ? found : { output: { Tags: found.kept } }
  }),
  defineOperation<Asked>('DescribeNetworkInterfaces', (call) => {
    const own = [...call.world.all(NETWORK_INTERFACE)].filter(
      (one) => (one as NetworkInterface).region === call.region,
    ) as NetworkInterface[]
    const ofInstances = instancesIn(call)
      .filter(({ state }) => state !== 'terminated')
      .map((instance) => ({
        ...((describeInstance(instance) as { readonly NetworkInterfaces: readonly object[] }).NetworkInterfaces[0] ??
          {}),
        NetworkInterfaceId: instance.interfaceId,
        AvailabilityZone: instance.Placement.AvailabilityZone,
        TagSet: [],
      }))
    const ofOthers = own.map((one) => ({
      ...(one.PublicIpAddress === undefined
        ? {}
        : {
            Association: {
              IpOwnerId: 'amazon',
              PublicDnsName: publicName(one.PublicIpAddress, one.region),
              PublicIp: one.PublicIpAddress,
            },
          }),
      AvailabilityZone: one.AvailabilityZone,
      Description: one.Description,
      Groups: one.Groups,
      InterfaceType: one.InterfaceType,
      Ipv6Addresses: [],
      MacAddress: macOf(one.NetworkInterfaceId),
      NetworkInterfaceId: one.NetworkInterfaceId,
      OwnerId: ACCOUNT,
      PrivateIpAddress: one.PrivateIpAddress,
      PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: one.PrivateIpAddress }],
      RequesterManaged: true,
      SourceDestCheck: true,
      Status: 'in-use',
      SubnetId: one.SubnetId,
      TagSet: one.Tags,
      VpcId: one.VpcId,
    }))
    return describe(call, [...ofInstances, ...ofOthers], {
      output: 'NetworkInterfaces',
      ids: 'NetworkInterfaceIds',
      id: 'NetworkInterfaceId',
      names: {
        'group-id': 'Groups.GroupId',
        'association.public-ip': 'Association.PublicIp',
        'attachment.instance-id': 'Attachment.InstanceId',
      },
      missing: (id) => ['InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${id}' does not exist`],
    })
  }),
  defineOperation<Asked>('DescribeVolumes', (call) =>
    describe(
      call,
      instancesIn(call)
        .filter(({ state }) => state !== 'terminated')
        .map((instance) => ({
          AvailabilityZone: instance.Placement.AvailabilityZone,
          Attachments: [
            {
              AttachTime: EPOCH + instance.launched,
              DeleteOnTermination: true,
              Device: '/dev/xvda',
              InstanceId: instance.InstanceId,
              State: 'attached',
              VolumeId: instance.volumeId,
            },
          ],
          CreateTime: EPOCH + instance.launched,
          Encrypted: false,
          Iops: 3000,
          MultiAttachEnabled: false,
          Size: 8,
          SnapshotId: '',
          State: 'in-use',
          Throughput: 125,
          VolumeId: instance.volumeId,
          VolumeType: 'gp3',
        })),
      {
        output: 'Volumes',
        ids: 'VolumeIds',
        id: 'VolumeId',
        names: { 'attachment.instance-id': 'Attachments.InstanceId', status: 'State' },
        missing: (id) => ['InvalidVolume.NotFound', `The volume '${id}' does not exist.`],
      },
    ),
  ),
  defineOperation<AllocateAddressRequest>('AllocateAddress', (call) => {
    const AllocationId = `eipalloc-0${hexId(call.world, 16, 'address')}`
    const address = {
      region: call.region,
      AllocationId,
      PublicIp: publicAddress(call.world, AllocationId),
      Domain: 'vpc',
      NetworkBorderGroup: call.region,
      PublicIpv4Pool: 'amazon',
      Tags: tagsFor(call.input.TagSpecifications, 'elastic-ip'),
    }
    const { region: _region, Tags: _tags, ...output } = address
    return {
      output,
      emit: [
        {
          to: `aws.ec2.Address/${call.region}/${AllocationId}`,
          kind: 'aws.ec2.Address',
          type: 'Created',
          data: address,
        },
      ],
    }
  }),
  defineOperation<Asked>('DescribeAddresses', (call) => {
    const all = [...call.world.all('aws.ec2.Address')].filter((one) => (one as KeyPair).region === call.region)
    return describe(
      call,
      all.map((one) => {
        const { AllocationId, PublicIp, Domain, NetworkBorderGroup, PublicIpv4Pool, Tags } = one as never as {
          readonly [member: string]: string
        }
        return { PublicIp, AllocationId, Domain, PublicIpv4Pool, NetworkBorderGroup, Tags }
      }),
      {
        output: 'Addresses',
        ids: 'AllocationIds',
        id: 'AllocationId',
        missing: (id) => ['InvalidAllocationID.NotFound', `The allocation ID '${id}' does not exist`],
      },
    )
  }),
  defineOperation<ReleaseAddressRequest>('ReleaseAddress', (call) => {
    const to = `aws.ec2.Address/${call.region}/${call.input.AllocationId}`
    if (!call.world.get(to))
      return refuse('InvalidAllocationID.NotFound', `The allocation ID '${call.input.AllocationId}' does not exist`)
    return { output: {}, emit: [{ to, type: 'Deleted' }] }
  }),
]

function publicName(address: string, region: string): string {
  return `ec2-${address.replaceAll('.', '-')}.${region === 'us-east-1' ? 'compute-1' : `${region}.compute`}.amazonaws.com`
}

/** Kinds of things with tags, by the beginning of their ids. */
const KINDS: { readonly [prefix: string]: readonly [kind: string, type: string] } = {
  i: [INSTANCE, 'instance'],
  vpc: ['aws.ec2.Vpc', 'vpc'],
  subnet: ['aws.ec2.Subnet', 'subnet'],
  sg: ['aws.ec2.SecurityGroup', 'security-group'],
  rtb: ['aws.ec2.RouteTable', 'route-table'],
  igw: ['aws.ec2.InternetGateway', 'internet-gateway'],
  nat: ['aws.ec2.NatGateway', 'natgateway'],
  acl: ['aws.ec2.NetworkAcl', 'network-acl'],
  lt: ['aws.ec2.LaunchTemplate', 'launch-template'],
  eipalloc: ['aws.ec2.Address', 'elastic-ip'],
  eni: [NETWORK_INTERFACE, 'network-interface'],
}

function resourceType(id: string): string {
  return KINDS[id.slice(0, id.indexOf('-'))]?.[1] ?? 'key-pair'
}

function taggable({ world, region }: { readonly world: World; readonly region: string }) {
  return Object.values(KINDS).flatMap(
    ([kind]) => [...world.all(kind)].filter((one) => (one as Instance).region === region) as Instance[],
  )
}

function retag(call: ApiCall<object>, resources: readonly string[], change: (tags: readonly Tag[]) => readonly Tag[]) {
  const { world, region } = call
  const emit: Emission[] = []
  for (const id of resources) {
    const [kind] = KINDS[id.slice(0, id.indexOf('-'))] ?? []
    const there = kind === undefined ? undefined : networkRecord<never>(world, kind, region, id)
    if (!there) return refuse('InvalidID', `The ID '${id}' is not valid`)
    const { id: to, Tags } = there as { readonly id: string; readonly Tags: readonly Tag[] }
    if (!world.get(to)) emit.push(...defaultNetworkEmissions(world, region))
    emit.push({ to, type: 'Changed', data: { Tags: change(Tags) } })
  }
  return { output: {}, emit }
}
