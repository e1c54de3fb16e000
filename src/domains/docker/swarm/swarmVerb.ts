import { type Done, fail, type Program, readOptions } from '../../../shell/index.ts'
import { bytesOf } from '../cli/units.ts'
import { engineId, engineOf, ensureLocal, LOCAL } from '../engine/engine.ts'
import { beginning, joining, MACHINE, machine } from './membership.ts'
import { findNode, nodeOfEngine, type Role } from './node.ts'
import { swarmOf } from './swarm.ts'

const LETTERS = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i

/** `lab swarm`: machines with engines that a swarm can use, and what goes wrong with them. */
export const swarmVerb: Program = {
  name: 'swarm',
  summary: 'bring machines with engines into the swarm, stop and start them, or give the workstation a name',
  usage:
    'nodes [NAME...] [--managers N] [--workers N] [--cpus N] [--memory SIZE] | machines NAME... | fail NODE | recover NODE | hostname NAME',
  operands: 'none',
  subcommands: [
    { name: 'nodes', summary: 'bring machines that join the swarm as managers and workers' },
    { name: 'machines', summary: 'bring machines that are in no swarm yet' },
    { name: 'fail', summary: 'stop the engine of a node' },
    { name: 'recover', summary: 'start the engine of a node' },
    { name: 'hostname', summary: 'give the workstation another name' },
  ],
  flags: [
    { name: 'managers', value: 'N', says: 'how many join as managers' },
    { name: 'workers', value: 'N', says: 'how many join as workers' },
    { name: 'cpus', value: 'N', says: 'cores of each machine; 2 when absent' },
    { name: 'memory', value: 'SIZE', says: 'memory of each machine; 4g when absent' },
  ],
  examples: [
    'lab swarm nodes --managers 2 --workers 3',
    'lab swarm fail worker1',
    'DOCKER_HOST=ssh://worker1 docker ps',
  ],
  run(call): Done {
    const options = readOptions(swarmVerb, call.argv)
    if ('exit' in options) return options
    const [what, ...names] = options.operands
    const { world } = call
    const { given } = options
    if (what === 'fail' || what === 'recover') {
      const node = findNode(world, names[0] ?? '')
      if (!node || node === 'many') return fail(`lab swarm: there is no node ${names[0] ?? ''}`)
      const type = what === 'fail' ? 'DaemonStopped' : 'DaemonStarted'
      return {
        exit: 0,
        stdout: `The engine of ${node.hostname} ${what === 'fail' ? 'stops' : 'starts'}.\n`,
        emit: [{ to: node.engine, type }],
      }
    }
    if (what === 'hostname') {
      const [name = ''] = names
      if (!LETTERS.test(name)) return fail(`lab swarm: '${name}' is no name of a machine`)
      const node = nodeOfEngine(world, LOCAL)
      const renamed = node ? [{ to: node.id, type: 'Updated', data: { hostname: name } }] : []
      return {
        exit: 0,
        emit: [...ensureLocal(world), { to: LOCAL, type: 'Configured', data: { hostname: name } }, ...renamed],
      }
    }
    if (what !== 'nodes' && what !== 'machines')
      return fail("lab swarm: say 'lab swarm nodes', 'machines', 'fail', 'recover' or 'hostname'")
    const managers = Number(given.managers ?? 0)
    const workers = Number(given.workers ?? (given.managers === undefined && names.length === 0 ? 1 : 0))
    const cpus = Number(given.cpus ?? MACHINE.cpuMilli / 1000)
    const memory = typeof given.memory === 'string' ? bytesOf(given.memory) : MACHINE.memory
    if (
      ![managers, workers].every((n) => Number.isInteger(n) && n >= 0 && n <= 200) ||
      !(cpus > 0) ||
      memory === undefined
    )
      return fail('lab swarm: --managers, --workers and --cpus are numbers, --memory is a size like 4g')
    const wanted: { name: string; role: Role }[] = names.map((name, i) => ({
      name,
      role: i < managers ? 'manager' : 'worker',
    }))
    if (names.length === 0) {
      for (let i = 0; i < managers; i++) wanted.push({ name: free('manager', wanted), role: 'manager' })
      for (let i = 0; i < workers; i++) wanted.push({ name: free('worker', wanted), role: 'worker' })
    }
    function free(role: Role, taken: readonly { name: string }[]): string {
      for (let n = role === 'manager' ? 2 : 1; ; n++) {
        const name = `${role}${n}`
        if (!world.get(engineId(name)) && !taken.some((one) => one.name === name)) return name
      }
    }
    for (const { name } of wanted) {
      if (!LETTERS.test(name)) return fail(`lab swarm: '${name}' is no name of a machine`)
      if (world.get(engineId(name))) return fail(`lab swarm: there is a machine ${name} already`)
    }
    const made = wanted.map(({ name, role }, i) => ({
      emission: machine(world, name, i, { cpuMilli: Math.round(cpus * 1000), memory }),
      role,
      name,
    }))
    const engines = made.map(({ emission }) => emission)
    const list = wanted.map(({ name }) => name).join(', ')
    if (what === 'machines') return { exit: 0, stdout: `Machines with engines: ${list}.\n`, emit: engines }
    const swarm = swarmOf(world)
    const local = engineOf(world, LOCAL)
    if (swarm && swarm.state !== 'Led') return fail('lab swarm: the swarm has no leader: nobody can join it')
    const begun = swarm || !local ? [] : [...ensureLocal(world), ...beginning(world, local, {}, {})]
    const joins = made.map(({ emission, role }) =>
      joining(world, { ...(emission.data as never as object), id: emission.to } as never, role, {
        joinedAt: world.now,
      }),
    )
    return { exit: 0, stdout: `Nodes that join the swarm: ${list}.\n`, emit: [...begun, ...engines, ...joins] }
  },
}
