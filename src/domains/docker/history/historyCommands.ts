import { resolvePath } from '../../../shell/files.ts'
import { isOver } from '../build/build.ts'
import { NOTHING_TOLD, plainProgress, progressOf } from '../build/progress.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command, CommandFlag } from '../cli/command.ts'
import { formatRows } from '../cli/format.ts'
import { Problem } from '../cli/problem.ts'
import { humanDuration } from '../cli/units.ts'
import { inspectRecord } from './inspectRecord.ts'
import { rawProgress } from './rawProgress.ts'
import { beganAt, buildsOf, durationOf, durationText, nameOf, recordMeant, refOf, statusOf } from './records.ts'

const BUILDER: CommandFlag = { name: 'builder', type: 'string', says: 'Override the configured builder instance' }

/** `docker buildx history`: the builds that an engine remembers. Models: buildx commands/history */
export const historyCommands: readonly Command[] = [
  {
    path: 'buildx history ls',
    summary: 'List build records',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [
      BUILDER,
      { name: 'filter', type: 'stringArray', says: 'Provide filter values (e.g., "status=error")' },
      { name: 'format', type: 'string', says: 'Format the output' },
      { name: 'local', says: 'List records for current repository only' },
      { name: 'no-trunc', says: "Don't truncate output" },
    ],
    run(ask) {
      const rows = buildsOf(ask.world, ask.engine)
        .filter((build) => ask.all('filter').every((filter) => fits(filter, refOf(build), statusOf(build))))
        .map((build) => ({
          Ref: ask.flag('no-trunc') ? `default/default/${refOf(build)}` : refOf(build),
          Name: nameOf(build),
          Status: statusOf(build),
          CreatedAt: `${humanDuration(ask.world.now - beganAt(ask.world, build))} ago`,
          Duration: durationText(durationOf(ask.world, build)),
        }))
      ask.out(
        formatRows(
          rows,
          [
            ['BUILD ID', 'Ref'],
            ['NAME', 'Name'],
            ['STATUS', 'Status'],
            ['CREATED AT', 'CreatedAt'],
            ['DURATION', 'Duration'],
          ],
          { Ref: 'BUILD ID', Duration: 'DURATION' },
          ask.text('format'),
        ),
      )
      return { exit: 0 }
    },
  },
  {
    path: 'buildx history logs',
    summary: 'Print the logs of a build record',
    usage: '[OPTIONS] [REF]',
    args: [0, 1],
    flags: [BUILDER, { name: 'progress', type: 'string', says: 'Set type of progress output (plain, rawjson, tty)' }],
    run(ask) {
      const build = recordMeant(ask, ask.args[0])
      const items = progressOf(build, ask.world)
      const style = ask.text('progress') ?? 'plain'
      if (!['plain', 'rawjson', 'tty', 'auto', 'quiet'].includes(style))
        throw new Problem(`ERROR: invalid progress mode ${style}`)
      if (style === 'rawjson') ask.err(rawProgress(build, items))
      else if (style !== 'quiet') ask.err(plainProgress(items, NOTHING_TOLD).text)
      return { exit: 0 }
    },
  },
  inspectRecord,
  {
    path: 'buildx history rm',
    summary: 'Remove build records',
    usage: '[OPTIONS] [REF...]',
    flags: [BUILDER, { name: 'all', says: 'Remove all build records' }],
    run(ask) {
      const all = ask.flag('all')
      if (!all && ask.args.length === 0) throw new Problem('ERROR: rm requires at least one argument')
      if (all && ask.args.length > 0) throw new Problem('ERROR: rm requires either --all or at least one argument')
      const builds = all ? buildsOf(ask.world, ask.engine) : ask.args.map((ref) => recordMeant(ask, ref))
      ask.emit(builds.filter(isOver).map(({ id }) => ({ to: id, type: 'Forgotten', by: ask.engine })))
      return { exit: 0 }
    },
  },
  {
    path: 'buildx history export',
    summary: 'Export build records into Docker Desktop bundle',
    usage: '[OPTIONS] [REF...]',
    flags: [
      BUILDER,
      { name: 'all', says: 'Export all build records for the builder' },
      { name: 'finalize', says: 'Ensure build records are finalized before exporting' },
      { name: 'output', short: 'o', type: 'string', says: 'Output file path' },
    ],
    run(ask) {
      const text = exported(ask)
      const output = ask.text('output')
      if (output !== undefined) ask.call.files.write(resolvePath(ask.call.cwd, output), text)
      else if (ask.call.terminal)
        throw new Problem('ERROR: refusing to write to console, use --output to specify a file')
      else ask.out(text)
      return { exit: 0 }
    },
  },
]

function fits(filter: string, ref: string, status: string): boolean {
  const [, key, operator, value = ''] = /^(\w+)(!?=)(.*)$/.exec(filter) ?? []
  if (key !== 'status' && key !== 'ref') throw new Problem(`ERROR: invalid filter ${JSON.stringify(filter)}`)
  const is = key === 'ref' ? ref.startsWith(value) : status.toLowerCase() === value.toLowerCase()
  return operator === '=' ? is : !is
}

/** The records as the lab's own archive: what `history inspect` knows of each. */
function exported(ask: Ask): string {
  const builds = ask.flag('all')
    ? buildsOf(ask.world, ask.engine)
    : (ask.args.length > 0 ? ask.args : [undefined]).map((ref) => recordMeant(ask, ref))
  return JSON.stringify(builds.map((build) => ({ Ref: refOf(build), Name: nameOf(build), Status: statusOf(build) })))
}
