import { subjectOf } from '../revision/pretty.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { chosen, WALK_FLAGS } from './log.ts'

/** Models: git builtin/shortlog.c */
export const shortlog: Command = {
  name: 'shortlog',
  summary: "Summarize 'git log' output",
  usage: ['git shortlog [<options>] [<revision-range>] [[--] <path>...]'],
  place: 'repository',
  completes: 'refs',
  flags: [
    ...flags(`
      n,numbered | sort output according to the number of commits per author
      s,summary | suppress commit descriptions, only provides commit count
      e,email | show the email address of each author
      c,committer | group by committer
    `),
    ...WALK_FLAGS.filter(({ short, name }) => short !== 'n' && name !== 'committer'),
  ],
  run(ask) {
    const groups = new Map<string, string[]>()
    for (const { commit } of [...chosen(ask)].reverse()) {
      const who = ask.flag('committer') ? commit.committer : commit.author
      const key = ask.flag('email') ? `${who.name} <${who.email}>` : who.name
      groups.set(key, [...(groups.get(key) ?? []), subjectOf(commit.message)])
    }
    const sorted = [...groups].sort(
      ([a, x], [b, y]) => (ask.flag('numbered') ? y.length - x.length : 0) || (a < b ? -1 : 1),
    )
    for (const [who, subjects] of sorted)
      ask.out(
        ask.flag('summary')
          ? `${String(subjects.length).padStart(6)}\t${who}\n`
          : `${who} (${subjects.length}):\n${subjects.map((one) => `      ${one}\n`).join('')}\n`,
      )
    return 0
  },
}
