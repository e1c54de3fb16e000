import type { Image } from '../../containerd/index.ts'

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Variables that well-known images set beyond those that the runtime needs to know, by the last part of their name. Models: docker-library. */
const VARIABLES: { readonly [family: string]: (version: string) => { readonly [name: string]: string } } = {
  node: (version) => ({ NODE_VERSION: version, YARN_VERSION: '1.22.22' }),
  python: (version) => ({ PYTHON_VERSION: version }),
  golang: (version) => ({
    PATH: `/go/bin:/usr/local/go/bin:${PATH}`,
    GOLANG_VERSION: version,
    GOTOOLCHAIN: 'local',
  }),
  nginx: (version) => ({ NGINX_VERSION: version, PKG_RELEASE: '1~trixie' }),
  httpd: (version) => ({
    PATH: `/usr/local/apache2/bin:${PATH}`,
    HTTPD_PREFIX: '/usr/local/apache2',
    HTTPD_VERSION: version,
  }),
  redis: (version) => ({ REDIS_VERSION: version }),
  postgres: (version) => ({
    PG_MAJOR: version.split('.')[0] ?? '',
    PG_VERSION: version,
    PGDATA: `/var/lib/postgresql/${version.split('.')[0] ?? ''}/docker`,
  }),
  ruby: (version) => ({
    PATH: `/usr/local/bundle/bin:${PATH}`,
    RUBY_VERSION: version,
    GEM_HOME: '/usr/local/bundle',
  }),
  php: (version) => ({ PHP_VERSION: version, PHP_INI_DIR: '/usr/local/etc/php' }),
  openjdk: (version) => ({ JAVA_HOME: '/usr/local/openjdk', JAVA_VERSION: version }),
  'eclipse-temurin': (version) => ({ JAVA_HOME: '/opt/java/openjdk', JAVA_VERSION: version }),
  mysql: (version) => ({ MYSQL_VERSION: version }),
}

/** Variables of a catalogue image, PATH first. */
export function familyEnv(image: Image): readonly string[] {
  const short = image.name.slice(image.name.lastIndexOf('/') + 1)
  const own = image.name.startsWith('docker.io/library/') ? (VARIABLES[short]?.(image.version) ?? {}) : {}
  const { PATH: path = PATH, ...rest } = { ...own, ...image.config.env }
  return [`PATH=${path}`, ...Object.entries(rest).map(([name, value]) => `${name}=${value}`)]
}
