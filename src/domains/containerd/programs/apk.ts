import { type Call, type Done, fail, ok, type Program, type Step } from '../../../shell/program.ts'
import { put, putBytes } from './place.ts'
import { type SystemPackage, systemPackage } from './systemPackages.ts'

const DATABASE = '/lib/apk/db/installed'
const INDEX = '/var/cache/apk/APKINDEX.tar.gz'
const MIRROR = 'https://dl-cdn.alpinelinux.org/alpine'

/** Alpine's package manager: packages become files of their true size, in virtual time. Models: apk-tools 2 */
export const apk: Program = {
  name: 'apk',
  summary: "Alpine's package manager",
  usage: '[OPTIONS...] COMMAND [ARGUMENTS...]',
  ownHelp: true,
  run(call): Step {
    const words = call.argv.slice(1)
    const command = words.find((word) => !word.startsWith('-'))
    switch (command) {
      case 'update':
        putBytes(call.files, INDEX, 'package index', 2_300_000, call.world.now)
        return { wait: { after: 700 }, state: `${fetches(call)}OK: 25397 distinct packages available\n` }
      case 'add':
        return add(call, words)
      case 'del':
        return remove(call, words)
      case 'upgrade':
        return { wait: { after: 900 }, state: `${fetches(call)}OK: 9 MiB in 16 packages\n` }
      case 'info':
        return ok(
          installed(call)
            .map(({ name }) => `${name}\n`)
            .join(''),
        )
      case 'version':
      case '--version':
        return ok('apk-tools 2.14.9, compiled for x86_64.\n')
      default:
        return command === undefined && words.includes('--version')
          ? ok('apk-tools 2.14.9, compiled for x86_64.\n')
          : fail(`ERROR: '${command ?? ''}' is not an apk command. See 'apk --help'.`)
    }
  },
  resume: (_call, state) => ok(String(state)),
}

function add(call: Call, words: readonly string[]): Step {
  const { names, virtual } = operands(words)
  const noCache = words.includes('--no-cache')
  const at = call.world.now
  const wrong = names.find((name) => !/^[A-Za-z0-9._+@:~<>=-]+$/.test(name))
  if (wrong !== undefined)
    return fail(`ERROR: '${wrong}' is not a valid world dependency, format is name(@tag)([<>~=]version)`)
  const have = new Set(installed(call).map(({ name }) => name))
  const packages = names
    .map((text) => systemPackage(text.split(/[@<>=~]/)[0] as string, /[<>=~]+(.+)$/.exec(text)?.[1]))
    .filter(({ name }) => !have.has(name))
  if (!noCache) putBytes(call.files, INDEX, 'package index', 2_300_000, at)
  let text = fetches(call)
  packages.forEach((one, i) => {
    install(call, one, virtual)
    text += `(${i + 1}/${packages.length}) Installing ${one.name} (${one.version}-r0)\n`
  })
  if (packages.length > 0) text += 'Executing busybox-1.37.0-r19.trigger\n'
  const all = installed(call)
  const size = all.reduce((sum, { bytes }) => sum + bytes, 8_500_000)
  text += `OK: ${Math.round(size / 1_048_576)} MiB in ${all.length + 16} packages\n`
  const bytes = packages.reduce((sum, one) => sum + one.bytes, 0)
  return { wait: { after: 600 + packages.length * 60 + Math.round(bytes / 40_000) }, state: text }
}

function install(call: Call, one: SystemPackage, virtual: string | undefined): void {
  const { files, world } = call
  const paths = one.programs.map((program) => `/usr/bin/${program}`)
  if (paths.length === 0) paths.push(`/usr/lib/${one.name}.so`)
  for (const path of paths)
    putBytes(files, path, path.slice(path.lastIndexOf('/') + 1), one.bytes / paths.length, world.now)
  const before = files.read(DATABASE)
  const entry = `P:${one.name}\nV:${one.version}-r0\nI:${one.bytes}\nR:${paths.join(' ')}\n${virtual === undefined ? '' : `p:${virtual}\n`}\n`
  put(files, DATABASE, { text: ('text' in before ? before.text : '') + entry, at: world.now })
}

function remove(call: Call, words: readonly string[]): Done {
  const { names } = operands(words)
  const all = installed(call)
  const gone = all.filter(
    ({ name, virtual }) => names.includes(name) || (virtual !== undefined && names.includes(virtual)),
  )
  for (const { paths } of gone) for (const path of paths) call.files.remove(path)
  const left = all.filter((one) => !gone.includes(one))
  if (gone.length > 0)
    put(call.files, DATABASE, { text: left.map(({ text }) => `${text}\n\n`).join(''), at: call.world.now })
  const lines = gone.map(({ name, version }, i) => `(${i + 1}/${gone.length}) Purging ${name} (${version})\n`).join('')
  const size = left.reduce((sum, { bytes }) => sum + bytes, 8_500_000)
  return ok(`${lines}OK: ${Math.round(size / 1_048_576)} MiB in ${left.length + 16} packages\n`)
}

/** Names of packages, and the virtual one that they go by. */
function operands(words: readonly string[]): {
  readonly names: readonly string[]
  readonly virtual?: string | undefined
} {
  const names: string[] = []
  let virtual: string | undefined
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (word === '-t' || word === '--virtual') virtual = words[++at]
    else if (word.startsWith('--virtual=')) virtual = word.slice('--virtual='.length)
    else if (['-X', '--repository', '-p', '--root', '--keys-dir'].includes(word)) at++
    else if (!word.startsWith('-')) names.push(word)
  }
  return { names: names.slice(1), virtual }
}

interface Installed {
  readonly name: string
  readonly version: string
  readonly bytes: number
  readonly paths: readonly string[]
  readonly virtual?: string | undefined
  readonly text: string
}

function installed(call: Call): readonly Installed[] {
  const read = call.files.read(DATABASE)
  if (!('text' in read)) return []
  return read.text
    .split('\n\n')
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const field = (letter: string): string => new RegExp(`^${letter}:(.*)$`, 'm').exec(text)?.[1] ?? ''
      return {
        name: field('P'),
        version: field('V'),
        bytes: Number(field('I')),
        paths: field('R').split(' '),
        virtual: field('p') || undefined,
        text: text.trim(),
      }
    })
}

function fetches(call: Call): string {
  const read = call.files.read('/etc/alpine-release')
  const version = 'text' in read ? read.text.trim().split('.').slice(0, 2).join('.') : '3.22'
  return ['main', 'community'].map((name) => `fetch ${MIRROR}/v${version}/${name}/x86_64/APKINDEX.tar.gz\n`).join('')
}
