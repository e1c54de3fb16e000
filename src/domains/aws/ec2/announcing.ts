import type { AwsService } from '../core/index.ts'
import { arnOf } from '../core/index.ts'
import type { Instance } from './instance.ts'

const TURNS = ['Launched', 'after.launch', 'Stopped', 'Started', 'Terminated', 'after.shutdown']

/** What EC2 tells the event bus: every change of an instance's state. */
export const announces: NonNullable<AwsService['announces']> = {
  'aws.ec2.Instance': Object.fromEntries(
    TURNS.map((type) => [
      type,
      (event, world) => {
        if (event.from === event.into) return undefined
        const instance = world.get(event.to) as Instance | undefined
        if (!instance) return undefined
        const { InstanceId, region } = instance
        return {
          source: 'aws.ec2',
          detailType: 'EC2 Instance State-change Notification',
          resources: [arnOf('ec2', region, `instance/${InstanceId}`)],
          detail: { 'instance-id': InstanceId, state: event.into },
        }
      },
    ]),
  ),
}
