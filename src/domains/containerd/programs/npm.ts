import { resolvePath } from '../../../shell/files.ts'
import { type Call, type Done, fail, ok, type Program, type Step } from '../../../shell/program.ts'
import { numberOf, put, putBytes } from './place.ts'

/** What of a package.json counts. */
interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly scripts?: { readonly [name: string]: string }
  readonly dependencies?: { readonly [name: string]: string }
  readonly devDependencies?: { readonly [name: string]: string }
}

/** Scripts that are still to run, one after another. */
interface Running {
  readonly left: readonly (readonly [name: string, command: string])[]
  readonly text?: string
}

/** Node's package manager: `ci` and `install` make node_modules, `run` and `test` really run the scripts of package.json. Models: npm 11 */
export const npm: Program = {
  name: 'npm',
  summary: "Node's package manager",
  usage: '<command>',
  ownHelp: true,
  run(call): Step {
    const words = call.argv.slice(1)
    const names = words.filter((word) => !word.startsWith('-'))
    const [command = '', ...rest] = names
    if (words[0] === '--version' || words[0] === '-v') return ok('11.6.1\n')
    switch (command) {
      case 'ci':
      case 'clean-install':
        return install(call, words, true, [])
      case 'install':
      case 'i':
      case 'add':
        return words.includes('-g') || words.includes('--global')
          ? globally(call, rest)
          : install(call, words, false, rest)
      case 'run':
      case 'run-script':
        return rest[0] === undefined ? list(call) : script(call, rest[0], after(words))
      case 't':
      case 'test':
      case 'start':
      case 'stop':
      case 'restart':
        return script(call, command === 't' ? 'test' : command, after(words))
      case 'init':
        put(call.files, resolvePath(call.cwd, 'package.json'), {
          text: `${JSON.stringify({ name: call.cwd.split('/').at(-1), version: '1.0.0', main: 'index.js', scripts: { test: 'echo "Error: no test specified" && exit 1' } }, undefined, 2)}\n`,
          at: call.world.now,
        })
        return ok()
      case 'cache':
      case 'config':
      case 'prune':
      case 'audit':
      case 'set':
      case 'fund':
        return ok(command === 'audit' ? 'found 0 vulnerabilities\n' : '')
      default:
        return fail(`Unknown command: "${command}"\n\nTo see a list of supported npm commands, run:\n  npm help`)
    }
  },
  resume(call, state): Step {
    const { left, text } = state as unknown as Running
    if (text !== undefined) return ok(text)
    const exit = call.child?.exitCode ?? 0
    if (exit !== 0 || left.length === 0) return { exit }
    return begin(call, left)
  },
}

function after(words: readonly string[]): readonly string[] {
  const cut = words.indexOf('--')
  return cut < 0 ? [] : words.slice(cut + 1)
}

function manifestOf(call: Call): Manifest | Done {
  const path = resolvePath(call.cwd, 'package.json')
  const read = call.files.read(path)
  if (!('text' in read))
    return fail(
      `npm error code ENOENT\nnpm error syscall open\nnpm error path ${path}\nnpm error errno -2\nnpm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${path}'\nnpm error enoent This is related to npm not being able to find a file.\nnpm error enoent`,
      254,
    )
  try {
    return JSON.parse(read.text) as Manifest
  } catch (problem) {
    return fail(
      `npm error code EJSONPARSE\nnpm error path ${path}\nnpm error JSON.parse ${(problem as Error).message}\nnpm error JSON.parse Failed to parse JSON data.\nnpm error JSON.parse Note: package.json must be actual JSON, not just JavaScript.`,
    )
  }
}

function install(call: Call, words: readonly string[], clean: boolean, more: readonly string[]): Step {
  const manifest = manifestOf(call)
  if ('exit' in manifest) return manifest
  const lock = call.files.read(resolvePath(call.cwd, 'package-lock.json'))
  if (clean && !('text' in lock)) return fail(NO_LOCK)
  const production =
    words.some((word) => /^(--omit=dev|--production|--only=prod(uction)?)$/.test(word)) ||
    (words.includes('--omit') && words[words.indexOf('--omit') + 1] === 'dev') ||
    call.env.NODE_ENV === 'production'
  const wanted = { ...manifest.dependencies, ...(production ? {} : manifest.devDependencies) }
  for (const one of more) wanted[one.replace(/(.)@.*$/, '$1')] = one.split(/(?<=.)@/)[1] ?? 'latest'
  const locked = 'text' in lock ? lockedPackages(lock.text) : undefined
  if (clean && locked) {
    const missing = Object.entries(wanted).filter(([name]) => !locked.has(name))
    if (missing.length > 0) return fail(outOfStep(missing))
  }
  const packages = new Map<string, string>(Object.entries(wanted))
  for (const [name, { version, dev }] of locked ?? []) if (!(dev && production)) packages.set(name, version)
  if (!locked)
    for (const name of Object.keys(wanted))
      for (let i = 0; i < numberOf(name, 12); i++) packages.set(`${name}-dep-${i}`, '1.0.0')
  if (clean) call.files.remove(resolvePath(call.cwd, 'node_modules'))
  const at = call.world.now
  let bytes = 0
  for (const [name, version] of packages) {
    const size = 20_000 + numberOf(name, 700_000)
    bytes += size
    const folder = resolvePath(call.cwd, `node_modules/${name}`)
    put(call.files, `${folder}/package.json`, {
      text: `${JSON.stringify({ name, version: version.replace(/^[\^~]/, '') })}\n`,
      at,
    })
    putBytes(call.files, `${folder}/index.js`, name, size, at)
  }
  putBytes(call.files, '/root/.npm/_cacache/content', 'npm cache', bytes * 0.3, at)
  if (!clean && !('text' in lock) && Object.keys(wanted).length > 0)
    put(call.files, resolvePath(call.cwd, 'package-lock.json'), {
      text: `${JSON.stringify(lockOf(manifest, packages), undefined, 2)}\n`,
      at,
    })
  const ms = 700 + packages.size * 25 + Math.round(bytes / 25_000)
  const count = packages.size
  return {
    wait: { after: ms },
    state: {
      left: [],
      text: `\nadded ${count} package${count === 1 ? '' : 's'}, and audited ${count + 1} packages in ${Math.max(1, Math.round(ms / 1000))}s\n\nfound 0 vulnerabilities\n`,
    },
  }
}

const NO_LOCK =
  'npm error code EUSAGE\nnpm error\nnpm error The `npm ci` command can only install with an existing package-lock.json or\nnpm error npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or\nnpm error later to generate a package-lock.json file, then try again.\nnpm error\nnpm error Clean install a project'

function outOfStep(missing: readonly (readonly [string, string])[]): string {
  const lines = missing
    .map(([name, version]) => `npm error Missing: ${name}@${version.replace(/^[\^~]/, '')} from lock file\n`)
    .join('')
  return `npm error code EUSAGE\nnpm error\nnpm error \`npm ci\` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with \`npm install\` before continuing.\nnpm error\n${lines}npm error\nnpm error Clean install a project`
}

function lockedPackages(
  text: string,
): ReadonlyMap<string, { readonly version: string; readonly dev: boolean }> | undefined {
  try {
    const { packages = {} } = JSON.parse(text) as {
      packages?: { readonly [path: string]: { readonly version?: string; readonly dev?: boolean } }
    }
    return new Map(
      Object.entries(packages).flatMap(([path, { version = '1.0.0', dev = false }]) =>
        path.startsWith('node_modules/')
          ? [[path.slice(path.lastIndexOf('node_modules/') + 13), { version, dev }] as const]
          : [],
      ),
    )
  } catch {
    return undefined
  }
}

function lockOf(manifest: Manifest, packages: ReadonlyMap<string, string>): object {
  const { name = '', version = '1.0.0', dependencies, devDependencies } = manifest
  return {
    name,
    version,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name, version, dependencies, devDependencies },
      ...Object.fromEntries(
        [...packages].map(([one, at]) => [`node_modules/${one}`, { version: at.replace(/^[\^~]/, '') }]),
      ),
    },
  }
}

function globally(call: Call, names: readonly string[]): Step {
  for (const name of names) {
    const bare = name.replace(/(.)@.*$/, '$1').replace(/^@[^/]*\//, '')
    putBytes(call.files, `/usr/local/bin/${bare}`, bare, 500_000 + numberOf(bare, 9_000_000), call.world.now)
  }
  return {
    wait: { after: 1200 + names.length * 500 },
    state: { left: [], text: `\nadded ${names.length} package${names.length === 1 ? '' : 's'} in 1s\n` },
  }
}

function list(call: Call): Done {
  const manifest = manifestOf(call)
  if ('exit' in manifest) return manifest
  const names = Object.entries(manifest.scripts ?? {})
  return ok(names.map(([name, command]) => `  ${name}\n    ${command}\n`).join(''))
}

function script(call: Call, name: string, more: readonly string[]): Step {
  const manifest = manifestOf(call)
  if ('exit' in manifest) return manifest
  const scripts = manifest.scripts ?? {}
  const command =
    scripts[name] ??
    (name === 'start' && call.files.exists(resolvePath(call.cwd, 'server.js')) ? 'node server.js' : undefined)
  if (command === undefined)
    return fail(
      `npm error Missing script: "${name}"\nnpm error\nnpm error To see a list of scripts, run:\nnpm error   npm run`,
    )
  const whole = more.length > 0 ? `${command} ${more.join(' ')}` : command
  const before = scripts[`pre${name}`]
  const behind = scripts[`post${name}`]
  return begin(call, [
    ...(before === undefined ? [] : [[`pre${name}`, before] as const]),
    [name, whole],
    ...(behind === undefined ? [] : [[`post${name}`, behind] as const]),
  ])
}

function begin(call: Call, scripts: readonly (readonly [string, string])[]): Step {
  const manifest = manifestOf(call)
  if ('exit' in manifest) return manifest
  const [[name, command] = ['', ''], ...left] = scripts
  const of = manifest.name === undefined ? '' : `${manifest.name}@${manifest.version ?? ''} `
  return {
    wait: {
      run: {
        argv: ['sh', '-c', command],
        env: {
          npm_lifecycle_event: name,
          npm_package_name: manifest.name ?? '',
          npm_package_version: manifest.version ?? '',
        },
      },
    },
    state: { left } as never,
    stdout: `\n> ${of}${name}\n> ${command}\n\n`,
  }
}

/** Yarn and pnpm, as far as they do what npm does: install, and scripts by their bare names. */
export const alike: readonly Program[] = ['yarn', 'pnpm'].map((name) => ({
  ...npm,
  name,
  run(call: Call): Step {
    const [, command, ...rest] = call.argv
    if (command === '--version' || command === '-v') return ok(name === 'yarn' ? '1.22.22\n' : '10.18.0\n')
    const words =
      command === undefined || command === 'install' || command === '--frozen-lockfile' || command === '--production'
        ? ['install', ...call.argv.slice(1)]
        : command === 'add'
          ? ['install', ...rest]
          : command === 'run'
            ? ['run', ...rest]
            : ['run', command, '--', ...rest]
    return npm.run({ ...call, argv: ['npm', ...words] })
  },
}))
