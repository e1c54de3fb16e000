import { numberOf } from './place.ts'

/** What a package of a system brings. Unlike the real repositories, any well-formed name is there; sizes of unknown ones follow from the name. */
export interface SystemPackage {
  readonly name: string
  readonly version: string
  /** Unpacked. */
  readonly bytes: number
  readonly programs: readonly string[]
}

/** Sizes (kB) and programs of packages that Dockerfiles ask for often; a name alone is a program of that name. */
const KNOWN: { readonly [name: string]: readonly [kilobytes: number, programs: string] } = {
  curl: [520, 'curl'],
  wget: [3900, 'wget'],
  git: [44_000, 'git'],
  bash: [1300, 'bash'],
  jq: [1100, 'jq'],
  make: [1800, 'make'],
  gcc: [143_000, 'gcc cc cpp'],
  'g++': [58_000, 'g++ c++'],
  'build-essential': [248_000, 'gcc cc cpp g++ c++ make ld as'],
  'build-base': [206_000, 'gcc cc cpp g++ c++ make ld as'],
  'ca-certificates': [660, 'update-ca-certificates'],
  openssl: [2400, 'openssl'],
  python3: [47_000, 'python3'],
  'python3-pip': [8600, 'pip pip3'],
  'py3-pip': [8600, 'pip pip3'],
  python: [47_000, 'python python3'],
  nodejs: [58_000, 'node'],
  npm: [12_000, 'npm npx'],
  nginx: [1700, 'nginx'],
  apache2: [8200, 'apache2 apachectl a2enmod a2ensite'],
  redis: [4600, 'redis-server redis-cli'],
  'redis-server': [4600, 'redis-server redis-cli'],
  tini: [60, 'tini'],
  'dumb-init': [60, 'dumb-init'],
  tzdata: [3400, ''],
  unzip: [390, 'unzip'],
  zip: [640, 'zip'],
  vim: [38_000, 'vim vi'],
  nano: [2900, 'nano'],
  procps: [2300, 'ps top free'],
  gnupg: [9300, 'gpg'],
  'default-jre': [181_000, 'java'],
  'openjdk-17-jre': [181_000, 'java'],
  'openjdk-17-jdk': [320_000, 'java javac'],
  golang: [240_000, 'go gofmt'],
  go: [240_000, 'go gofmt'],
  'postgresql-client': [9600, 'psql pg_dump pg_isready'],
  'default-mysql-client': [62_000, 'mysql mysqldump'],
  'mysql-client': [39_000, 'mysql mysqldump'],
  'iputils-ping': [130, 'ping'],
  dnsutils: [900, 'dig nslookup host'],
  'bind-tools': [900, 'dig nslookup host'],
  iproute2: [3900, 'ip ss'],
  'netcat-openbsd': [120, 'nc'],
  sudo: [5900, 'sudo'],
  shadow: [1200, 'useradd groupadd usermod'],
  'su-exec': [20, 'su-exec'],
  gosu: [2100, 'gosu'],
  gettext: [9600, 'envsubst gettext'],
  supervisor: [1900, 'supervisord supervisorctl'],
  cowsay: [100, 'cowsay'],
  fortune: [2400, 'fortune'],
  stress: [60, 'stress'],
}

/** The package of a name, without its version. */
export function systemPackage(name: string, version?: string): SystemPackage {
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined
  const library = /^lib|-dev$|-libs?$|^fonts?-|^python3-|^py3-|-doc$|-common$/.test(name)
  return {
    name,
    version: version ?? `${1 + numberOf(name, 9)}.${numberOf(`${name}.`, 20)}.${numberOf(`${name}..`, 10)}`,
    bytes: 1000 * (known?.[0] ?? 120 + numberOf(name, library ? 3000 : 1800)),
    programs: known ? known[1].split(' ').filter((one) => one !== '') : library ? [] : [name],
  }
}
