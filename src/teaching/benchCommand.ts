import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { labDomains } from '../host/composition.ts'
import { loadMisconceptions } from './misconceptions/load.ts'
import { Maker } from './quiz/makeItem.ts'
import { readTemplate } from './quiz/readTemplate.ts'
import { Worlds } from './quiz/worlds.ts'

/** What making quiz items takes, printed as JSON: real ms, and ms of the processor. `npm run bench` starts it. */
interface QuizResult {
  readonly templates: number
  /**
   * `cold`: one item of each template, by a maker that has made none before. `warm`: another of each by the same maker.
   * `fresh`: fifty across all templates, by a fresh maker in a process that has made others before.
   */
  readonly taken: Readonly<Record<'cold' | 'warm' | 'fresh', Taken>>
  /** Templates whose first item took longest, slowest first, with processor ms. */
  readonly slowest: readonly (readonly [template: string, cpuMs: number])[]
}

interface Taken {
  readonly items: number
  readonly ms: number
  readonly cpuMs: number
}

const QUESTIONS = join(import.meta.dirname, '../lessons/questions')

/** Makes items of every question template and times it. */
async function measureQuiz(): Promise<QuizResult> {
  const misconceptions = await loadMisconceptions()
  const templates = readdirSync(QUESTIONS).flatMap((folder) => {
    const file = join(QUESTIONS, folder, 'question.md')
    return existsSync(file) ? (readTemplate(folder, readFileSync(file, 'utf8')).template ?? []) : []
  })
  const maker = new Maker(new Worlds(labDomains), misconceptions)
  const slowest: [string, number][] = []
  const cold = taken(templates.length, () => {
    for (const template of templates) slowest.push([template.id, taken(1, () => void maker.make(template, 1)).cpuMs])
  })
  const warm = taken(templates.length, () => {
    for (const template of templates) maker.make(template, 2)
  })
  const fresh = new Maker(new Worlds(labDomains), misconceptions)
  const fifty = taken(50, () => {
    for (let i = 0; i < 50; i++) {
      const template = templates[(i * 7) % templates.length]
      if (template) fresh.make(template, 1000 + i)
    }
  })
  slowest.sort((a, b) => b[1] - a[1])
  return { templates: templates.length, taken: { cold, warm, fresh: fifty }, slowest: slowest.slice(0, 5) }
}

function taken(items: number, work: () => void): Taken {
  const [began, before] = [performance.now(), process.cpuUsage()]
  work()
  const { user, system } = process.cpuUsage(before)
  return { items, ms: performance.now() - began, cpuMs: (user + system) / 1000 }
}

process.stdout.write(`${JSON.stringify(await measureQuiz())}\n`)
