import { describe, expect, test } from 'vitest'
import { outputText, transcript } from '../../../shell/index.ts'
import { traceRequest } from '../../traffic/index.ts'
import { flows } from './flows.ts'
import { parseUrl, type Url } from './httpMessage.ts'
import { request } from './request.ts'
import { SmallWorld } from './smallWorld.ts'
import './trace.ts'

const WEB = { clusterIP: '10.97.0.1', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }] }

function web(pods = 2, seed = 1): SmallWorld {
  const lab = new SmallWorld(seed)
  lab.service('web', WEB)
  for (let i = 1; i <= pods; i++)
    lab.pod({
      name: `web-${i}`,
      labels: { app: 'web' },
      ip: `10.244.${(i - 1) % 2}.${i + 4}`,
      node: i % 2 ? 'node-a' : 'node-b',
    })
  lab.pod({
    name: 'client',
    image: 'busybox:1.37',
    command: ['sleep', '3600'],
    ip: '10.244.0.99',
    labels: { app: 'client' },
  })
  lab.run(2000)
  return lab
}

const CLIENT = 'k8s.Container/default/client/main'

function get(lab: SmallWorld, url: string, from = CLIENT, salt = 0) {
  return request(lab.world, from, { method: 'GET', url: parseUrl(url) as Url, headers: {} }, { salt })
}

describe('one request', () => {
  test('goes from a pod through name and rules to an endpoint', () => {
    const lab = web()
    const done = get(lab, 'http://web')
    expect(done.outcome).toMatchObject({ is: 'answered', answer: { status: 200 } })
    expect(done.ip).toBe('10.97.0.1')
    expect(done.hops.map(({ at }) => at)).toEqual([
      'k8s.Component/coredns',
      'k8s.Service/default/web',
      expect.stringMatching(/^k8s.Pod\/default\/web-/),
      expect.stringMatching(/^k8s.Container\/default\/web-/),
      expect.stringMatching(/^k8s.Container\/default\/web-/),
    ])
    expect(done.emissions[0]).toMatchObject({ type: 'Requested', data: { path: '/', status: 200 } })
    const chosen = new Set(Array.from({ length: 40 }, (_, i) => get(lab, 'http://web', CLIENT, i).hops[2]?.at))
    expect(chosen.size).toBe(2)
    expect(get(lab, 'http://web')).toEqual(done)
  })

  test('is refused without ready endpoints, and where nothing listens', () => {
    const lab = web()
    expect(get(lab, 'http://10.244.0.5:81').outcome.is).toBe('refused')
    lab.unready('web-1')
    lab.unready('web-2')
    lab.run(1000)
    const refused = get(lab, 'http://web')
    expect(refused.outcome).toEqual({
      is: 'refused',
      says: 'default/web has no ready endpoint, so the rules refuse the connection.',
    })
    expect(get(lab, 'http://10.244.0.5').outcome.is).toBe('answered')
  })

  test('serves from ending pods while none is ready', () => {
    const lab = web(1)
    lab.emit({ to: 'k8s.Pod/default/web-1', type: 'DeletionRequested' })
    lab.run(1000)
    expect(get(lab, 'http://web').outcome.is).toBe('answered')
  })

  test('times out on a port that the Service lacks and on an address that nobody has', () => {
    const lab = web()
    expect(get(lab, 'http://web:8080').outcome.is).toBe('timeout')
    expect(get(lab, 'http://10.99.1.1').outcome.is).toBe('timeout')
    expect(get(lab, 'http://10.244.0.77').outcome.is).toBe('unreachable')
  })

  test('from outside only public addresses lead in', () => {
    const lab = web()
    expect(get(lab, 'http://10.97.0.1', 'shell.Session/main').outcome.is).toBe('timeout')
    expect(get(lab, 'http://web', 'shell.Session/main').outcome.is).toBe('unknown host')
    lab.service('pub', {
      ...WEB,
      type: 'LoadBalancer',
      clusterIP: '10.97.0.3',
      ports: [{ port: 80, targetPort: 80, nodePort: 30080, protocol: 'TCP' }],
    })
    lab.run(10_000)
    const service = lab.world.get('k8s.Service/default/pub') as unknown as {
      status: { loadBalancer: { ingress: { ip: string }[] } }
    }
    const ip = service.status.loadBalancer.ingress[0]?.ip
    expect(ip).toBe('203.0.113.10')
    expect(get(lab, `http://${ip}`, 'shell.Session/main').outcome.is).toBe('answered')
    expect(get(lab, 'http://192.168.49.3:30080', 'shell.Session/main').outcome.is).toBe('answered')
    expect(get(lab, 'http://192.168.49.3:30081', 'shell.Session/main').outcome.is).toBe('refused')
  })

  test('a stopped kube-proxy keeps its old rules, and only on its node', () => {
    const lab = web()
    lab.emit({ to: 'k8s.Component/kube-proxy/node-a', type: 'Stopped' })
    lab.emit({ to: 'k8s.Container/default/web-1/main', type: 'Removed' })
    lab.emit({ to: 'k8s.Pod/default/web-1', type: 'Removed' })
    lab.run(1000)
    const outcomes = Array.from({ length: 30 }, (_, i) => get(lab, 'http://web', CLIENT, i).outcome.is)
    expect(outcomes).toContain('unreachable')
    lab.emit({ to: 'k8s.Component/kube-proxy/node-a', type: 'Started' })
    lab.run(3000)
    expect(Array.from({ length: 30 }, (_, i) => get(lab, 'http://web', CLIENT, i).outcome.is)).not.toContain(
      'unreachable',
    )
  })

  test('NetworkPolicies drop what they do not name', () => {
    const lab = web()
    lab.create('networking.k8s.io/v1', 'NetworkPolicy', 'deny', 'default', {
      spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] },
    })
    expect(get(lab, 'http://web').outcome.is).toBe('timeout')
    lab.create('networking.k8s.io/v1', 'NetworkPolicy', 'allow', 'default', {
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        ingress: [{ from: [{ podSelector: { matchLabels: { app: 'client' } } }], ports: [{ port: 80 }] }],
      },
    })
    expect(get(lab, 'http://web').outcome.is).toBe('answered')
    lab.create('networking.k8s.io/v1', 'NetworkPolicy', 'no-egress', 'default', {
      spec: { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'] },
    })
    expect(get(lab, 'http://web').outcome.is).toBe('no dns')
  })

  test('a machine that is cut off neither reaches nor is reached', () => {
    const lab = web()
    lab.emit({ to: 'k8s.Machine/node-b', type: 'CutOff' })
    expect(get(lab, 'http://10.244.1.6').outcome.is).toBe('timeout')
    lab.emit({ to: 'k8s.Machine/node-b', type: 'Crashed' })
    expect(get(lab, 'http://10.244.1.6').outcome.is).toBe('unreachable')
  })

  test('session affinity keeps a client at one endpoint', () => {
    const lab = web(4)
    lab.service('sticky', { ...WEB, clusterIP: '10.97.0.4', sessionAffinity: 'ClientIP' })
    lab.run(1000)
    const places = new Set(Array.from({ length: 30 }, (_, i) => get(lab, 'http://sticky', CLIENT, i).hops[2]?.at))
    expect(places.size).toBe(1)
  })

  test('ingress-nginx routes by host and path', () => {
    const lab = web()
    lab.pod({
      name: 'ingress',
      namespace: 'shop',
      labels: { app: 'ing' },
      image: 'registry.k8s.io/ingress-nginx/controller:v1.12.0',
      ip: '10.244.1.50',
      node: 'node-b',
    })
    lab.service(
      'ingress',
      {
        type: 'LoadBalancer',
        clusterIP: '10.97.0.9',
        selector: { app: 'ing' },
        ports: [{ port: 80, targetPort: 80, nodePort: 31080, protocol: 'TCP' }],
      },
      'shop',
    )
    lab.create('networking.k8s.io/v1', 'IngressClass', 'nginx', undefined, {
      spec: { controller: 'k8s.io/ingress-nginx' },
    })
    lab.create('networking.k8s.io/v1', 'Ingress', 'web', 'default', {
      spec: {
        ingressClassName: 'nginx',
        rules: [
          {
            host: 'shop.example',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
            },
          },
        ],
      },
    })
    lab.run(15_000)
    const ingress = lab.world.get('k8s.Ingress/default/web') as unknown as { status?: object }
    expect(ingress.status).toEqual({ loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } })
    const ask = (host: string) =>
      request(lab.world, 'shell.Session/main', {
        method: 'GET',
        url: parseUrl('http://203.0.113.10/') as Url,
        headers: { Host: host },
      })
    expect(ask('shop.example').outcome).toMatchObject({ is: 'answered', answer: { status: 200 } })
    expect(ask('other.example').outcome).toMatchObject({ is: 'answered', answer: { status: 404 } })
  })
})

describe('flows', () => {
  test('rates are shared by the endpoints and loads follow the image', () => {
    const lab = web(2)
    expect(flows(lab.world).edges).toEqual([])
    lab.sim.command('traffic start shoppers --to http://192.168.49.2:30090 --rate 100')
    lab.service('np', {
      ...WEB,
      type: 'NodePort',
      clusterIP: '10.97.0.5',
      ports: [{ port: 80, targetPort: 80, nodePort: 30090, protocol: 'TCP' }],
    })
    lab.run(1000)
    const flow = flows(lab.world)
    expect(flow.edges.map(({ from, to, rate }) => [from, to, rate])).toEqual([
      ['traffic.Client/shoppers', 'k8s.Service/default/np', 100],
      ['k8s.Service/default/np', 'k8s.Pod/default/web-1', 50],
      ['k8s.Service/default/np', 'k8s.Pod/default/web-2', 50],
    ])
    expect(flow.load.get('k8s.Pod/default/web-1')?.errors).toBe(0)
    expect(flows(lab.world)).toBe(flow)
    const traced = traceRequest(lab.world, 'traffic.Client/shoppers', 0)
    expect(traced?.outcome.is).toBe('answered')
    expect(traced?.hops.map(({ at }) => at.split('/')[0])).toEqual([
      'k8s.Node',
      'k8s.Service',
      'k8s.Pod',
      'k8s.Container',
      'k8s.Container',
    ])
    lab.sim.command('traffic stop shoppers')
    lab.run(100)
    expect(flows(lab.world).edges).toEqual([])
  })

  test('what was found out while a server starts holds no longer than that', () => {
    const lab = new SmallWorld()
    lab.service('np', {
      ...WEB,
      type: 'NodePort',
      ports: [{ port: 80, targetPort: 80, nodePort: 30090, protocol: 'TCP' }],
    })
    lab.sim.command('traffic start shoppers --to http://192.168.49.2:30090 --rate 100')
    lab.pod({ name: 'web-1', labels: { app: 'web' }, ip: '10.244.0.5' })
    const seen: number[] = []
    for (let i = 0; i < 2000; i += 5) {
      lab.run(5)
      seen.push(flows(lab.world).edges[0]?.errors ?? -1)
    }
    expect(seen[0]).toBe(1)
    expect(seen[seen.length - 1]).toBe(0)
  })

  test('the load generator of the HPA walkthrough loads php-apache beyond its request, and less each with more pods', () => {
    const lab = new SmallWorld()
    lab.service('php-apache', { ...WEB, selector: { run: 'php-apache' } })
    const php = (i: number) =>
      lab.pod({
        name: `php-${i}`,
        labels: { run: 'php-apache' },
        image: 'registry.k8s.io/hpa-example',
        ip: `10.244.0.${10 + i}`,
        container: { resources: { limits: { cpu: '500m' }, requests: { cpu: '200m' } } },
      })
    php(1)
    lab.create('v1', 'Pod', 'load', 'default', {
      spec: {
        nodeName: 'node-b',
        containers: [
          {
            name: 'main',
            image: 'busybox:1.28',
            command: ['/bin/sh', '-c', 'while sleep 0.01; do wget -q -O- http://php-apache; done'],
          },
        ],
      },
      status: { podIP: '10.244.1.9', phase: 'Running' },
    })
    lab.emit({
      to: 'k8s.Container/default/load/main',
      kind: 'k8s.Container',
      type: 'Created',
      data: {
        owner: 'k8s.Pod/default/load',
        node: 'node-b',
        uid: 'uid-k8s.Pod/default/load',
        name: 'main',
        role: 'main',
        spec: { name: 'main', image: 'busybox:1.28' },
        ip: '10.244.1.9',
        restarts: 0,
        life: 0,
        started: false,
        ready: false,
      },
    })
    lab.emit({ to: 'k8s.Container/default/load/main', type: 'ImagePresent', data: {} })
    lab.run(3000)
    const one = flows(lab.world).load.get('k8s.Pod/default/php-1')
    expect(one?.cpuMilli).toBeGreaterThan(200)
    expect(one?.cpuMilli).toBeLessThanOrEqual(500)
    for (let i = 2; i <= 6; i++) php(i)
    lab.run(3000)
    const six = flows(lab.world).load.get('k8s.Pod/default/php-1')
    expect(six?.cpuMilli).toBeLessThan(110)
    expect(six?.cpuMilli).toBeGreaterThan(50)
  })

  test('beyond what a pod can do the surplus fails', () => {
    const lab = new SmallWorld()
    lab.service('php-apache', {
      ...WEB,
      type: 'NodePort',
      selector: { run: 'php-apache' },
      ports: [{ port: 80, targetPort: 80, nodePort: 30099, protocol: 'TCP' }],
    })
    lab.pod({
      name: 'php',
      labels: { run: 'php-apache' },
      image: 'registry.k8s.io/hpa-example',
      ip: '10.244.0.10',
      container: { resources: { limits: { cpu: '500m' } } },
    })
    lab.run(2000)
    lab.sim.command('traffic start flood --to service/php-apache --rate 50')
    lab.run(100)
    const load = flows(lab.world).load.get('k8s.Pod/default/php')
    expect(load).toMatchObject({ requestsPerSecond: 50, cpuMilli: 500, utilisation: 2, errors: 0.5 })
    lab.sim.command('traffic list')
    expect(text(lab)).toContain('flood   Sending   service/php-apache   50/s   50.0%    5000ms   10000ms')
  })
})

describe('programs', () => {
  test('curl from outside', () => {
    const lab = web()
    lab.service('np', {
      ...WEB,
      type: 'NodePort',
      clusterIP: '10.97.0.5',
      ports: [{ port: 80, targetPort: 80, nodePort: 30090, protocol: 'TCP' }],
    })
    lab.run(500)
    const out = (line: string, ms = 500): string => {
      const before = text(lab).length
      lab.sim.command(line)
      lab.run(ms)
      return text(lab).slice(before)
    }
    expect(out('curl -s 192.168.49.2:30090')).toContain('Welcome to nginx!')
    expect(out('curl -s -o /dev/null -w "%{http_code}\\n" 192.168.49.2:30090/nope')).toContain('404\n')
    expect(out('curl http://nowhere')).toContain('curl: (6) Could not resolve host: nowhere\n')
    expect(out('curl 192.168.49.2:30091')).toContain(
      "curl: (7) Failed to connect to 192.168.49.2 port 30091 after 3 ms: Couldn't connect to server\n",
    )
    expect(out('curl --connect-timeout 5 10.97.0.1', 6000)).toContain(
      'curl: (28) Failed to connect to 10.97.0.1 port 80 after 5000 ms: Timeout was reached\n',
    )
    expect(out('curl -f 192.168.49.2:30090/nope; echo $?')).toContain(
      'curl: (22) The requested URL returned error: 404\n22\n',
    )
    expect(out('nslookup kubernetes')).toContain("** server can't find kubernetes: NXDOMAIN")
    expect(out('nc -zv 192.168.49.2 30090')).toContain(
      'Connection to 192.168.49.2 (192.168.49.2) 30090 port [tcp/*] succeeded!',
    )
    expect(out('wget -qO- 192.168.49.2:30090')).toContain('Welcome to nginx!')
  })
})

function text(lab: SmallWorld): string {
  return outputText(transcript(lab.sim.journal, 'shell.Session/main'))
}
