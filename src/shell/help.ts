import type { Flag, Program, Subcommand } from './program.ts'

/** The text of `--help`, from a program's declaration. */
export function helpOf(program: Program): string {
  const lines = [`Usage: ${program.name} ${program.usage}`.trimEnd(), program.summary]
  if (program.flags && program.flags.length > 0) lines.push('', 'Options:', ...program.flags.map(flagLine))
  if (program.subcommands && program.subcommands.length > 0)
    lines.push('', 'Commands:', ...program.subcommands.map(subcommandLine))
  if (program.examples && program.examples.length > 0)
    lines.push('', 'Examples:', ...program.examples.map((example) => `  ${example}`))
  return `${lines.join('\n')}\n`
}

/** How an option is written: `-n, --lines=NUM`. */
export function flagText({ name, short, value }: Flag): string {
  const long = name === undefined ? '' : `--${name}${value === undefined ? '' : `=${value}`}`
  const brief =
    short === undefined ? '    ' : `-${short}${name === undefined && value !== undefined ? ` ${value}` : ''}`
  return long === '' ? brief : short === undefined ? `    ${long}` : `${brief}, ${long}`
}

function flagLine(flag: Flag): string {
  return `  ${flagText(flag).padEnd(26)} ${flag.says}`
}

function subcommandLine({ name, summary }: Subcommand): string {
  return `  ${name.padEnd(16)} ${summary}`
}
