import {
  REPLACED,
  type Replacement,
  RULE_KIND,
  type RuleInWorld,
  replacementOf,
  replacements,
  ruleEntityId,
  type World,
} from '../../kernel/index.ts'
import { readOptions } from '../options.ts'
import { type Done, fail, ok, type Program } from '../program.ts'

/** `lab rule`: what would happen if a rule said what some people believe that it says. */
export const ruleVerb: Program = {
  name: 'rule',
  summary: 'let this world run by what some people believe, from now on',
  usage: 'list [PART] | replace NAME | restore NAME',
  operands: 'none',
  subcommands: [
    { name: 'list', summary: 'beliefs that can be tried; PART is looked for in names, rules and what they say' },
    { name: 'replace', summary: 'from now on this world decides by that belief' },
    { name: 'restore', summary: 'from now on the rule holds again as it really is' },
  ],
  examples: ['lab rule list scheduler', 'lab rule replace limits-decide', 'lab rule restore limits-decide'],
  run(call) {
    const options = readOptions(ruleVerb, call.argv)
    if ('exit' in options) return options
    const [what, name, more] = options.operands
    if (what === 'list' && more === undefined) return list(call.world, name)
    if (name !== undefined && more === undefined) {
      if (what === 'replace') return replace(call.world, name)
      if (what === 'restore') return restore(call.world, name)
    }
    return fail("lab rule: say 'lab rule list [PART]', 'lab rule replace NAME' or 'lab rule restore NAME'", 2)
  },
  complete({ world, words, word }) {
    const what = words.at(-1)
    if (words.length !== 2 || (what !== 'replace' && what !== 'restore')) return []
    return replacements()
      .filter((one) => one.id.startsWith(word) && isInForce(world, one) === (what === 'restore'))
      .map(({ id, says }) => ({ text: id, says }))
  },
}

function list(world: World, part: string | undefined): Done {
  const wanted = part?.toLowerCase() ?? ''
  const found = replacements().filter(({ id, rule, says }) =>
    [id, rule, says].some((text) => text.toLowerCase().includes(wanted)),
  )
  if (found.length === 0)
    return fail(
      part === undefined
        ? 'lab rule: nothing can be replaced here'
        : `lab rule: nothing with '${part}' can be replaced; 'lab rule list' shows all`,
    )
  const width = Math.max(4, ...found.map(({ id }) => id.length)) + 2
  const lines = found.map((one) => `${isInForce(world, one) ? '* ' : '  '}${one.id.padEnd(width)}${one.says}`)
  const marked = found.some((one) => isInForce(world, one))
  return ok(`  ${'NAME'.padEnd(width)}BELIEVES\n${lines.join('\n')}\n${marked ? '* in force in this world\n' : ''}`)
}

function replace(world: World, name: string): Done {
  const replacement = replacementOf(name)
  if (!replacement) return unknown(name)
  if (isInForce(world, replacement)) return fail(`lab rule: '${name}' is in force already`)
  const to = ruleEntityId(replacement.rule)
  return {
    exit: 0,
    stdout: `From now on this world believes: ${replacement.says}\nIt stands in for the rule ${replacement.rule}; 'lab rule restore ${name}' takes it back.\n`,
    emit: [{ to, kind: RULE_KIND, type: 'Replaced', data: { replacement: name } }],
  }
}

function restore(world: World, name: string): Done {
  const replacement = replacementOf(name)
  if (!replacement) return unknown(name)
  if (!isInForce(world, replacement)) return fail(`lab rule: '${name}' is not in force`)
  return {
    exit: 0,
    stdout: `From now on the rule holds again as it really is: ${replacement.instead}\n`,
    emit: [{ to: ruleEntityId(replacement.rule), type: 'Restored' }],
  }
}

function unknown(name: string): Done {
  return fail(`lab rule: there is nothing called '${name}' to replace a rule by; 'lab rule list' shows what there is`)
}

function isInForce(world: World, { id, rule }: Replacement): boolean {
  const entity = world.get(ruleEntityId(rule)) as RuleInWorld | undefined
  return entity?.state === REPLACED && entity.replacement === id
}
