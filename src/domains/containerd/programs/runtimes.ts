import { resolvePath } from '../../../shell/files.ts'
import { type Call, fail, ok, type Program, type Step } from '../../../shell/program.ts'
import { imageOfHost } from '../runtime/containerKind.ts'

/** Interpreters: they tell their version, and a program of theirs that listens runs until a signal comes. Anything else is not modelled, and says so. */
export const runtimes: readonly Program[] = [
  runtime('node', (version) => `v${version}`),
  runtime('python', (version) => `Python ${version}`),
  runtime('python3', (version) => `Python ${version}`),
  runtime('ruby', (version) => `ruby ${version} [x86_64-linux]`),
]

function runtime(name: string, words: (version: string) => string): Program {
  return {
    name,
    summary: `the ${name} interpreter`,
    usage: '[options] [script] [arguments]',
    ownHelp: true,
    run(call): Step {
      const [, first] = call.argv
      if (first === '-v' || first === '--version' || first === '-V')
        return ok(`${words(imageOfHost(call.world, call.host)?.version ?? '')}\n`)
      if (name.startsWith('python') && first === '-m' && call.argv[2] === 'pip') return pip(call)
      const script = call.argv.slice(1).find((word) => !word.startsWith('-'))
      if (script === undefined) return fail(`lab: running ${name} code is not modelled`, 127)
      const read = call.files.read(resolvePath(call.cwd, script))
      if (!('text' in read)) return missing(name, resolvePath(call.cwd, script))
      if (/\blisten\s*\(|\bapp\.run\s*\(|serve_forever|createServer/.test(read.text))
        return { wait: {}, state: null, catches: true }
      return fail(`lab: running ${name} code is not modelled`, 127)
    },
    resume: (call) => ({ exit: call.child?.exitCode ?? 143 }),
  }
}

function pip(call: Call): Step {
  return { wait: { run: { argv: ['pip', ...call.argv.slice(3)] } }, state: null }
}

function missing(name: string, path: string): Step {
  return name === 'node'
    ? fail(
        `node:internal/modules/cjs/loader:1386\n  throw err;\n  ^\n\nError: Cannot find module '${path}'\n    at Module._resolveFilename (node:internal/modules/cjs/loader:1383:15) {\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}`,
      )
    : fail(`${name}: can't open file '${path}': [Errno 2] No such file or directory`, 2)
}
