import { labDomains } from '../host/composition.ts'
import { Simulation } from '../kernel/index.ts'
import { type TaskCase, wantedOf } from './benchCase.ts'
import { type BenchStage, settle, wellDone } from './benchStage.ts'

/** Placed in turn by the services, so that a case has all of them. */
const STRATEGIES = [
  'type=spread,field=attribute:ecs.availability-zone type=binpack,field=memory',
  'type=binpack,field=cpu',
  'type=spread,field=instanceId',
]

/** An ECS cluster whose instances have registered, and `aws ecs create-service` of the services. */
export function taskStage(one: TaskCase): BenchStage {
  const simulation = new Simulation({ domains: labDomains, seed: 1 })
  const { world } = simulation
  wellDone(simulation, 'aws ecs create-cluster --cluster-name big', /"ACTIVE"/)
  wellDone(simulation, `lab ecs instances --cluster big --count ${one.instances} --type m5.large`, /will register/)
  settle({
    simulation,
    start: () => undefined,
    isDone: () => world.count('aws.ecs.ContainerInstance', 'ACTIVE') === one.instances,
    done: () => 0,
  })
  const container = JSON.stringify([{ name: 'web', image: 'nginx:1.27', cpu: 128, memory: 256, essential: true }])
  wellDone(
    simulation,
    `aws ecs register-task-definition --family web --container-definitions '${container}'`,
    /"revision": 1/,
  )
  return {
    simulation,
    start: () => {
      for (let i = 0; i < one.services; i++)
        wellDone(
          simulation,
          `aws ecs create-service --cluster big --service-name web-${i} --task-definition web --desired-count ${one.tasks} --placement-strategy ${STRATEGIES[i % STRATEGIES.length]}`,
          /"ACTIVE"/,
        )
    },
    isDone: () => world.count('aws.ecs.Task', 'RUNNING') === wantedOf(one),
    done: () => world.count('aws.ecs.Task', 'RUNNING'),
  }
}
