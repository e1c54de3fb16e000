import { resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'
import { linesOf, readInputs, unlines } from './inputs.ts'

/** Models: GNU coreutils tail. `-f` looks whenever the host's files may have changed. */
export const tail: Program = {
  name: 'tail',
  summary: 'Print the last 10 lines of each FILE to standard output.',
  usage: '[OPTION]... [FILE]...',
  flags: [
    { name: 'lines', short: 'n', value: 'NUM', says: 'output the last NUM lines; with +NUM, from line NUM on' },
    { name: 'bytes', short: 'c', value: 'NUM', says: 'output the last NUM bytes' },
    { name: 'follow', short: 'f', says: 'output appended data as the file grows' },
    { short: 'F', says: 'same as -f, and wait for a file that is not there' },
    { name: 'quiet', short: 'q', says: 'never output headers giving file names' },
  ],
  run(call) {
    const options = readOptions(
      this,
      call.argv.map((arg) => (/^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg)),
    )
    if ('exit' in options) return options
    const { lines = '10', bytes } = options.given
    const written = String(bytes ?? lines)
    if (!/^[-+]?\d+$/.test(written))
      return fail(`tail: invalid number of ${bytes === undefined ? 'lines' : 'bytes'}: '${written}'`)
    const count = Math.abs(Number(written))
    const follows = options.given['follow'] || options.given['F']
    const { inputs, errors } = readInputs(
      call,
      'tail',
      options.operands.filter((name) => name !== '/dev/null' || !follows),
    )
    const stdout = inputs
      .map(({ name, text }, i) => {
        const title =
          options.operands.length > 1 && !options.given['quiet'] ? `${i > 0 ? '\n' : ''}==> ${name} <==\n` : ''
        if (bytes !== undefined)
          return title + (written.startsWith('+') ? text.slice(count - 1) : count === 0 ? '' : text.slice(-count))
        const all = linesOf(text)
        const some = written.startsWith('+') ? all.slice(Math.max(0, count - 1)) : count === 0 ? [] : all.slice(-count)
        return title + (some.length === all.length ? text : unlines(some))
      })
      .join('')
    const stderr = errors.replace(/^tail: (.*?): (.*)$/gm, "tail: cannot open '$1' for reading: $2")
    if (!follows || (errors !== '' && !options.given['F'])) return { exit: errors === '' ? 0 : 1, stdout, stderr }
    const seen = Object.fromEntries(inputs.map(({ name, text }) => [name, text.length]))
    return { wait: { changeOf: [call.host.kind] }, state: seen, stdout, stderr }
  },
  resume(call, state) {
    const seen = { ...(state as { [name: string]: number }) }
    let stdout = ''
    for (const [name, length] of Object.entries(seen)) {
      const read = call.files.read(resolvePath(call.cwd, name))
      if ('error' in read) continue
      stdout += read.text.length < length ? read.text : read.text.slice(length)
      seen[name] = read.text.length
    }
    return { wait: { changeOf: [call.host.kind] }, state: seen, stdout }
  },
}
