import { web } from '../daemons/web.ts'
import type { ImageFamily } from '../image.ts'

/** One service of a demonstration: name, port, megabytes of memory, ms of a core for a request, protocol, seconds to start. */
type Service = readonly [
  name: string,
  port: number,
  megabytes?: number,
  cpu?: number,
  speaks?: 'http' | 'grpc',
  seconds?: number,
]

function services(
  prefix: string,
  tags: readonly string[],
  list: readonly Service[],
  bytes = 60_000_000,
): readonly ImageFamily[] {
  return list.map(([name, port, megabytes = 40, cpu = 2, speaks = 'http', seconds = 0.5]) => ({
    name: `${prefix}${name}`,
    tags,
    bytes,
    base: 'debian' as const,
    config: { entrypoint: ['/app/server'], ports: [port] },
    daemons: [
      web({
        program: 'server',
        port,
        portFrom: 'PORT',
        speaks,
        startMs: seconds * 1000,
        cost: { idleBytes: megabytes * 1_048_576, cpuMsPerRequest: cpu },
      }),
    ],
  }))
}

const ANY_VERSION = ['{latest,before,main}', 'v[0-2].[0-20].[0-20]', '[0-3].[0-20].[0-20]', '[0-3].[0-20]']

/** Demonstration applications, with services that answer and cost. */
export const applications: readonly ImageFamily[] = [
  ...[
    'us-central1-docker.pkg.dev/google-samples/microservices-demo/',
    'us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/',
    'gcr.io/google-samples/microservices-demo/',
  ].flatMap((prefix) =>
    services(prefix, ANY_VERSION, [
      ['frontend', 8080, 30, 4],
      ['cartservice', 7070, 70, 2, 'grpc', 2],
      ['productcatalogservice', 3550, 25, 1, 'grpc'],
      ['currencyservice', 7000, 60, 1, 'grpc', 1],
      ['paymentservice', 50051, 60, 1, 'grpc', 1],
      ['shippingservice', 50051, 20, 1, 'grpc'],
      ['emailservice', 8080, 60, 1, 'grpc', 2],
      ['checkoutservice', 5050, 25, 3, 'grpc'],
      ['recommendationservice', 8080, 90, 3, 'grpc', 2],
      ['adservice', 9555, 180, 2, 'grpc', 6],
      ['loadgenerator', 8089, 90, 1],
      ['shoppingassistantservice', 8080, 120, 10, 'http', 3],
    ]),
  ),
  ...services('public.ecr.aws/aws-containers/retail-store-sample-', ANY_VERSION, [
    ['ui', 8080, 250, 5, 'http', 8],
    ['catalog', 8080, 20, 1],
    ['cart', 8080, 260, 3, 'http', 8],
    ['orders', 8080, 280, 3, 'http', 9],
    ['checkout', 8080, 90, 2, 'http', 2],
    ['assets', 8080, 10, 0.5],
  ]),
  ...services('ghcr.io/azure-samples/aks-store-demo/', ANY_VERSION, [
    ['store-front', 8080, 20, 1],
    ['store-admin', 8081, 20, 1],
    ['order-service', 3000, 60, 2, 'http', 1],
    ['product-service', 3002, 10, 1],
    ['makeline-service', 3001, 20, 1],
    ['ai-service', 5001, 90, 5, 'http', 3],
    ['virtual-customer', 8080, 10, 1],
    ['virtual-worker', 8080, 10, 1],
  ]),
  ...['docker.io/istio/examples-bookinfo-', 'registry.istio.io/release/examples-bookinfo-'].flatMap((prefix) =>
    services(prefix, ANY_VERSION, [
      ['productpage-v1', 9080, 70, 6, 'http', 1],
      ['details-v1', 9080, 40, 1, 'http', 1],
      ['details-v2', 9080, 40, 1, 'http', 1],
      ['ratings-v1', 9080, 50, 1, 'http', 1],
      ['ratings-v2', 9080, 50, 1, 'http', 1],
      ['reviews-v1', 9080, 200, 3, 'http', 10],
      ['reviews-v2', 9080, 200, 3, 'http', 10],
      ['reviews-v3', 9080, 200, 3, 'http', 10],
      ['mongodb', 27017, 120, 1, 'http', 2],
    ]),
  ),
  ...services(
    'docker.io/dockersamples/',
    ['{latest,before,after}'],
    [
      ['examplevotingapp_vote', 80, 50, 3, 'http', 1],
      ['examplevotingapp_result', 80, 50, 2, 'http', 1],
      ['examplevotingapp_worker', 80, 60, 1, 'http', 1],
      ['visualizer', 8080, 50, 1, 'http', 1],
      ['static-site', 80, 10, 0.5],
      ['101-tutorial', 80, 10, 0.5],
    ],
  ),
  ...services(
    'docker.io/brentley/',
    ['latest', 'cdk'],
    [
      ['ecsdemo-frontend', 3000, 110, 8, 'http', 3],
      ['ecsdemo-nodejs', 3000, 40, 1, 'http', 1],
      ['ecsdemo-crystal', 3000, 10, 1],
    ],
  ),
  ...services(
    'docker.io/library/',
    [
      '{latest,apache,alpine,fpm}',
      '[0-30]{,-apache,-alpine,-fpm,-php8.2-apache,-php8.3-apache}',
      '[0-30].[0-9]{,-apache,-alpine,-fpm,-php8.2-apache}',
      '[0-30].[0-9].[0-9]{,-apache,-alpine,-fpm,-community}',
    ],
    [
      ['wordpress', 80, 60, 30, 'http', 2],
      ['ghost', 2368, 150, 8, 'http', 6],
      ['drupal', 80, 60, 30, 'http', 2],
      ['nextcloud', 80, 70, 30, 'http', 3],
      ['tomcat', 8080, 120, 3, 'http', 3],
      ['jenkins', 8080, 500, 10, 'http', 20],
      ['registry', 5000, 20, 1],
      ['sonarqube', 9000, 1500, 10, 'http', 45],
      ['kibana', 5601, 500, 10, 'http', 15],
      ['elasticsearch', 9200, 1200, 4, 'http', 20],
      ['adminer', 8080, 15, 5],
      ['phpmyadmin', 80, 30, 10],
      ['spark', 8080, 300, 10, 'http', 4],
      ['flink', 8081, 500, 5, 'http', 6],
      ['solr', 8983, 500, 4, 'http', 8],
      ['influxdb', 8086, 60, 2, 'http', 1],
      ['consul', 8500, 40, 1, 'http', 1],
      ['vault', 8200, 60, 1, 'http', 1],
      ['nats', 4222, 15, 0.2],
    ],
    160_000_000,
  ),
  ...services(
    'docker.io/apache/',
    ['{latest,3,3.3.6,3.4.1}', '[1-4].[0-20]{,.0,.1,.2,.3,.4,.5}{,-scala,-python3}'],
    [
      ['spark', 8080, 300, 10, 'http', 4],
      ['flink', 8081, 500, 5, 'http', 6],
      ['hadoop', 9870, 400, 5, 'http', 10],
      ['airflow', 8080, 400, 10, 'http', 15],
    ],
    400_000_000,
  ),
  ...services(
    'docker.io/jenkins/',
    ['{latest,lts,lts-jdk17,lts-jdk21}', '2.[300-540]'],
    [['jenkins', 8080, 500, 10, 'http', 20]],
    230_000_000,
  ),
  ...services(
    'registry.k8s.io/',
    ['1.5.2_v1', 'v0.5.6_v1', '{v1,v2,latest}'],
    [
      ['spark', 8080, 300, 10, 'http', 4],
      ['zeppelin', 8080, 400, 10, 'http', 6],
      ['example-dns-backend', 8000, 30, 1],
      ['example-dns-frontend', 8000, 30, 1],
      ['explorer', 8080, 10, 1],
      ['cuda-vector-add', 8080, 10, 1],
    ],
  ),
  ...services(
    'docker.io/selenium/',
    ['{latest,4}', '4.[0-36]'],
    [
      ['hub', 4444, 200, 5, 'http', 5],
      ['node-chrome', 5555, 300, 10, 'http', 6],
      ['node-firefox', 5555, 300, 10, 'http', 6],
    ],
    500_000_000,
  ),
  ...services(
    'docker.io/stefanprodan/',
    ANY_VERSION.concat('[4-6].[0-20].[0-20]'),
    [['podinfo', 9898, 20, 1]],
    20_000_000,
  ),
  ...services(
    'ghcr.io/stefanprodan/',
    ANY_VERSION.concat('[4-6].[0-20].[0-20]'),
    [['podinfo', 9898, 20, 1]],
    20_000_000,
  ),
  ...services(
    'docker.io/argoproj/',
    ['{latest,blue,green,yellow,red,orange,purple,slow-yellow,bad-red}'],
    [['rollouts-demo', 8080, 10, 0.5]],
    4_000_000,
  ),
]
