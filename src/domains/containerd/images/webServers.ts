import { httpd } from '../daemons/httpd.ts'
import { NGINX_CONF, NGINX_WELCOME, nginx } from '../daemons/nginx.ts'
import { nginxHello } from '../daemons/samples.ts'
import { web } from '../daemons/web.ts'
import type { ImageFamily } from '../image.ts'

const nginxFiles = {
  '/usr/share/nginx/html/index.html': NGINX_WELCOME,
  '/usr/share/nginx/html/50x.html':
    '<!DOCTYPE html>\n<html>\n<head>\n<title>Error</title>\n</head>\n<body>\n<h1>An error occurred.</h1>\n</body>\n</html>\n',
  '/etc/nginx/conf.d/default.conf': NGINX_CONF,
  '/etc/nginx/nginx.conf':
    'user  nginx;\nworker_processes  auto;\n\nerror_log  /var/log/nginx/error.log notice;\npid        /run/nginx.pid;\n\nevents {\n    worker_connections  1024;\n}\n\nhttp {\n    include       /etc/nginx/mime.types;\n    default_type  application/octet-stream;\n    keepalive_timeout  65;\n    include /etc/nginx/conf.d/*.conf;\n}\n',
}

const nginxConfig = {
  entrypoint: ['/docker-entrypoint.sh'],
  cmd: ['nginx', '-g', 'daemon off;'],
  ports: [80],
  env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
}

/** Web servers. */
export const webServers: readonly ImageFamily[] = [
  {
    name: 'docker.io/library/nginx',
    aliases: [
      'public.ecr.aws/docker/library/nginx',
      'public.ecr.aws/nginx/nginx',
      'registry.k8s.io/nginx',
      'gcr.io/google_containers/nginx',
    ],
    tags: [
      '{latest,stable,mainline,alpine,stable-alpine,mainline-alpine,alpine-slim,perl,1,1-alpine,alpine3.22,bookworm,trixie}',
      '1.[7-29]{,-alpine,-perl,-alpine-slim,-bookworm}',
      '1.{7,8,9}.[0-15]{,-alpine}',
      '1.[10-13].[0-12]{,-alpine,-perl}',
      '1.{14,16,18,20,22,24,26,28}.[0-3]{,-alpine,-perl,-alpine-slim}',
      '1.{15,17,19,21,23,25,27,29}.[0-10]{,-alpine,-perl,-alpine-slim}',
    ],
    bytes: (tag) => (tag.includes('alpine') ? 21_400_000 : 72_324_501),
    base: (tag) => (tag.includes('alpine') ? 'alpine' : 'debian'),
    config: nginxConfig,
    binaries: ['curl', 'envsubst', 'docker-entrypoint.sh', 'openssl'],
    files: nginxFiles,
    daemons: [nginx],
    latest: '1.29.3',
  },
  {
    name: 'docker.io/nginxinc/nginx-unprivileged',
    tags: ['{latest,stable,alpine,stable-alpine}', '1.[20-29]{,-alpine}', '1.[20-29].[0-10]{,-alpine}'],
    bytes: 72_400_000,
    base: 'debian',
    config: { ...nginxConfig, user: '101', ports: [8080] },
    binaries: ['curl'],
    files: { ...nginxFiles, '/etc/nginx/conf.d/default.conf': NGINX_CONF.replace('       80;', '       8080;') },
    daemons: [nginx],
    latest: '1.29.3',
  },
  {
    name: 'registry.k8s.io/nginx-slim',
    aliases: ['k8s.gcr.io/nginx-slim', 'gcr.io/google_containers/nginx-slim'],
    tags: ['0.[1-29]'],
    bytes: 38_000_000,
    base: 'debian',
    config: { cmd: ['nginx', '-g', 'daemon off;'], ports: [80] },
    binaries: ['curl'],
    files: nginxFiles,
    daemons: [nginx],
    latest: '1.27.0',
  },
  {
    name: 'docker.io/library/httpd',
    aliases: ['public.ecr.aws/docker/library/httpd'],
    tags: ['{latest,alpine,2,2-alpine,2.4,2.4-alpine,bookworm,trixie}', '2.4.[1-65]{,-alpine}', '2.2{,.29,.31,.34}'],
    bytes: (tag) => (tag.includes('alpine') ? 22_500_000 : 58_700_000),
    base: (tag) => (tag.includes('alpine') ? 'alpine' : 'debian'),
    config: { cmd: ['httpd-foreground'], ports: [80], workdir: '/usr/local/apache2' },
    binaries: ['httpd'],
    files: { '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n' },
    daemons: [httpd],
    latest: '2.4.65',
  },
  {
    name: 'docker.io/nginxdemos/hello',
    tags: ['{latest,plain-text}', '0.[2-4]{,-plain-text}'],
    bytes: 20_900_000,
    base: 'alpine',
    config: { cmd: ['nginx', '-g', 'daemon off;'], ports: [80] },
    daemons: [nginxHello],
    latest: '1.27.3',
  },
  {
    name: 'docker.io/library/caddy',
    tags: ['{latest,alpine,2,2-alpine}', '2.[0-10]{,-alpine}', '2.[0-10].[0-9]{,-alpine}'],
    bytes: 20_000_000,
    base: 'alpine',
    config: { cmd: ['caddy', 'run', '--config', '/etc/caddy/Caddyfile', '--adapter', 'caddyfile'], ports: [80] },
    daemons: [web({ program: 'caddy', port: 80 })],
    latest: '2.10.2',
  },
  {
    name: 'docker.io/library/haproxy',
    tags: ['{latest,alpine,lts,lts-alpine}', '{1,2,3}.[0-9]{,-alpine}', '{2,3}.[0-9].[0-30]{,-alpine}'],
    bytes: 40_000_000,
    base: 'debian',
    config: { cmd: ['haproxy', '-f', '/usr/local/etc/haproxy/haproxy.cfg'], user: 'haproxy' },
    daemons: [web({ program: 'haproxy', port: 80, cost: { cpuMsPerRequest: 0.1 } })],
    latest: '3.2.6',
  },
  {
    name: 'docker.io/library/traefik',
    tags: ['{latest,v3,v2}', '{v3,v2}.[0-11]', '{v3,v2}.[0-11].[0-20]'],
    bytes: 45_000_000,
    base: 'alpine',
    config: { entrypoint: ['/entrypoint.sh'], cmd: ['traefik'], ports: [80] },
    daemons: [web({ program: 'traefik', port: 80, cost: { cpuMsPerRequest: 0.1 } })],
    latest: '3.5.3',
  },
]
