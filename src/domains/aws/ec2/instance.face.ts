import type { Face, FaceAction } from '../../../kernel/index.ts'
import { zoneId } from '../../places/index.ts'
import { type Instance, instanceWorks, statusChecks, typeOf } from './instance.ts'
import { subnetOf } from './network.ts'
import { tagOf } from './tag.ts'

/** How a virtual machine looks: a host in its zone, or in its subnet where that was made by someone. */
export const instanceFace: Face<Instance> = {
  label: 'EC2 instance',
  plural: 'EC2 instances',
  pictogram: 'instance',
  shape: 'host',
  within: (instance, world) => {
    // Who is told as a host of its own (a container instance of ECS) stands in its place.
    if (
      world.ownedBy(instance.id).some(({ kind, state }) => kind.endsWith('.ContainerInstance') && state !== 'INACTIVE')
    )
      return null
    const subnet = subnetOf(world, instance.region, instance.SubnetId)
    return subnet && subnet.DefaultForAz !== true ? subnet.id : zoneId(instance.Placement.AvailabilityZone)
  },
  look: (instance, world) => {
    const name = tagOf(instance.Tags, 'Name')
    const type = typeOf(instance)
    const broken = instance.state === 'running' && !instanceWorks(instance, world)
    const checks = statusChecks(instance, world.now)
    return {
      title: name ?? instance.InstanceId,
      note: `${instance.InstanceType}${instance.spot ? ' Spot' : ''}`,
      tone: broken
        ? 'err'
        : instance.state === 'running'
          ? 'ok'
          : instance.state === 'stopped' || instance.state === 'terminated'
            ? 'idle'
            : 'prog',
      word: broken ? 'Impaired' : (words[instance.state] ?? instance.state),
      detail: broken ? 'Nothing on it answers.' : undefined,
      free: instance.state === 'running' ? `${type.vcpus} vCPU, ${type.memoryMiB / 1024} GiB` : undefined,
      facts: [
        ['Instance ID', instance.InstanceId],
        ['Type', `${type.name}: ${type.vcpus} vCPU, ${type.memoryMiB / 1024} GiB`],
        ['Image', instance.ImageId],
        ['Private address', instance.PrivateIpAddress],
        ...(instance.PublicIpAddress === undefined ? [] : [['Public address', instance.PublicIpAddress] as const]),
        ['Subnet', instance.SubnetId],
        ['Status checks', `${checks.system}, ${checks.instance}`],
      ],
    }
  },
  actions: (instance) => {
    const line = (verb: string) => `aws ec2 ${verb} --region ${instance.region} --instance-ids ${instance.InstanceId}`
    const actions: FaceAction[] = []
    if (instance.state === 'running') {
      actions.push({ id: 'reboot', label: 'Reboot', line: line('reboot-instances') })
      actions.push({ id: 'stop', label: 'Stop', line: line('stop-instances') })
      actions.push({
        id: 'crash',
        label: instance.impaired ? 'Repair the machine' : 'Crash the machine',
        line: `lab ec2 ${instance.impaired ? 'repair' : 'crash'} ${instance.InstanceId}`,
        sort: 'fault',
      })
    }
    if (instance.state === 'stopped') actions.push({ id: 'start', label: 'Start', line: line('start-instances') })
    if (instance.state !== 'terminated' && instance.state !== 'shutting-down')
      actions.push({ id: 'terminate', label: 'Terminate', line: line('terminate-instances'), sort: 'danger' })
    return actions
  },
  palette: [
    {
      id: 'ec2-instance',
      label: 'EC2 instance',
      pictogram: 'instance',
      group: 'AWS compute',
      into: ['place.Zone'],
      line: (into, _world, n) => {
        const zone = into?.id.slice('place.Zone/'.length)
        if (zone !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/.test(zone))
          return { refuse: `${zone} is no zone of AWS` }
        const where = zone === undefined ? '' : ` --region ${zone.slice(0, -1)} --placement AvailabilityZone=${zone}`
        const image = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64'
        const tags = `'ResourceType=instance,Tags=[{Key=Name,Value=server-${n}}]'`
        return {
          line: `aws ec2 run-instances --image-id ${image} --instance-type t3.micro${where} --tag-specifications ${tags}`,
        }
      },
    },
  ],
  marks: { Launched: 'state', Crashed: 'fault', Recovered: 'state', Terminated: 'state' },
}

const words: { readonly [state: string]: string } = {
  pending: 'Pending',
  running: 'Running',
  stopping: 'Stopping',
  stopped: 'Stopped',
  'shutting-down': 'Shutting down',
  terminated: 'Terminated',
}
