import { type Loose, objectsAt } from '../api/loose.ts'
import { changing, patched } from './changing.ts'
import type { Command } from './command.ts'
import { FILE_FLAGS, PRINT_FLAGS } from './globalFlags.ts'
import { buildKustomization } from './kustomize/build.ts'
import { plugin } from './plugins.ts'
import { misuse, stop } from './problem.ts'
import { yamlText } from './yamlOut.ts'

/** Models: kubectl kustomize */
const kustomize: Command = {
  name: 'kustomize',
  summary: 'Build a kustomization target from a directory or URL',
  usage: 'DIR',
  offline: true,
  flags: [
    { name: 'output', short: 'o', value: "''", says: 'File to write to' },
    { name: 'enable-helm', says: 'Accepted' },
    { name: 'load-restrictor', value: "''", says: 'Accepted' },
  ],
  run(ask) {
    if (ask.args.length > 1) stop('specify one path to kustomization.yaml')
    ask.out(
      buildKustomization(ask, ask.args[0] ?? '.')
        .map((object) => yamlText(object))
        .join('---\n'),
    )
    return { exit: 0 }
  },
}

/** Models: kubectl completion. In the lab the Tab key completes without it. */
const completion: Command = {
  name: 'completion',
  summary: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  usage: 'SHELL',
  offline: true,
  run(ask) {
    const [shell] = ask.args
    if (shell === undefined) misuse(ask.path, 'shell not specified')
    if (ask.args.length > 1) misuse(ask.path, 'too many arguments. Expected only the shell type')
    if (!['bash', 'zsh', 'fish', 'powershell'].includes(shell ?? ''))
      misuse(ask.path, `unsupported shell type "${shell}"`)
    ask.out('# the terminal of this lab completes kubectl by itself\n')
    return { exit: 0 }
  },
}

/** Models: kubectl/pkg/cmd/certificates */
const certificate: Command = {
  name: 'certificate',
  summary: 'Modify certificate resources',
  usage: 'SUBCOMMAND',
  commands: [
    deciding('approve', 'Approve a certificate signing request', 'Approved', 'approved'),
    deciding('deny', 'Deny a certificate signing request', 'Denied', 'denied'),
  ],
}

function deciding(name: string, summary: string, type: string, done: string): Command {
  return changing({
    name,
    summary,
    usage: '(-f FILENAME | NAME)',
    flags: [...FILE_FLAGS, ...PRINT_FLAGS, { name: 'force', says: 'Again, when it was decided' }],
    targets: (ask) => ({ args: ask.args.length > 0 ? ['csr', ...ask.args] : [] }),
    change(ask, target) {
      const conditions = objectsAt(target.object, 'status', 'conditions')
      const condition: Loose = {
        lastUpdateTime: ask.world.isoNow(),
        message: `This CSR was ${done} by kubectl certificate ${name}.`,
        reason: `Kubectl${name === 'approve' ? 'Approve' : 'Deny'}`,
        status: 'True',
        type,
      }
      return patched(ask, target, 'merge', { status: { conditions: [...conditions, condition] } }, done)
    },
  })
}

/** The smaller subcommands. */
export const smallCommands: readonly Command[] = [kustomize, completion, plugin, certificate]
