import { type Call, fail, ok, type Program, type Step } from '../../../shell/program.ts'
import { put, putBytes } from './place.ts'
import { type SystemPackage, systemPackage } from './systemPackages.ts'

const LISTS = '/var/lib/apt/lists/deb.debian.org_debian_dists_trixie_main_binary-amd64_Packages'

/** Debian's package manager. Without lists, which base images do not have, nothing is found: `update` comes first. Models: apt 3.0 */
export function apt(name: 'apt' | 'apt-get'): Program {
  return {
    name,
    summary: "Debian's package manager",
    usage: '[options] command [pkg1 pkg2 ...]',
    ownHelp: true,
    run(call): Step {
      const words = call.argv.slice(1)
      const names = operands(words)
      const [command] = names
      switch (command) {
        case 'update':
          putBytes(call.files, LISTS, 'package lists', 19_300_000, call.world.now)
          return { wait: { after: 2600 }, state: [UPDATED, 0] }
        case 'install':
          return install(call, words, names.slice(1))
        case 'remove':
        case 'purge':
          for (const one of names.slice(1))
            for (const program of systemPackage(one).programs) call.files.remove(`/usr/bin/${program}`)
          return { wait: { after: 700 }, state: [`${READING}${names.length - 1} to remove and 0 not upgraded.\n`, 0] }
        case 'upgrade':
        case 'dist-upgrade':
        case 'full-upgrade':
          return {
            wait: { after: 900 },
            state: [
              `${READING}Calculating upgrade...\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n`,
              0,
            ],
          }
        case 'clean':
        case 'autoclean':
          return ok()
        case 'autoremove':
          return ok(`${READING}0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n`)
        case undefined:
          return words.includes('--version') || words.includes('-v')
            ? ok('apt 3.0.3 (amd64)\n')
            : fail('E: No command was given', 100)
        default:
          return fail(`E: Invalid operation ${command}`, 100)
      }
    },
    resume: (_call, state) => {
      const [text, exit] = state as [string, number]
      return { exit, stdout: text }
    },
  }
}

const READING = 'Reading package lists...\nBuilding dependency tree...\nReading state information...\n'
const UPDATED =
  'Get:1 http://deb.debian.org/debian trixie InRelease [140 kB]\nGet:2 http://deb.debian.org/debian trixie-updates InRelease [47.1 kB]\nGet:3 http://deb.debian.org/debian-security trixie-security InRelease [43.4 kB]\nGet:4 http://deb.debian.org/debian trixie/main amd64 Packages [9669 kB]\nFetched 9905 kB in 2s (4531 kB/s)\nReading package lists...\n'

function install(call: Call, words: readonly string[], names: readonly string[]): Step {
  const at = call.world.now
  if (names.length === 0) return ok(`${READING}0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n`)
  if (!call.files.exists(LISTS)) {
    const [first = ''] = names
    return {
      exit: 100,
      stdout: READING,
      stderr: names.map((name) => `E: Unable to locate package ${name.split('=')[0] || first}\n`).join(''),
    }
  }
  const packages = names.map((text) => systemPackage(text.split(/[=/]/)[0] as string, text.split('=')[1]))
  const bytes = packages.reduce((sum, one) => sum + one.bytes, 0)
  const head = `${READING}The following NEW packages will be installed:\n  ${packages.map(({ name }) => name).join(' ')}\n0 upgraded, ${packages.length} newly installed, 0 to remove and 0 not upgraded.\nNeed to get ${kilobytes(bytes * 0.3)} of archives.\nAfter this operation, ${kilobytes(bytes)} of additional disk space will be used.\n`
  if (!words.some((word) => /^(-\w*y\w*|--yes|--assume-yes|-qq)$/.test(word)))
    return { exit: 1, stdout: `${head}Do you want to continue? [Y/n] Abort.\n` }
  for (const one of packages) place(call, one)
  const got = packages.map(
    ({ name, version, bytes: size }, i) =>
      `Get:${i + 1} http://deb.debian.org/debian trixie/main amd64 ${name} amd64 ${version} [${kilobytes(size * 0.3)}]\n`,
  )
  const set = packages.map(({ name, version }) => `Setting up ${name} (${version}) ...\n`)
  const ms = 900 + packages.length * 180 + Math.round(bytes / 30_000)
  const text = `${head}${got.join('')}Fetched ${kilobytes(bytes * 0.3)} in ${Math.max(1, Math.round(ms / 3000))}s\n${packages.map(({ name }) => `Selecting previously unselected package ${name}.\n`).join('')}${set.join('')}Processing triggers for libc-bin (2.41-12) ...\n`
  put(call.files, '/var/log/dpkg.log', { text: set.join(''), at })
  return { wait: { after: ms }, state: [text, 0] }
}

function place(call: Call, one: SystemPackage): void {
  const paths = one.programs.map((program) => `/usr/bin/${program}`)
  if (paths.length === 0) paths.push(`/usr/lib/x86_64-linux-gnu/${one.name}.so`)
  for (const path of paths)
    putBytes(call.files, path, path.slice(path.lastIndexOf('/') + 1), one.bytes / paths.length, call.world.now)
  put(call.files, `/var/lib/dpkg/info/${one.name}.list`, {
    text: paths.map((path) => `${path}\n`).join(''),
    at: call.world.now,
  })
}

function operands(words: readonly string[]): readonly string[] {
  const names: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (word === '-t' || word === '-o' || word === '-c') at++
    else if (!word.startsWith('-')) names.push(word)
  }
  return names
}

function kilobytes(bytes: number): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1000))} kB`
}
