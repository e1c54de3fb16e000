import { resolvePath } from '../../../shell/files.ts'
import { type Call, fail, ok, type Program, type Step } from '../../../shell/program.ts'
import { numberOf, put, putBytes } from './place.ts'

/** Programs that well-known packages bring. */
const PROGRAMS: { readonly [name: string]: string } = {
  flask: 'flask',
  gunicorn: 'gunicorn',
  uvicorn: 'uvicorn',
  django: 'django-admin',
  pytest: 'pytest',
  awscli: 'aws',
  ansible: 'ansible',
  poetry: 'poetry',
  black: 'black',
}

/** Python's package installer: packages become files below site-packages. Models: pip 25 */
export function pip(name: 'pip' | 'pip3'): Program {
  return {
    name,
    summary: "Python's package installer",
    usage: '<command> [options]',
    ownHelp: true,
    run(call): Step {
      const words = call.argv.slice(1)
      if (words[0] === '--version' || words[0] === '-V')
        return ok('pip 25.2 from /usr/local/lib/python3/site-packages/pip (python 3)\n')
      if (words[0] === 'freeze' || words[0] === 'list')
        return ok(
          installed(call)
            .map((one) => `${one}\n`)
            .join(''),
        )
      if (words[0] === 'uninstall' || words[0] === 'cache' || words[0] === 'config') return ok()
      if (words[0] !== 'install') return fail(`ERROR: unknown command "${words[0] ?? ''}"`)
      return install(call, words.slice(1))
    },
    resume: (_call, state) => ok(String(state)),
  }
}

const SITE = '/usr/local/lib/python3/site-packages'

function install(call: Call, words: readonly string[]): Step {
  const wanted: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (word === '-r' || word === '--requirement' || word.startsWith('-r')) {
      const path = word === '-r' || word === '--requirement' ? (words[++at] ?? '') : word.slice(2)
      const read = call.files.read(resolvePath(call.cwd, path))
      if (!('text' in read))
        return fail(`ERROR: Could not open requirements file: [Errno 2] No such file or directory: '${path}'`)
      wanted.push(
        ...read.text
          .split('\n')
          .map((line) => line.replace(/#.*$/, '').trim())
          .filter((line) => line !== '' && !line.startsWith('-')),
      )
    } else if (['-t', '--target', '-i', '--index-url', '--extra-index-url', '--prefix', '-c', '--root'].includes(word))
      at++
    else if (!word.startsWith('-')) wanted.push(word)
  }
  if (wanted.length === 0)
    return fail('ERROR: You must give at least one requirement to install (see "pip help install")')
  const wrong = wanted.find(
    (text) => !/^(\.|\.?\/|https?:|git\+)|^[A-Za-z0-9][A-Za-z0-9._-]*(\[[^\]]*\])?\s*([<>=!~;].*)?$/.test(text),
  )
  if (wrong !== undefined)
    return fail(
      `ERROR: Invalid requirement: '${wrong}': Expected end or semicolon (after name and no valid version specifier)`,
    )
  const packages = wanted.map((text) => {
    const [, name = text] = /^([A-Za-z0-9._-]+)/.exec(text) ?? []
    const version = /==\s*([^\s;,]+)/.exec(text)?.[1] ?? `${1 + numberOf(name, 5)}.${numberOf(`${name}.`, 12)}.0`
    return { text, name, version, bytes: 60_000 + numberOf(name.toLowerCase(), 9_000_000) }
  })
  const at = call.world.now
  for (const { name, version, bytes } of packages) {
    const folder = `${SITE}/${name.toLowerCase().replaceAll('-', '_')}`
    putBytes(call.files, `${folder}/__init__.py`, `${name} ${version}`, bytes, at)
    put(call.files, `${folder}-${version}.dist-info/METADATA`, { text: `Name: ${name}\nVersion: ${version}\n`, at })
    const program = PROGRAMS[name.toLowerCase()]
    if (program !== undefined) putBytes(call.files, `/usr/local/bin/${program}`, program, 300, at)
  }
  const bytes = packages.reduce((sum, one) => sum + one.bytes, 0)
  if (!words.includes('--no-cache-dir'))
    putBytes(call.files, '/root/.cache/pip/http-v2/wheels', 'pip cache', bytes * 0.4, at)
  const collected = packages
    .map(
      ({ text, name, version, bytes: size }) =>
        `Collecting ${text}\n  Downloading ${name}-${version}-py3-none-any.whl (${Math.round(size / 2500)} kB)\n`,
    )
    .join('')
  const names = packages.map(({ name }) => name).join(', ')
  const done = packages.map(({ name, version }) => `${name}-${version}`).join(' ')
  return {
    wait: { after: 900 + packages.length * 350 + Math.round(bytes / 20_000) },
    state: `${collected}Installing collected packages: ${names}\nSuccessfully installed ${done}\n`,
  }
}

function installed(call: Call): readonly string[] {
  return call.files.list(SITE).flatMap((name) => /^(.*)-([^-]+)\.dist-info$/.exec(name)?.slice(1, 3).join('==') ?? [])
}
