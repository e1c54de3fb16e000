import { binariesOf } from './base.ts'
import type { Daemon, Start } from './daemon.ts'
import type { Image } from './image.ts'

/** Entrypoint scripts that end by running their arguments: the process that remains is the argument's. */
const WRAPPERS = new Set([
  'docker-entrypoint.sh',
  'docker-entrypoint',
  'docker-php-entrypoint',
  'entrypoint.sh',
  'tini',
  'dumb-init',
])

/** What a container is to run: `command` and `args` of its spec over those of the image. Models: pkg/kubelet ToRuntimeContainer, OCI image spec. */
export function commandOf(
  image: Image,
  command: readonly string[] | undefined,
  args: readonly string[] | undefined,
): readonly string[] {
  const own = command !== undefined && command.length > 0
  const entrypoint = own ? command : (image.config.entrypoint ?? [])
  const rest = args !== undefined && args.length > 0 ? args : own ? [] : (image.config.cmd ?? [])
  return [...entrypoint, ...rest]
}

/**
 * The well-known server that a command line starts, directly or behind an entrypoint script, with its own arguments; undefined when it
 * is something for the shell.
 */
export function daemonOf(
  image: Image,
  argv: readonly string[],
): { readonly daemon: Daemon; readonly argv: readonly string[] } | undefined {
  let at = 0
  while (at < argv.length && WRAPPERS.has(nameOf(argv[at] as string))) {
    at++
    while (nameOf(argv[at - 1] as string) !== 'docker-entrypoint.sh' && argv[at] === '--') at++
  }
  let own = argv.slice(at)
  if (own[0]?.startsWith('-') && at > 0) own = [image.config.cmd?.[0] ?? '', ...own]
  if (own[0] === 'exec') own = own.slice(1)
  const program = own[0] === undefined ? undefined : nameOf(own[0])
  const daemon = image.daemons.find((one) => one.program === program)
  if (!daemon || (daemon.serves && !daemon.serves(own))) return undefined
  return { daemon, argv: own }
}

/** What remains of a command line behind entrypoint scripts that run their arguments. */
export function withoutWrappers(argv: readonly string[]): readonly string[] {
  let at = 0
  while (at < argv.length - 1 && WRAPPERS.has(nameOf(argv[at] as string))) at++
  return argv.slice(at)
}

/**
 * Why a command line cannot be started, in the runtime's words; undefined when it can. `files` tells of scripts that the image or a
 * volume brings. Models: runc's errors as containerd passes them on.
 */
export function startProblem(
  image: Image,
  argv: readonly string[],
  exists: (path: string) => boolean,
): { readonly message: string; readonly exitCode: number } | undefined {
  const program = argv[0]
  if (program === undefined || program === '')
    return { message: 'failed to create containerd task: no command specified', exitCode: 128 }
  const binaries = binariesOf(image)
  if (program.includes('/')) {
    const name = nameOf(program)
    const dir = program.slice(0, program.lastIndexOf('/'))
    if (
      exists(program) ||
      (binaries.has(name) && (BIN_DIRS.has(dir) || image.daemons.some((daemon) => daemon.program === name)))
    )
      return undefined
    if (image.config.entrypoint?.[0] === program || image.config.cmd?.[0] === program) return undefined
    return problem(`exec: "${program}": stat ${program}: no such file or directory`)
  }
  if (binaries.has(program) || WRAPPERS.has(program)) return undefined
  if (image.config.entrypoint?.[0] === program || image.config.cmd?.[0] === program) return undefined
  return problem(`exec: "${program}": executable file not found in $PATH`)
}

const BIN_DIRS = new Set(['/bin', '/usr/bin', '/usr/local/bin', '/sbin', '/usr/sbin', '/usr/local/sbin'])

function problem(what: string): { readonly message: string; readonly exitCode: number } {
  return {
    message: `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${what}: unknown`,
    exitCode: 128,
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

export type { Start }
