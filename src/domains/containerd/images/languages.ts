import type { Daemon } from '../daemon.ts'
import { web } from '../daemons/web.ts'
import type { ImageFamily } from '../image.ts'

const debianOrAlpine = (tag: string): 'alpine' | 'debian' => (tag.includes('alpine') ? 'alpine' : 'debian')
const sized =
  (full: number, slim: number, alpine: number) =>
  (tag: string): number =>
    tag.includes('alpine') ? alpine : tag.includes('slim') ? slim : full

/** `python3 -m http.server 8000`. */
const httpServer = (program: string): Daemon => ({
  ...web({
    program,
    port: 8000,
    startMs: 400,
    log: (start) => [
      `Serving HTTP on 0.0.0.0 port ${httpPort(start.argv)} (http://0.0.0.0:${httpPort(start.argv)}/) ...`,
    ],
  }),
  serves: (argv) => argv.includes('http.server'),
  ports: (start) => [httpPort(start.argv)],
  answer: (request, serving) => {
    const text = serving.read(request.path === '/' ? '/index.html' : (request.path.split('?')[0] as string))
    if (text !== undefined) return { status: 200, headers: { 'content-type': 'text/html' }, body: text }
    if (request.path === '/')
      return {
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<title>Directory listing for /</title>\n</head>\n<body>\n<h1>Directory listing for /</h1>\n<hr>\n</body>\n</html>\n',
      }
    return {
      status: 404,
      headers: { 'content-type': 'text/html;charset=utf-8' },
      body: '<!DOCTYPE HTML>\n<html lang="en">\n<body>\n<h1>Error response</h1>\n<p>Error code: 404</p>\n<p>Message: File not found.</p>\n</body>\n</html>\n',
    }
  },
})

const httpPort = (argv: readonly string[]): number => Number(argv.find((arg) => /^\d+$/.test(arg)) ?? 8000)

/** Language runtimes. */
export const languages: readonly ImageFamily[] = [
  {
    name: 'docker.io/library/python',
    aliases: ['public.ecr.aws/docker/library/python'],
    tags: [
      '{latest,slim,alpine,2,3,3-slim,3-alpine,2.7,2.7-slim,2.7-alpine,bookworm,trixie}',
      '3.[4-14]{,-slim,-alpine,-bookworm,-slim-bookworm,-bullseye,-slim-bullseye,-buster}',
      '3.[4-14].[0-25]{,-slim,-alpine,-bookworm,-slim-bookworm}',
    ],
    bytes: sized(387_000_000, 45_000_000, 17_000_000),
    base: debianOrAlpine,
    config: { cmd: ['python3'], env: { LANG: 'C.UTF-8' } },
    binaries: ['python', 'python3', 'pip', 'pip3'],
    daemons: [httpServer('python'), httpServer('python3')],
    latest: '3.14.0',
  },
  {
    name: 'docker.io/library/node',
    aliases: ['public.ecr.aws/docker/library/node'],
    tags: [
      '{latest,lts,slim,alpine,lts-slim,lts-alpine,current,current-alpine,bookworm,bookworm-slim}',
      '[4-25]{,-slim,-alpine,-bookworm,-bookworm-slim,-bullseye,-bullseye-slim}',
      '[4-25].[0-24]{,-slim,-alpine}',
      '[4-25].[0-24].[0-9]{,-slim,-alpine}',
      '[12-25]-alpine3.[10-22]',
    ],
    bytes: sized(391_000_000, 75_000_000, 53_000_000),
    base: debianOrAlpine,
    config: { entrypoint: ['docker-entrypoint.sh'], cmd: ['node'] },
    binaries: ['node', 'npm', 'npx', 'yarn', 'docker-entrypoint.sh'],
    latest: '25.1.0',
  },
  {
    name: 'docker.io/library/golang',
    aliases: ['public.ecr.aws/docker/library/golang'],
    tags: [
      '{latest,alpine,bookworm,trixie,1,1-alpine}',
      '1.[4-25]{,-alpine,-bookworm,-bullseye}',
      '1.[4-25].[0-20]{,-alpine,-bookworm}',
      '1.[18-25]-alpine3.[14-22]',
    ],
    bytes: sized(298_000_000, 298_000_000, 66_000_000),
    base: debianOrAlpine,
    config: { cmd: ['bash'], workdir: '/go', env: { GOPATH: '/go' } },
    binaries: ['go', 'gofmt', 'git', 'make'],
    latest: '1.25.3',
  },
  {
    name: 'docker.io/library/perl',
    tags: ['{latest,slim,stable,5}', '5.[18-42]{,-slim,-bookworm}', '5.[18-42].[0-4]{,-slim,-bookworm}'],
    bytes: sized(351_000_000, 53_000_000, 53_000_000),
    base: 'debian',
    config: { cmd: [`perl${'5.42.0'}`, '-de0'] },
    binaries: ['perl', 'perl5.42.0', 'cpan'],
    latest: '5.42.0',
  },
  {
    name: 'docker.io/library/php',
    tags: [
      '{latest,apache,fpm,cli,alpine,fpm-alpine}',
      '{5,7,8}{,-apache,-fpm,-cli,-alpine}',
      '{5,7,8}.[0-6]{,-apache,-fpm,-cli,-alpine,-fpm-alpine}',
      '{7,8}.[0-4].[0-33]{,-apache,-fpm,-cli,-alpine}',
    ],
    bytes: sized(170_000_000, 170_000_000, 36_000_000),
    base: debianOrAlpine,
    config: { entrypoint: ['docker-php-entrypoint'], cmd: ['php', '-a'] },
    binaries: [
      'php',
      'curl',
      'docker-php-entrypoint',
      'docker-php-ext-install',
      'docker-php-ext-configure',
      'docker-php-ext-enable',
      'a2enmod',
      'a2ensite',
    ],
    latest: '8.4.13',
  },
  {
    name: 'docker.io/library/ruby',
    tags: ['{latest,slim,alpine,3,2}', '[2-3].[0-7]{,-slim,-alpine}', '[2-3].[0-7].[0-10]{,-slim,-alpine}'],
    bytes: sized(375_000_000, 79_000_000, 40_000_000),
    base: debianOrAlpine,
    config: { cmd: ['irb'] },
    binaries: ['ruby', 'irb', 'gem', 'bundle'],
    latest: '3.4.7',
  },
  {
    name: 'docker.io/library/openjdk',
    aliases: ['docker.io/library/eclipse-temurin', 'docker.io/library/amazoncorretto'],
    tags: ['{latest}', '[7-25]{,-jdk,-jre,-slim,-alpine,-jdk-slim,-jre-slim,-jdk-alpine,-jre-alpine}'],
    bytes: sized(240_000_000, 190_000_000, 60_000_000),
    base: debianOrAlpine,
    config: { cmd: ['jshell'] },
    binaries: ['java', 'javac', 'jshell'],
    latest: '25',
  },
]
