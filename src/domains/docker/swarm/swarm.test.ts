import { describe, expect, it } from 'vitest'
import { Simulation } from '../../../kernel/index.ts'
import { installProgram, labProgram, outputText, shellDomain, transcript } from '../../../shell/index.ts'
import { containerd, imageVerb } from '../../containerd/index.ts'
import { docker } from '../cli/docker.ts'
import { dockerDomain } from '../domain.ts'
import { engineVerb } from '../engine/engineVerb.ts'
import { swarmVerb } from './swarmVerb.ts'

installProgram(docker)
installProgram(labProgram([imageVerb, engineVerb, swarmVerb]))

/** A terminal: each line runs to its end; `pass` lets virtual ms go by. */
function terminal() {
  const simulation = new Simulation({ domains: [shellDomain, containerd, dockerDomain], seed: 1 })
  const $ = (line: string): string => {
    const from = simulation.journal.length
    simulation.command(line)
    for (let i = 0; i < 600 && simulation.world.get('shell.Session/main')?.state === 'Busy'; i++)
      simulation.advanceTo(simulation.now + 500)
    return outputText(transcript(simulation.journal, 'shell.Session/main', from))
  }
  return { $, pass: (ms: number) => simulation.advanceTo(simulation.now + ms), simulation }
}

const NO_LEADER =
  "Error response from daemon: rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.\n"

/** Three managers and three workers. */
function six() {
  const made = terminal()
  made.$('docker swarm init')
  made.$('lab swarm nodes --managers 2 --workers 3')
  made.pass(2000)
  return made
}

describe('docker swarm', () => {
  it('begins with one manager, and others join with its token', () => {
    const { $, pass } = terminal()
    expect($('docker node ls')).toMatch(
      /^Error response from daemon: This node is not a swarm manager\. Use "docker swarm init"/,
    )
    expect($('docker swarm init --advertise-addr 192.168.99.121')).toMatch(
      /^Swarm initialized: current node \([a-z0-9]{25}\) is now a manager\.\n\nTo add a worker to this swarm, run the following command:\n\n {4}docker swarm join --token SWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25} 192\.168\.99\.121:2377\n\nTo add a manager/,
    )
    expect($('docker swarm init')).toMatch(/^Error response from daemon: This node is already part of a swarm\./)
    $('lab swarm machines box')
    const there = 'docker -H ssh://box'
    expect($(`${there} swarm join --token nonsense 192.168.99.121:2377`)).toBe(
      'Error response from daemon: invalid join token\n',
    )
    expect($(`${there} swarm join --token $(docker swarm join-token -q worker) 10.9.9.9:2377`)).toContain(
      'connect: connection refused',
    )
    expect($(`${there} swarm join --token $(docker swarm join-token -q worker) 192.168.99.121:2377`)).toBe(
      'This node joined a swarm as a worker.\n',
    )
    pass(1000)
    expect($("docker node ls --format '{{.Hostname}} {{.Status}} {{.ManagerStatus}}'")).toBe(
      'box Ready \norrery Ready Leader\n',
    )
    expect($(`${there} node ls`)).toContain("Worker nodes can't be used to view or modify cluster state")
    expect($('docker node promote box')).toBe('Node box promoted to a manager in the swarm.\n')
    expect($('docker swarm leave')).toContain('Removing this node leaves 1 managers out of 2. Without a Raft quorum')
  })

  it('refuses changes without a majority of managers while tasks keep running, and elects again', () => {
    const { $, pass } = six()
    $('docker service create -q --name web --replicas 3 nginx')
    $('lab swarm fail manager2')
    $('lab swarm fail manager3')
    expect($('docker service scale web=5')).toBe(NO_LEADER)
    expect($("docker ps --format '{{.Image}} {{.State}}'")).toBe('nginx:latest running\n')
    $('lab swarm recover manager2')
    pass(30_000)
    expect($('docker service scale -d web=5')).toBe('web scaled to 5\n')
    pass(30_000)
    expect($("docker service ls --format '{{.Replicas}}'")).toBe('5/5\n')
  })

  it('starts tasks elsewhere when their node is down or drained', () => {
    const { $, pass } = six()
    $('docker service create -q --name web --replicas 6 nginx')
    const nodes = (): string => $("docker service ps web --filter desired-state=running --format '{{.Node}}'")
    expect(nodes()).toContain('worker1')
    $('lab swarm fail worker1')
    pass(10_000)
    expect(nodes()).toContain('worker1')
    pass(20_000)
    expect(nodes()).not.toContain('worker1')
    expect(nodes().trim().split('\n')).toHaveLength(6)
    $('docker node update --availability drain worker2')
    pass(20_000)
    expect(nodes()).not.toContain('worker2')
    expect($("docker node ls --filter name=worker --format '{{.Hostname}} {{.Status}} {{.Availability}}'")).toBe(
      'worker1 Down Active\nworker2 Ready Drain\nworker3 Ready Active\n',
    )
  })

  it('says why no node is suitable, and places the task when one becomes so', () => {
    const { $, pass } = six()
    $('docker service create -d --name big --reserve-cpu 64 nginx')
    $('docker service create -d --name ssd --constraint node.labels.disk==ssd nginx')
    pass(1000)
    expect($("docker service ps --no-trunc --format '{{.Error}}' big")).toBe(
      '"no suitable node (insufficient resources on 6 nodes)"\n',
    )
    expect($("docker service ps --no-trunc --format '{{.Error}}' ssd")).toBe(
      '"no suitable node (scheduling constraints not satisfied on 6 nodes)"\n',
    )
    $('docker node update --label-add disk=ssd worker3')
    pass(10_000)
    expect($("docker service ps --format '{{.Node}} {{.DesiredState}}' ssd")).toBe('worker3 Running\n')
    $('docker node update --label-rm disk worker3')
    pass(20_000)
    expect($("docker service ps --no-trunc --format '{{.CurrentState}} {{.Error}}' ssd")).toMatch(
      /Rejected .* "assigned node no longer meets constraints"/,
    )
  })

  it('updates a few at a time, pauses when new tasks fail, and rolls back', () => {
    const { $ } = six()
    $('docker service create -q --name web --replicas 4 --update-parallelism 2 --update-delay 5s nginx:1.27')
    const images = (): string =>
      $("docker service ps web --filter desired-state=running --format '{{.Image}}' | sort | uniq -c | sed 's/^ *//'")
    expect($('docker service update --image nginx:1.28 web')).toMatch(
      /^web\noverall progress: 4 out of 4 tasks \n(?:\d\/4: running .*\n){4}verify: Service \w{25} converged \n$/,
    )
    expect(images()).toBe('4 nginx:1.28\n')
    expect($('docker service update --image nginx:nosuchtag web')).toMatch(
      /service update paused: update paused due to failure or early termination of task \w{25}\n$/,
    )
    expect($("docker service inspect -f '{{.UpdateStatus.State}}' web")).toBe('paused\n')
    expect($('docker service rollback web')).toMatch(
      /^web\nrollback: manually requested rollback \noverall progress: 4 out of 4/,
    )
    expect(images()).toBe('4 nginx:1.28\n')
    expect($('docker service update --image nginx:nosuchtag --update-failure-action rollback web')).toMatch(
      /service rolled back: /,
    )
    expect(images()).toBe('4 nginx:1.28\n')
  })

  it('restarts by the condition, after the delay and as often as told', () => {
    const { $, pass } = terminal()
    $('docker swarm init')
    $('docker service create -d --name bad --restart-delay 2s --restart-max-attempts 2 alpine false')
    pass(40_000)
    expect($("docker service ps bad --format '{{.DesiredState}} {{.Error}}'")).toBe(
      'Shutdown "task: non-zero exit (1)"\n'.repeat(3),
    )
    $('docker service create -d --name once --restart-condition none alpine true')
    pass(20_000)
    expect($("docker service ps once --format '{{.DesiredState}} {{.CurrentState}}'")).toMatch(/^Shutdown Complete/)
    $('docker service create -d --name job --mode replicated-job --replicas 3 --max-concurrent 1 alpine true')
    pass(30_000)
    expect($("docker service ls --filter name=job --format '{{.Replicas}}'")).toBe('0/0 (3/3 completed)\n')
  })

  it('gives configs and secrets to tasks, and keeps them while they are used', () => {
    const { $ } = terminal()
    $('docker swarm init')
    $('printf hidden | docker secret create key -')
    $("printf 'of {{.Service.Name}}' | docker config create --template-driver golang page -")
    $('docker service create -q --name web --secret key --config source=page,target=/page,mode=0440 nginx')
    expect($('docker exec $(docker ps -q --filter name=web) cat /run/secrets/key /page')).toBe('hiddenof web')
    expect($('docker secret rm key')).toBe(
      "Error response from daemon: rpc error: code = InvalidArgument desc = secret 'key' is in use by the following service: web\n",
    )
    expect($('docker ps -q').trim()).toMatch(/^[0-9a-f]{12}$/)
    $('docker service rm web')
    expect($('docker secret rm key')).toBe('key\n')
  })

  it('deploys a stack of a compose file, changes it and takes it down', () => {
    const { $, pass } = six()
    $(
      'printf \'services:\\n  web:\\n    image: nginx\\n    ports: ["8080:80"]\\n    deploy:\\n      replicas: 2\\n  cache:\\n    image: redis\\n\' > stack.yml',
    )
    expect($('docker stack deploy -c stack.yml shop')).toBe(
      'Creating network shop_default\nCreating service shop_web\nCreating service shop_cache\n',
    )
    pass(20_000)
    expect($("docker stack services shop --format '{{.Name}} {{.Replicas}} {{.Ports}}'")).toBe(
      'shop_cache 1/1 \nshop_web 2/2 *:8080->80/tcp\n',
    )
    expect($('docker stack ls')).toBe('NAME   SERVICES\nshop   2\n')
    $("sed -i 's/replicas: 2/replicas: 3/' stack.yml")
    expect($('docker stack deploy -c stack.yml shop')).toMatch(
      /^Updating service shop_web \(id: \w{25}\)\nUpdating service shop_cache/,
    )
    pass(20_000)
    expect($("docker stack ps shop --format '{{.Name}}'")).toBe('shop_cache.1\nshop_web.1\nshop_web.2\nshop_web.3\n')
    expect($('docker stack rm shop')).toBe(
      'Removing service shop_cache\nRemoving service shop_web\nRemoving network shop_default\n',
    )
    pass(30_000)
    expect($('docker ps -aq')).toBe('')
  })
})
