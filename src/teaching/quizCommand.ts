import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { labDomains } from '../host/composition.ts'
import { readConcepts } from './concepts.ts'
import { loadMisconceptions } from './misconceptions/load.ts'
import type { Evaluated } from './quiz/evaluated.ts'
import { feedbackOf } from './quiz/feedback.ts'
import type { ItemPart } from './quiz/item.ts'
import { Maker, optionsOf } from './quiz/makeItem.ts'
import { prove } from './quiz/proof.ts'
import { readTemplate } from './quiz/readTemplate.ts'
import type { Template } from './quiz/template.ts'
import { Worlds } from './quiz/worlds.ts'

const USAGE = `Usage: npx tsx src/teaching/quizCommand.ts FOLDER... [--all] [--seeds N]
Proves question templates over all that they can draw (at most 200, or N), and prints two items of each (all with --all).
`

async function main(argv: readonly string[]): Promise<number> {
  const all = argv.includes('--all')
  const at = argv.indexOf('--seeds')
  const most = at < 0 ? 200 : Number(argv[at + 1])
  const folders = argv.filter((arg, i) => !arg.startsWith('--') && (at < 0 || i !== at + 1))
  if (folders.length === 0 || !Number.isFinite(most)) {
    process.stderr.write(USAGE)
    return 2
  }
  const misconceptions = await loadMisconceptions()
  const { concepts } = readConcepts(readFileSync(join(import.meta.dirname, '../lessons/concepts.yaml'), 'utf8'))
  let wrong = 0
  for (const folder of folders) {
    const path = resolve(folder)
    const { template, problems } = readTemplate(basename(path), readFileSync(join(path, 'question.md'), 'utf8'))
    for (const { line, message } of problems) say(`${folder}/question.md:${line}: ${message}`)
    wrong += problems.length
    if (!template) continue
    const known = new Set(concepts.map(({ id }) => id))
    for (const id of template.concepts)
      if (!known.has(id)) {
        say(`${folder}: there is no concept ${id}`)
        wrong++
      }
    const began = performance.now()
    const proof = prove(template, misconceptions, most)
    const items = proof.items.length
    for (const problem of proof.problems) say(`${folder}: ${problem}`)
    wrong += proof.problems.length
    const took = Math.round(performance.now() - began)
    say(
      `${template.id}: ${items} items in ${took} ms (${(took / Math.max(1, items)).toFixed(1)} ms each, the proof included)`,
    )
    say(`  draws that make none: ${JSON.stringify(proof.unfit)}`)
    say(`  wrong answers by misconception: ${JSON.stringify(proof.diagnosed)}`)
    say(`  rules cited: ${proof.cited.join(', ')}`)
    const worlds = new Worlds(labDomains)
    const maker = new Maker(worlds, misconceptions)
    const shown = all ? proof.items : [proof.items[0], proof.items[Math.floor(items / 2)]]
    for (const one of new Set(shown)) if (one) tell(worlds, misconceptions, template, one)
    const made = maker.make(template, 1)
    if ('item' in made) say(`  seed 1 has the code ${made.item.code}`)
  }
  say(wrong === 0 ? 'all is well' : `${wrong} ${wrong === 1 ? 'problem' : 'problems'}`)
  return wrong === 0 ? 0 : 1
}

function tell(
  worlds: Worlds,
  misconceptions: Awaited<ReturnType<typeof loadMisconceptions>>,
  template: Template,
  one: Evaluated,
): void {
  say(`\n--- ${template.title} (${template.format}), ${JSON.stringify(one.drawn)}`)
  for (const part of one.item.prompt) say(textOf(part))
  const { asked } = one.item
  const options = optionsOf(asked)
  for (const option of options) {
    const wrong = one.distractors.find(({ says }) => says === option)
    say(
      `  ${option === one.truth ? '(x)' : '( )'} ${option}${wrong?.misconception ? `   <- ${wrong.misconception}` : ''}`,
    )
  }
  if (options.length === 0) {
    say(JSON.stringify(asked, undefined, 1))
    if (one.truth !== undefined) say(`  answer: ${one.truth}`)
    for (const { says, misconception } of one.distractors)
      say(`  wrong: ${says}${misconception ? `   <- ${misconception}` : ''}`)
  } else if (asked.format === 'place') for (const place of asked.places) say(`      ${JSON.stringify(place)}`)
  const feedback = feedbackOf(
    worlds,
    misconceptions,
    template,
    one,
    one.truth ?? one.filled.lines?.right ?? one.filled.solution ?? '',
  )
  say(`  says: ${feedback.says}`)
  for (const { text, rule } of feedback.trace) say(`    why: ${text}${rule ? `   [${rule}]` : ''}`)
  for (const { at, text } of feedback.replay)
    say(`    ${(at / 1000).toFixed(1)} s  ${text.replaceAll('\n', ' ').slice(0, 140)}`)
  for (const [name, { text }] of Object.entries(feedback.verdicts)) say(`    ${name}: ${text}`)
}

function textOf(part: ItemPart): string {
  if (part.is === 'printed') return part.of.map(({ line, output }) => `$ ${line}\n${output}`).join('\n')
  if (part.is === 'code') return part.text
  if (part.is === 'paragraph') return inline(part.of)
  if (part.is === 'list') return part.items.map((item) => `- ${item.map(textOf).join(' ')}`).join('\n')
  return part.of.map(textOf).join('\n')
}

function inline(of: readonly unknown[]): string {
  return (of as readonly { text?: string; of?: readonly unknown[] }[])
    .map((one) => one.text ?? inline(one.of ?? []))
    .join('')
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

process.exitCode = await main(process.argv.slice(2))
