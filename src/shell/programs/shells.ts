import { ok, type Program } from '../program.ts'

/** A shell by name. The machine itself runs it: this only makes the name known, and answers `--help`. */
function shell(name: string): Program {
  return { name, summary: 'The command interpreter.', usage: '[-c COMMAND | FILE] [ARG]...', run: () => ok() }
}

export const shells: readonly Program[] = [shell('sh'), shell('bash'), shell('ash'), shell('dash')]
