import { fail, ok, type Program, type Step } from '../../../shell/program.ts'
import { putBytes } from './place.ts'
import { systemPackage } from './systemPackages.ts'

/** Package manager of Fedora, Amazon Linux and their kin. Models: dnf 5 and yum, in brief. */
export function dnf(name: 'dnf' | 'yum' | 'microdnf'): Program {
  return {
    name,
    summary: "Fedora's package manager",
    usage: '[options] COMMAND',
    ownHelp: true,
    run(call): Step {
      const words = call.argv.slice(1).filter((word) => !word.startsWith('-'))
      const [command, ...names] = words
      if (command === 'clean') {
        call.files.remove('/var/cache/dnf')
        return ok('0 files removed\n')
      }
      if (command === 'update' || command === 'upgrade' || command === 'makecache' || command === 'check-update')
        return { wait: { after: 2200 }, state: 'Nothing to do.\nComplete!\n' }
      if (command === 'remove' || command === 'erase') {
        for (const one of names)
          for (const program of systemPackage(one).programs) call.files.remove(`/usr/bin/${program}`)
        return { wait: { after: 600 }, state: 'Complete!\n' }
      }
      if (command === '--version') return ok('4.14.0\n')
      if (!['install', 'groupinstall', 'localinstall', 'reinstall'].includes(command ?? ''))
        return fail(`No such command: ${command ?? ''}. Please use /usr/bin/${name} --help`)
      if (!call.argv.some((word) => /^(-y|--assumeyes|-\w*y)$/.test(word)) && name !== 'microdnf')
        return fail('Operation aborted.', 1, 'Is this ok [y/N]: ')
      const packages = names.map((text) => systemPackage(text))
      putBytes(call.files, '/var/cache/dnf/metadata.solv', 'package metadata', 31_000_000, call.world.now)
      for (const one of packages)
        for (const path of one.programs.length > 0
          ? one.programs.map((program) => `/usr/bin/${program}`)
          : [`/usr/lib64/${one.name}.so`])
          putBytes(
            call.files,
            path,
            path.slice(path.lastIndexOf('/') + 1),
            one.bytes / Math.max(1, one.programs.length),
            call.world.now,
          )
      const bytes = packages.reduce((sum, one) => sum + one.bytes, 0)
      const lines = packages.map(({ name: one, version }) => `  ${one}-${version}-1.x86_64\n`).join('')
      return { wait: { after: 2500 + Math.round(bytes / 25_000) }, state: `Installed:\n${lines}\nComplete!\n` }
    },
    resume: (_call, state) => ok(String(state)),
  }
}
