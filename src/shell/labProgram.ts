import type { Json } from '../kernel/json.ts'
import { type Call, fail, type Program, type Step } from './program.ts'
import { ruleVerb } from './rules/ruleVerb.ts'

/**
 * The `lab` program: what can be done to a world beyond what its own tools do (bring machines, break things, send traffic).
 * Each verb is a program of a domain, besides `rule`; `lab fault node x` runs the verb `fault` with `fault node x`.
 */
export function labProgram(ofDomains: readonly Program[]): Program {
  const verbs = [...ofDomains, ruleVerb]
  const byName = new Map(verbs.map((verb) => [verb.name, verb]))
  const verbOf = (call: Call): Program | undefined => byName.get(call.argv[1] ?? '')
  const shifted = (call: Call): Call => ({ ...call, argv: call.argv.slice(1) })
  return {
    name: 'lab',
    summary: 'do to the world what its own tools cannot: bring machines, break things, send traffic',
    usage: 'VERB [ARGUMENT]...',
    ownHelp: true,
    operands: 'none',
    subcommands: verbs.map((verb) => ({
      name: verb.name,
      summary: verb.summary,
      usage: verb.usage,
      ...(verb.flags ? { flags: verb.flags } : {}),
      ...(verb.subcommands ? { subcommands: verb.subcommands } : {}),
      ...(verb.examples ? { examples: verb.examples } : {}),
    })),
    run(call): Step {
      const verb = verbOf(call)
      if (verb)
        return call.argv.includes('--help') && !verb.ownHelp
          ? { exit: 0, stdout: verbHelp(verb) }
          : verb.run(shifted(call))
      const [, word] = call.argv
      if (word === undefined || word === '--help' || word === '-h') return { exit: 0, stdout: overview(verbs) }
      if (word in OF_THE_PAGE)
        return fail(
          `lab: '${word}' turns the clock or reads the journal, which only a line of its own in a terminal of the page can do`,
        )
      return fail(`lab: there is no verb '${word}'; 'lab --help' lists them`)
    },
    resume(call, state: Json): Step {
      return verbOf(call)?.resume?.(shifted(call), state) ?? fail('lab: nothing to go on with')
    },
    complete: (asking) =>
      byName.get(asking.words[1] ?? '')?.complete?.({ ...asking, words: asking.words.slice(1) }) ?? [],
  }
}

/** Verbs that the terminal's page does itself: nothing inside of the world can turn its clock. */
const OF_THE_PAGE: Readonly<Record<string, string>> = {
  goto: 'go to a time of this branch, back or ahead',
  branch: 'list the branches, or show another one',
  fork: 'give a line at an earlier time, which begins a new branch',
  seed: 'print the seed of this world',
  explain: 'say why a thing is as it is, back to the command that began it',
}

function overview(verbs: readonly Program[]): string {
  const width = Math.max(...verbs.map((verb) => verb.name.length))
  const lines = verbs.map((verb) => `  ${verb.name.padEnd(width)}  ${verb.summary}`)
  const page = Object.entries(OF_THE_PAGE).map(([name, says]) => `  ${name.padEnd(width)}  ${says}`)
  return `Usage: lab VERB [ARGUMENT]...\n\nVerbs:\n${lines.join('\n')}\n\nVerbs that the page does, in its terminal alone and beside the history:\n${page.join('\n')}\n\n'lab VERB --help' says more about one.\n`
}

function verbHelp(verb: Program): string {
  const names = (verb.flags ?? []).map(
    ({ short, name, value }) =>
      `${short ? `-${short}${name ? `, --${name}` : ''}` : `    --${name}`}${value ? ` ${value}` : ''}`,
  )
  const width = Math.max(0, ...names.map((name) => name.length)) + 2
  const flags = (verb.flags ?? []).map(({ says }, i) => `  ${(names[i] ?? '').padEnd(width)}${says}`)
  const subcommands = (verb.subcommands ?? []).map((one) => `  ${one.name.padEnd(14)}${one.summary}`)
  return [
    `Usage: lab ${verb.name} ${verb.usage}`,
    verb.summary,
    ...(subcommands.length > 0 ? ['', 'What:', ...subcommands] : []),
    ...(flags.length > 0 ? ['', 'Options:', ...flags] : []),
    ...(verb.examples && verb.examples.length > 0 ? ['', 'Examples:', ...verb.examples.map((one) => `  ${one}`)] : []),
    '',
  ].join('\n')
}
