import type { Daemon, Ending, Start } from '../daemon.ts'

/** A server that speaks a protocol of its own: for us it listens, costs, logs, and may refuse to start. */
function store(
  own: Pick<Daemon, 'program'> & {
    readonly port: number
    readonly startMs: number
    readonly idleMilli?: number
    readonly megabytes: number
    readonly stopMs?: number
    readonly stopExit?: number
    readonly log?: Daemon['log']
    readonly refuses?: (start: Start) => readonly string[] | undefined
    readonly serves?: Daemon['serves']
    readonly ports?: readonly number[]
    readonly portOption?: string
  },
): Daemon {
  const ends = (start: Start): Ending | undefined => {
    const log = own.refuses?.(start)
    return log && { exit: 1, after: 500, log }
  }
  const ports = (start: Start): readonly number[] => {
    const at = own.portOption === undefined ? -1 : start.argv.indexOf(own.portOption)
    return at < 0 ? (own.ports ?? [own.port]) : [Number(start.argv[at + 1])]
  }
  return {
    program: own.program,
    ...(own.serves ? { serves: own.serves } : {}),
    startMs: own.startMs,
    stopMs: own.stopMs ?? 300,
    stopExit: own.stopExit ?? 0,
    ports,
    speaks: 'tcp',
    cost: {
      idleMilli: own.idleMilli ?? 4,
      idleBytes: own.megabytes * 1_048_576,
      cpuMsPerRequest: 0.5,
      latencyMs: 1,
      concurrency: 500,
    },
    ...(own.log ? { log: own.log } : {}),
    ...(own.refuses ? { ends } : {}),
  }
}

const asksVersion = (argv: readonly string[]): boolean =>
  !argv.some((arg) => ['--version', '-v', '-V', '--help'].includes(arg))

/** Models: docker-library/redis. */
export const redis = store({
  program: 'redis-server',
  port: 6379,
  portOption: '--port',
  startMs: 50,
  megabytes: 8,
  idleMilli: 2,
  serves: asksVersion,
  log: (start, at) => {
    const head = `1:C ${at.slice(8, 10)} ${'JanFebMarAprMayJunJulAugSepOctNovDec'.slice(3 * Number(at.slice(5, 7)) - 3, 3 * Number(at.slice(5, 7)))} ${at.slice(0, 4)} ${at.slice(11, 19)}.000`
    return [
      `${head} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
      `${head} * Redis version=${start.version}, bits=64, commit=00000000, modified=0, pid=1, just started`,
      `${head.replace(':C', ':M')} * Running mode=standalone, port=6379.`,
      `${head.replace(':C', ':M')} * Server initialized`,
      `${head.replace(':C', ':M')} * Ready to accept connections tcp`,
    ]
  },
})

export const memcached = store({
  program: 'memcached',
  port: 11211,
  portOption: '-p',
  startMs: 20,
  megabytes: 4,
  idleMilli: 1,
})

/** Models: docker-library/postgres docker-entrypoint.sh. */
export const postgres = store({
  program: 'postgres',
  port: 5432,
  startMs: 2500,
  megabytes: 36,
  serves: asksVersion,
  refuses: (start) =>
    start.env.POSTGRES_PASSWORD || start.env.POSTGRES_PASSWORD_FILE || start.env.POSTGRES_HOST_AUTH_METHOD === 'trust'
      ? undefined
      : [
          'Error: Database is uninitialized and superuser password is not specified.',
          '       You must specify POSTGRES_PASSWORD to a non-empty value for the',
          '       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".',
          '',
          '       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all',
          '       connections without a password. This is *not* recommended.',
          '',
          '       See PostgreSQL documentation about "trust":',
          '       https://www.postgresql.org/docs/current/auth-trust.html',
        ],
  log: (start, at) => {
    const stamp = `${at.slice(0, 10)} ${at.slice(11, 19)}.000 UTC [1] LOG: `
    return [
      'PostgreSQL init process complete; ready for start up.',
      '',
      `${stamp} starting PostgreSQL ${start.version} on x86_64-pc-linux-gnu, 64-bit`,
      `${stamp} listening on IPv4 address "0.0.0.0", port 5432`,
      `${stamp} database system is ready to accept connections`,
    ]
  },
})

/** Models: docker-library/mysql docker-entrypoint.sh. */
export const mysql = store({
  program: 'mysqld',
  port: 3306,
  startMs: 6000,
  stopMs: 1500,
  megabytes: 360,
  idleMilli: 6,
  serves: asksVersion,
  refuses: (start) =>
    [
      'MYSQL_ROOT_PASSWORD',
      'MYSQL_ROOT_PASSWORD_FILE',
      'MYSQL_ALLOW_EMPTY_PASSWORD',
      'MYSQL_RANDOM_ROOT_PASSWORD',
    ].some((name) => start.env[name])
      ? undefined
      : [
          `[Note] [Entrypoint]: Entrypoint script for MySQL Server ${start.version}-1.el9 started.`,
          '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
          '    You need to specify one of the following as an environment variable:',
          '    - MYSQL_ROOT_PASSWORD',
          '    - MYSQL_ALLOW_EMPTY_PASSWORD',
          '    - MYSQL_RANDOM_ROOT_PASSWORD',
        ],
  log: (start, at) => [
    `${at} 0 [System] [MY-010116] [Server] /usr/sbin/mysqld (mysqld ${start.version}) starting as process 1`,
    `${at} 1 [System] [MY-013577] [InnoDB] InnoDB initialization has ended.`,
    `${at} 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '${start.version}'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.`,
  ],
})

/** Models: docker-library/mariadb. */
export const mariadb = store({
  program: 'mariadbd',
  port: 3306,
  startMs: 4000,
  stopMs: 800,
  megabytes: 110,
  refuses: (start) =>
    Object.keys(start.env).some((name) => /^(MARIADB|MYSQL)_(ROOT_PASSWORD|ALLOW_EMPTY|RANDOM_ROOT)/.test(name))
      ? undefined
      : [
          '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
          '\tYou need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD',
        ],
})

export const mongo = store({
  program: 'mongod',
  port: 27017,
  portOption: '--port',
  startMs: 1200,
  megabytes: 140,
  idleMilli: 8,
  serves: asksVersion,
})

export const cassandra = store({
  program: 'cassandra',
  port: 9042,
  ports: [7000, 7199, 9042],
  startMs: 30_000,
  stopMs: 2000,
  stopExit: 143,
  megabytes: 900,
  idleMilli: 60,
})

export const zookeeper = store({
  program: 'zkServer.sh',
  port: 2181,
  ports: [2181, 2888, 3888],
  startMs: 2500,
  megabytes: 90,
  idleMilli: 5,
  stopExit: 143,
})

export const kafka = store({
  program: 'kafka',
  port: 9092,
  startMs: 6000,
  stopMs: 2000,
  megabytes: 380,
  idleMilli: 15,
  stopExit: 143,
})

export const rabbitmq = store({
  program: 'rabbitmq-server',
  port: 5672,
  ports: [5672, 15672],
  startMs: 7000,
  stopMs: 1500,
  megabytes: 120,
  idleMilli: 12,
})

export const etcd = store({
  program: 'etcd',
  port: 2379,
  ports: [2379, 2380],
  startMs: 600,
  megabytes: 30,
  idleMilli: 12,
})
