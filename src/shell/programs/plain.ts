import { formatText } from '../builtins/format.ts'
import { ok, type Program } from '../program.ts'

/** Programs that a shell also has inside, for hosts without a shell and for `xargs`. */
export const plain: readonly Program[] = [
  { name: 'true', summary: 'Do nothing, successfully.', usage: '', run: () => ok() },
  { name: 'false', summary: 'Do nothing, unsuccessfully.', usage: '', run: () => ({ exit: 1 }) },
  {
    name: 'echo',
    summary: 'Display a line of text.',
    usage: '[-n] [STRING]...',
    ownHelp: true,
    run: ({ argv }) => ok(argv[1] === '-n' ? argv.slice(2).join(' ') : `${argv.slice(1).join(' ')}\n`),
  },
  {
    name: 'printf',
    summary: 'Format and print data.',
    usage: 'FORMAT [ARGUMENT]...',
    run: ({ argv }) => ok(formatText(argv[1] ?? '', argv.slice(2)).text),
  },
  { name: 'pwd', summary: 'Print the name of the current directory.', usage: '', run: ({ cwd }) => ok(`${cwd}\n`) },
]
