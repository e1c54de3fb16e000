import { basename, resolve } from 'node:path'
import { labDomains } from '../host/composition.ts'
import { factWords } from '../host/facts.ts'
import { filesOf, library } from './lesson/folders.ts'
import { proveLesson } from './lesson/prove.ts'

const USAGE = `Usage: npx tsx src/teaching/lessonCommand.ts DIR... [--tell] | --facts
Reads lessons and goes through them as learners of all sorts would; says what is wrong, with file and line.
  --tell    also says what each run did
  --facts   lists the facts that a text may name
`

async function main(argv: readonly string[]): Promise<number> {
  if (argv.includes('--facts')) {
    for (const [name, words] of Object.entries(factWords(labDomains)))
      process.stdout.write(`{fact:${name}}  ${words}\n`)
    return 0
  }
  const directories = argv.filter((arg) => !arg.startsWith('-'))
  if (directories.length === 0) {
    process.stderr.write(USAGE)
    return 2
  }
  const known = await library(argv.includes('--tell') ? (text) => process.stdout.write(`${text}\n`) : undefined)
  let wrong = 0
  for (const directory of directories) {
    const problems = proveLesson(basename(resolve(directory)), filesOf(directory), known)
    for (const { file, line, message } of problems) process.stdout.write(`${directory}/${file}:${line}: ${message}\n`)
    if (problems.length === 0) process.stdout.write(`${directory}: proven\n`)
    wrong += problems.length
  }
  return wrong > 0 ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2))
