import { type Done, fail, type Program, readOptions } from '../../../shell/index.ts'
import { durationOf } from '../cli/units.ts'
import { containerNamed } from '../container/container.ts'
import { engineId, engineOf, ensureLocal, LOCAL } from './engine.ts'

/** `lab engine`: what goes wrong with engines and their containers from outside, and what sets it right. */
export const engineVerb: Program = {
  name: 'engine',
  summary: 'stop or start the Docker daemon, or let something go wrong with a container',
  usage:
    'stop [HOST] | start [HOST] | fault CONTAINER [--status CODE] [--slow SPAN] [--refuse] [--unhealthy] [--for SPAN]',
  operands: 'none',
  subcommands: [
    { name: 'stop', summary: 'stop the daemon, and all of its containers with it' },
    { name: 'start', summary: 'start the daemon; it starts the containers that want it' },
    { name: 'fault', summary: 'let a container answer wrongly, slowly or not at all for a while' },
  ],
  flags: [
    { name: 'status', value: 'CODE', says: 'it answers every request with this status' },
    { name: 'slow', value: 'SPAN', says: 'its answers come so much later' },
    { name: 'refuse', says: 'it does not accept connections' },
    { name: 'unhealthy', says: 'its health checks fail' },
    { name: 'for', value: 'SPAN', says: 'how long it lasts; a minute when absent' },
  ],
  examples: ['lab engine stop', 'lab engine fault web --slow 2s --for 1m'],
  run(call): Done {
    const options = readOptions(engineVerb, call.argv)
    if ('exit' in options) return options
    const [what, name] = options.operands
    const { world } = call
    if (what === 'stop' || what === 'start') {
      const id = name === undefined ? LOCAL : engineId(name)
      const engine = engineOf(world, id)
      if (!engine) return fail(`lab engine: there is no engine ${name}`)
      const emit = [
        ...(id === LOCAL ? ensureLocal(world) : []),
        { to: id, type: what === 'stop' ? 'DaemonStopped' : 'DaemonStarted' },
      ]
      return { exit: 0, stdout: `The daemon on ${engine.host} ${what === 'stop' ? 'stops' : 'starts'}.\n`, emit }
    }
    if (what !== 'fault' || name === undefined)
      return fail("lab engine: say 'lab engine stop', 'lab engine start' or 'lab engine fault CONTAINER'")
    const container = containerNamed(world, LOCAL, name)
    if (!container) return fail(`lab engine: there is no container ${name}`)
    const { status, slow, refuse, unhealthy } = options.given
    const slowMs = typeof slow === 'string' ? durationOf(slow) : undefined
    const lasting = typeof options.given.for === 'string' ? durationOf(options.given.for) : 60_000
    if (lasting === undefined || (typeof slow === 'string' && slowMs === undefined))
      return fail('lab engine: a span is written like 30s or 2m')
    if (typeof status === 'string' && !/^[1-5]\d\d$/.test(status))
      return fail(`lab engine: '${status}' is no status code`)
    if (!status && !slow && !refuse && !unhealthy)
      return fail('lab engine: say what goes wrong: --status, --slow, --refuse or --unhealthy')
    const id = `fault-${world.revision}`
    const data = {
      id,
      ...(typeof status === 'string' ? { status: Number(status) } : {}),
      ...(slowMs === undefined ? {} : { slow: slowMs }),
      ...(refuse ? { refuse: true } : {}),
      ...(unhealthy ? { unhealthy: true } : {}),
    }
    return {
      exit: 0,
      stdout: `${name}: for ${lasting / 1000} s.\n`,
      emit: [
        { to: container.id, type: 'FaultBegan', data },
        { to: container.id, type: 'FaultEnded', after: lasting, data: { id } },
      ],
    }
  },
}
