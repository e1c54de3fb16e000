import { expect, test } from 'vitest'
import { startProcess } from '../../../../shell/index.ts'
import { SmallWorld } from '../smallWorld.ts'

const CLIENT = 'k8s.Container/default/client/main'

function lab(): SmallWorld {
  const world = new SmallWorld()
  world.service('web', {
    clusterIP: '10.97.0.1',
    selector: { app: 'web' },
    ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
  })
  world.pod({ name: 'web-1', labels: { app: 'web' }, ip: '10.244.1.5', node: 'node-b' })
  world.pod({ name: 'client', image: 'busybox:1.37', command: ['sleep', '3600'], ip: '10.244.0.99' })
  world.run(2000)
  return world
}

let started = 0

/** Runs a command in the client's container and returns everything that it printed. */
function run(world: SmallWorld, command: string, ms = 2000, host = CLIENT): string {
  const id = `shell.Process/test-${++started}`
  world.emit(startProcess(id, { host, argv: ['sh', '-c', command], pid: 1000 + started }))
  world.run(ms)
  let text = ''
  for (let i = 0; i < world.sim.journal.length; i++) {
    const event = world.sim.journal.at(i)
    if (event?.to !== id) continue
    const { output, exitCode } = (event.data ?? {}) as { output?: readonly { text: string }[]; exitCode?: number }
    for (const chunk of output ?? []) text += chunk.text
    if (exitCode) text += `[${exitCode}]`
  }
  return text
}

test('busybox wget', () => {
  const world = lab()
  expect(run(world, 'wget -qO- http://web | head -4')).toContain('<title>Welcome to nginx!</title>')
  expect(run(world, 'wget --spider --timeout=1 web')).toBe('Connecting to web (10.97.0.1:80)\nremote file exists\n')
  expect(run(world, 'wget -qO- http://nope')).toBe("wget: bad address 'nope'\n[1]")
  expect(run(world, 'wget -qO- http://web/nope')).toBe('wget: server returned error: HTTP/1.1 404 Not Found\n[1]')
  expect(run(world, 'wget -qO- http://10.244.1.5:81')).toBe(
    "wget: can't connect to remote host (10.244.1.5): Connection refused\n[1]",
  )
  world.create('networking.k8s.io/v1', 'NetworkPolicy', 'deny', 'default', {
    spec: { podSelector: { matchLabels: { app: 'web' } } },
  })
  expect(run(world, 'wget --spider --timeout=1 web')).toBe(
    'Connecting to web (10.97.0.1:80)\nwget: download timed out\n[1]',
  )
})

test('busybox nslookup', () => {
  const world = lab()
  expect(run(world, 'nslookup web.default.svc.cluster.local')).toBe(
    'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tweb.default.svc.cluster.local\nAddress: 10.97.0.1\n\n',
  )
  world.emit({ to: 'k8s.Component/coredns', type: 'Stopped' })
  expect(run(world, 'nslookup web', 16_000)).toBe(';; connection timed out; no servers could be reached\n\n[1]')
})

test('ping reaches pods, and no cluster IP', () => {
  const world = lab()
  expect(run(world, 'ping -c 2 10.244.1.5', 5000)).toMatch(
    /^PING 10\.244\.1\.5 \(10\.244\.1\.5\) 56\(84\) bytes of data\.\n64 bytes from .* icmp_seq=1 .*\n64 bytes from .*\n\n--- 10\.244\.1\.5 ping statistics ---\n2 packets transmitted, 2 received, 0% packet loss/,
  )
  expect(run(world, 'ping -c 1 web', 5000)).toContain('1 packets transmitted, 0 received, 100% packet loss')
})

test('curl in an image with the full tools', () => {
  const world = lab()
  world.pod({ name: 'tools', image: 'curlimages/curl:8.10.1', command: ['sleep', '3600'], ip: '10.244.0.98' })
  world.run(1000)
  const host = 'k8s.Container/default/tools/main'
  expect(run(world, 'curl -sI http://web', 1000, host)).toMatch(/^HTTP\/1\.1 200 OK\r\nServer: nginx/)
  expect(run(world, 'curl -s https://kubernetes -k -o /dev/null -w "%{http_code}"', 1000, host)).toBe('403')
  expect(run(world, 'curl -sS http://web:81 --max-time 2', 3000, host)).toBe(
    'curl: (28) Failed to connect to web port 81 after 2000 ms: Timeout was reached\n[28]',
  )
  world.unready('web-1')
  world.run(500)
  expect(run(world, 'curl -v http://web', 1000, host)).toContain(
    '* connect to 10.97.0.1 port 80 failed: Connection refused\n',
  )
})
