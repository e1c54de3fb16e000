import type { Emission } from '../../../kernel/index.ts'
import { startProcess } from '../../../shell/index.ts'
import { type Build, sourceDirectory } from './build.ts'
import type { CommandPhase, PhaseSpec } from './buildspec.ts'

/** What a phase of a build is to run: its commands, then those of its finally block. */
export function commandsOf(build: Build): PhaseSpec | undefined {
  return build.spec?.phases[build.state as CommandPhase]
}

/** The command that is next in this phase; undefined when there is none left. */
export function nextCommand(build: Build): string | undefined {
  const spec = commandsOf(build)
  if (!spec) return undefined
  if (build.failing && build.ran < spec.commands.length) return undefined
  return build.ran < spec.commands.length ? spec.commands[build.ran] : spec.finally[build.ran - spec.commands.length]
}

/**
 * Where the shell of one command leaves its directory and variables for the next: in version 0.2 all commands share one shell.
 * Unlike there, every variable that a command sets is exported to what the next ones run.
 */
const STATE = '/codebuild/bootstrap'

/** Starts a command on a build's machine. */
export function startCommand(build: Build, command: string): Emission {
  const shared = build.spec?.version !== '0.1'
  const script = shared
    ? `set -a; . ${STATE}/env 2>/dev/null; cd "$(cat ${STATE}/cwd 2>/dev/null || pwd)"; export CODEBUILD_BUILD_SUCCEEDING=${succeeding(build)}
${command}
code=$?
mkdir -p ${STATE}; export -p > ${STATE}/env; pwd > ${STATE}/cwd
exit $code`
    : command
  const shell = build.spec?.shell === 'bash' ? 'bash' : 'sh'
  return startProcess(`${build.id}/${build.processes + 1}`, {
    host: build.id,
    argv: [shell, '-c', script],
    cwd: sourceDirectory(build),
    role: 'own',
  })
}

function succeeding(build: Build): number {
  return build.failing || build.phases.some(({ status }) => status === 'FAILED') ? 0 : 1
}

/** Values of exported variables, as the last command left them. */
export function exportedBy(build: Build): { readonly [name: string]: string } {
  const kept = build.written[`${STATE}/env`]?.text ?? ''
  const values: Record<string, string> = {}
  for (const name of build.spec?.exported ?? []) {
    const match = new RegExp(`^(?:declare -x|export) ${name}="((?:[^"\\\\]|\\\\.)*)"`, 'm').exec(kept)
    const plain = build.spec?.variables[name]
    const value = match?.[1]?.replace(/\\(.)/g, '$1') ?? plain
    if (value !== undefined) values[name] = value
  }
  return values
}
