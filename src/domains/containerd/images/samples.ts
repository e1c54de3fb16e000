import { agnhost } from '../daemons/agnhost.ts'
import { echoserver, helloApp, hpaExample, httpEcho, whoami } from '../daemons/samples.ts'
import { redis } from '../daemons/stores.ts'
import { stress, vishStress } from '../daemons/stress.ts'
import { web } from '../daemons/web.ts'
import type { ImageFamily } from '../image.ts'

/** The names under which Google publishes its samples. */
const google = (name: string): readonly string[] =>
  ['gcr.io/google-samples', 'gcr.io/google_samples', 'us-docker.pkg.dev/google-samples/containers/gke'].map(
    (at) => `${at}/${name}`,
  )

const family = (names: readonly string[], rest: Omit<ImageFamily, 'name' | 'aliases'>): ImageFamily => ({
  name: names[0] as string,
  aliases: names.slice(1),
  ...rest,
})

/** Images of the documentation's examples and of Kubernetes' own tests. */
export const samples: readonly ImageFamily[] = [
  family([...google('hello-app'), ...google('hello-app-cdn'), ...google('hello-app-tls')], {
    tags: ['{latest,1.0,2.0,3.0}'],
    bytes: 11_500_000,
    base: 'none',
    config: { cmd: ['/hello-app'], env: { PORT: '8080' }, user: 'nonroot:nonroot', ports: [8080] },
    daemons: [helloApp],
    latest: '1.0.0',
  }),
  family(google('hello-go-gke'), {
    tags: ['{latest,1.0}'],
    bytes: 280_000_000,
    base: 'debian',
    config: { cmd: ['/usr/local/bin/hello'], ports: [80] },
    daemons: [
      web({
        program: 'hello',
        port: 80,
        answer: () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"message":"Hello"}\n' }),
      }),
    ],
  }),
  family(google('hello-frontend'), {
    tags: ['{latest,1.0}'],
    bytes: 52_000_000,
    base: 'debian',
    config: { cmd: ['nginx', '-g', 'daemon off;'], ports: [80] },
    binaries: ['curl'],
    daemons: [
      web({
        program: 'nginx',
        port: 80,
        answer: () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"message":"Hello"}\n' }),
      }),
    ],
  }),
  family(
    [
      ...google('gb-frontend'),
      'gcr.io/google-samples/gb-frontend-php',
      'registry.k8s.io/guestbook',
      'k8s.gcr.io/guestbook',
    ],
    {
      tags: ['{latest}', 'v[1-6]'],
      bytes: 180_000_000,
      base: 'debian',
      config: { cmd: ['apache2-foreground'], ports: [80] },
      binaries: ['php', 'curl'],
      daemons: [
        web({
          program: 'apache2-foreground',
          port: 80,
          cost: { cpuMsPerRequest: 4 },
          answer: () => ({
            status: 200,
            headers: { 'content-type': 'text/html' },
            body: '<html ng-app="redis">\n  <head>\n    <title>Guestbook</title>\n  </head>\n</html>\n',
          }),
        }),
      ],
    },
  ),
  family(
    [
      ...google('gb-redis-follower'),
      ...google('gb-redisslave'),
      ...google('gb-redis-leader'),
      'registry.k8s.io/redis-slave',
      'k8s.gcr.io/redis-slave',
    ],
    {
      tags: ['{latest}', 'v[1-4]'],
      bytes: 42_000_000,
      base: 'debian',
      config: { cmd: ['redis-server'], ports: [6379] },
      binaries: ['redis-cli'],
      daemons: [redis, { ...redis, program: 'run.sh' }],
      latest: '6.0.5',
    },
  ),
  family(google('xtrabackup'), {
    tags: ['{latest,1.0}'],
    bytes: 112_000_000,
    base: 'debian',
    config: { cmd: ['bash'] },
    binaries: ['xtrabackup', 'mysql', 'ncat', 'nc', 'mysqladmin'],
  }),
  family(google('whereami'), {
    tags: ['latest', 'v1.2.[0-30]'],
    bytes: 68_000_000,
    base: 'debian',
    config: { cmd: ['python', 'app.py'], ports: [8080] },
    daemons: [
      web({
        program: 'python',
        port: 8080,
        answer: (request, serving) => ({
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: `${JSON.stringify({ host_header: request.host, pod_name: serving.hostname, pod_ip: serving.ip })}\n`,
        }),
      }),
    ],
  }),
  family(['registry.k8s.io/hpa-example', 'k8s.gcr.io/hpa-example', 'gcr.io/google_containers/hpa-example'], {
    tags: ['latest'],
    bytes: 181_000_000,
    base: 'debian',
    config: { cmd: ['apache2-foreground'], ports: [80] },
    binaries: ['php'],
    daemons: [hpaExample],
  }),
  family(
    [
      'registry.k8s.io/echoserver',
      'k8s.gcr.io/echoserver',
      'gcr.io/google_containers/echoserver',
      'registry.k8s.io/e2e-test-images/echoserver',
      'kicbase/echo-server',
      'docker.io/kicbase/echo-server',
      'registry.k8s.io/ingress-nginx/e2e-test-echo',
    ].filter((name) => name.split('/').length > 2 || name.includes('.')),
    {
      tags: ['{latest}', '1.[0-10]', '2.[0-7]', 'v1.[0-3].[0-9]'],
      bytes: 46_000_000,
      base: 'debian',
      config: { cmd: ['nginx', '-g', 'daemon off;'], ports: [8080, 8443] },
      daemons: [echoserver],
      latest: '1.10',
    },
  ),
  family(
    [
      'registry.k8s.io/e2e-test-images/agnhost',
      'k8s.gcr.io/e2e-test-images/agnhost',
      'gcr.io/kubernetes-e2e-test-images/agnhost',
    ],
    {
      tags: ['2.[0-62]'],
      bytes: 51_000_000,
      base: 'alpine',
      config: { entrypoint: ['/agnhost'], cmd: ['pause'] },
      binaries: ['curl', 'dig'],
      daemons: [agnhost],
      latest: '2.62',
    },
  ),
  family(
    [
      'registry.k8s.io/serve_hostname',
      'k8s.gcr.io/serve_hostname',
      'registry.k8s.io/serve-hostname',
      'gcr.io/google_containers/serve_hostname',
      'gcr.io/kubernetes-e2e-test-images/serve-hostname',
    ],
    {
      tags: ['{latest,v1.4,1.1,1.2}'],
      bytes: 2_400_000,
      base: 'none',
      config: { entrypoint: ['/serve-hostname'], ports: [9376] },
      daemons: [
        web({
          program: 'serve-hostname',
          port: 9376,
          startMs: 20,
          answer: (_request, serving) => ({ status: 200, headers: {}, body: `${serving.hostname}\n` }),
        }),
      ],
    },
  ),
  family(
    [
      'registry.k8s.io/test-webserver',
      'k8s.gcr.io/test-webserver',
      'registry.k8s.io/e2e-test-images/test-webserver',
      'gcr.io/google_containers/test-webserver',
    ],
    {
      tags: ['{latest,e2e,1.0}'],
      bytes: 2_000_000,
      base: 'none',
      config: { entrypoint: ['/test-webserver'], ports: [80] },
      daemons: [
        web({
          program: 'test-webserver',
          port: 80,
          startMs: 20,
          answer: (request) => ({
            status: request.path === '/' ? 200 : 404,
            headers: {},
            body: request.path === '/' ? '<pre>\n</pre>\n' : '404 page not found\n',
          }),
        }),
      ],
    },
  ),
  family(['registry.k8s.io/liveness', 'k8s.gcr.io/liveness', 'registry.k8s.io/e2e-test-images/liveness'], {
    tags: ['{latest,1.1}'],
    bytes: 2_000_000,
    base: 'none',
    config: { entrypoint: ['/server'], ports: [8080] },
    daemons: [
      {
        ...agnhost,
        program: 'server',
        serves: () => true,
        ports: () => [8080],
        log: () => [],
        answer: (request, serving) =>
          agnhost.answer?.(request, { ...serving, argv: ['server', 'liveness'] }) ?? {
            status: 404,
            headers: {},
            body: '',
          },
      },
    ],
  }),
  family(['docker.io/hashicorp/http-echo'], {
    tags: ['{latest,alpine,1.0,1.0.0,0.2.3,0.2.1}'],
    bytes: 2_900_000,
    base: 'none',
    config: { entrypoint: ['/http-echo'], user: '65532', ports: [5678] },
    daemons: [httpEcho],
    latest: '1.0.0',
  }),
  family(['docker.io/traefik/whoami', 'docker.io/containous/whoami', 'docker.io/jwilder/whoami'], {
    tags: ['{latest}', 'v1.[0-11]', 'v1.[0-11].[0-3]'],
    bytes: 2_800_000,
    base: 'none',
    config: { entrypoint: ['/whoami'], ports: [80] },
    daemons: [whoami],
  }),
  family(['docker.io/polinux/stress', 'docker.io/progrium/stress'], {
    tags: ['{latest,1.0.4}'],
    bytes: 4_000_000,
    base: 'alpine',
    config: { cmd: ['stress', '--help'] },
    binaries: ['bash'],
    daemons: [stress],
  }),
  family(['docker.io/vish/stress'], {
    tags: ['latest'],
    bytes: 1_500_000,
    base: 'none',
    config: { entrypoint: ['/stress', '-logtostderr'] },
    daemons: [vishStress],
  }),
  family(
    [
      'docker.io/jmalloc/echo-server',
      'docker.io/ealen/echo-server',
      'docker.io/mendhak/http-https-echo',
      'docker.io/mccutchen/go-httpbin',
      'docker.io/kennethreitz/httpbin',
      'ghcr.io/mccutchen/go-httpbin',
    ],
    {
      tags: ['{latest}', 'v[0-3].[0-20].[0-9]', '[0-40]', '[0-1].[0-9].[0-9]'],
      bytes: 8_000_000,
      base: 'none',
      config: { cmd: ['/bin/echo-server'], ports: [8080] },
      daemons: [web({ program: 'echo-server', port: 8080, portFrom: 'PORT', startMs: 30 })],
    },
  ),
]
