/** What stands below the list of a rebase in the editor. */
export const TODO_HELP = `#
# Commands:
# p, pick <commit> = use commit
# r, reword <commit> = use commit, but edit the commit message
# e, edit <commit> = use commit, but stop for amending
# s, squash <commit> = use commit, but meld into previous commit
# f, fixup [-C | -c] <commit> = like "squash" but keep only the previous
#                    commit's log message, unless -C is used, in which case
#                    keep only this commit's message; -c is same as -C but
#                    opens the editor
# x, exec <command> = run command (the rest of the line) using shell
# b, break = stop here (continue rebase later with 'git rebase --continue')
# d, drop <commit> = remove commit
#
# These lines can be re-ordered; they are executed from top to bottom.
#
# If you remove a line here THAT COMMIT WILL BE LOST.
#
# However, if you remove everything, the rebase will be aborted.
#
`

/** One command of the list. */
export interface TodoItem {
  readonly verb: 'pick' | 'reword' | 'edit' | 'squash' | 'fixup' | 'drop' | 'break' | 'noop'
  readonly commit: string
  readonly line: string
}

const VERBS: { readonly [word: string]: TodoItem['verb'] } = {
  p: 'pick',
  r: 'reword',
  e: 'edit',
  s: 'squash',
  f: 'fixup',
  d: 'drop',
  b: 'break',
  pick: 'pick',
  reword: 'reword',
  edit: 'edit',
  squash: 'squash',
  fixup: 'fixup',
  drop: 'drop',
  break: 'break',
  noop: 'noop',
}

/** Reads the list; a line that is no command is answered as it is. */
export function parseTodo(text: string): readonly (TodoItem | { readonly bad: string })[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [word = '', ...rest] = line.split(/\s+/)
      const verb = VERBS[word]
      const commit = rest.find((one) => !one.startsWith('-')) ?? ''
      return verb ? { verb, commit, line } : { bad: line }
    })
}
