import { resolvePath } from '../files.ts'
import { fail, ok, type Program } from '../program.ts'

/** Models: GNU coreutils basename. */
export const basenameProgram: Program = {
  name: 'basename',
  summary: 'Print NAME with any leading directory components removed.',
  usage: 'NAME [SUFFIX]',
  run(call) {
    const [, name, suffix = ''] = call.argv
    if (name === undefined) return fail("basename: missing operand\nTry 'basename --help' for more information.")
    const base = name.replace(/\/+$/, '').replace(/^.*\//, '') || '/'
    return ok(`${suffix !== '' && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base}\n`)
  },
}

/** Models: GNU coreutils dirname. */
export const dirnameProgram: Program = {
  name: 'dirname',
  summary: 'Output each NAME with its last non-slash component removed.',
  usage: 'NAME...',
  run(call) {
    const names = call.argv.slice(1)
    if (names.length === 0) return fail("dirname: missing operand\nTry 'dirname --help' for more information.")
    return ok(
      names
        .map(
          (name) =>
            `${/^\/+[^/]*\/*$/.test(name) ? '/' : name.includes('/') ? name.replace(/\/+[^/]*\/*$/, '') : '.'}\n`,
        )
        .join(''),
    )
  },
}

/** Models: GNU coreutils realpath. */
export const realpath: Program = {
  name: 'realpath',
  summary: 'Print the resolved absolute file name.',
  usage: 'FILE...',
  run(call) {
    const names = call.argv.slice(1).filter((arg) => !arg.startsWith('-'))
    if (names.length === 0) return fail("realpath: missing operand\nTry 'realpath --help' for more information.")
    return ok(names.map((name) => `${resolvePath(call.cwd, name)}\n`).join(''))
  },
}
