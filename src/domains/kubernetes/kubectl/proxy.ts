import type { Json } from '../../../kernel/index.ts'
import { API_PORT, closeForward, forwardAt, openForward } from '../network/portForward.ts'
import type { Command } from './command.ts'
import { Problem } from './problem.ts'

/** Models: kubectl/pkg/cmd/proxy, for GET. */
export const proxy: Command = {
  name: 'proxy',
  summary: 'Run a proxy to the Kubernetes API server',
  usage: '[--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix]',
  flags: [
    { name: 'port', short: 'p', value: '8001', type: 'int', says: 'Port to listen on; 0 for any' },
    { name: 'address', value: "'127.0.0.1'", says: 'Address to listen on' },
    { name: 'accept-hosts', value: "''", says: 'Accepted' },
    { name: 'accept-paths', value: "''", says: 'Accepted' },
    { name: 'reject-paths', value: "''", says: 'Accepted' },
    { name: 'disable-filter', says: 'Accepted' },
  ],
  examples: ['kubectl proxy &', 'kubectl proxy --port=8080'],
  run(ask) {
    const session = ask.call.session ?? ask.call.host.id
    const asked = ask.number('port') ?? 8001
    const port = asked === 0 ? 30_000 + Math.floor(ask.world.draw('port', ask.world.revision) * 20_000) : asked
    const address = ask.text('address') ?? '127.0.0.1'
    if (forwardAt(ask.world, session, port))
      throw new Problem(`error: listen tcp ${address}:${port}: bind: address already in use`)
    ask.out(`Starting to serve on ${address}:${port}\n`)
    return {
      wait: {},
      catches: true,
      state: port as unknown as Json,
      emit: [
        openForward(session, { process: ask.call.process.id, localPort: port, pod: API_PORT.pod, port: API_PORT.port }),
      ],
    }
  },
  resume(ask, port) {
    const session = ask.call.session ?? ask.call.host.id
    if (ask.call.why !== 'signal') return { wait: {}, catches: true, state: port }
    return { exit: ask.call.signal === 'TERM' ? 143 : 130, emit: [closeForward(session, Number(port))] }
  },
}
