import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ExportedFile } from '../../kernel/index.ts'
import { labDomains } from '../composition.ts'
import { Headless } from '../headless.ts'
import { Lab } from '../lab.ts'
import { load } from '../save.ts'
import { readScene, saveOfScene } from '../scene.ts'
import { labViews } from '../views/index.ts'
import { liveFiles } from './liveFiles.ts'

const SCENES = join(import.meta.dirname, '../../lessons/scenes')

/** What an import has beside what was exported: the stack that it was deployed as, and what builds leave behind. */
const OF_THE_IMPORT =
  /^(aws\.cloudformation\.|docker\.Build|docker\.Image$|docker\.Engine$|containerd\.|aws\.ecs\.(Task|Deployment|Release)$|aws\.ecr\.Image$|aws\.codebuild\.Build$|aws\.codepipeline\.(Execution|Action)$|aws\.codebuild\.Report$|aws\.iam\.(Role|InstanceProfile)$|aws\.ec2\.NetworkInterface$|git\.)/

function scene(name: string): Lab {
  const save = saveOfScene(readScene(name, readFileSync(join(SCENES, `${name}.sh`), 'utf8')))
  const lab = new Lab({ domains: labDomains, views: labViews, seed: save.seed })
  load(lab, save)
  return lab
}

/** Puts files into a fresh world of another seed, runs the script and lets it settle. */
function imported(files: readonly ExportedFile[]): {
  readonly lab: Lab
  readonly output: string
  readonly exitCode: number
} {
  const headless = new Headless({ seed: 99, pace: 10 })
  headless.run(`mkdir -p ${[...new Set(files.map(({ path }) => dirname(`live/${path}`)))].join(' ')}`)
  for (const { path, text } of files) {
    const quoted = `'${text.replaceAll("'", "'\\''")}'`
    expect(headless.run(`printf %s ${quoted} > live/${path}`).exitCode).toBe(0)
  }
  const { output, exitCode } = headless.run('(cd live && sh up.sh)')
  headless.lab.seek(headless.lab.timeline.now + 400_000)
  return { lab: headless.lab, output, exitCode }
}

/** How many things there are by kind, without what an import adds. */
function counts({ simulation }: Lab): Record<string, number> {
  const found: Record<string, number> = {}
  for (const { kind } of simulation.allKinds()) {
    const count = simulation.world.count(kind)
    if (count > 0 && !OF_THE_IMPORT.test(kind)) found[kind] = count
  }
  return found
}

const LEAST: Readonly<Record<string, readonly string[]>> = {
  shop: ['README.md', 'up.sh', 'kubernetes/kustomization.yaml', 'kubernetes/default/deployment-web.yaml'],
  'one-world': [
    'aws/template.yaml',
    'aws/pipelines/quotes.json',
    'repositories/quotes/buildspec.yml',
    'kubernetes/default/service-quotes.yaml',
  ],
  placement: ['aws/template.yaml', 'aws/task-definitions/packed-1.json', 'aws/task-definitions/spread-1.json'],
  docker: ['compose.yaml', 'images/quotes-1/Dockerfile'],
}

describe('what is taken away and brought back', () => {
  for (const [name, least] of Object.entries(LEAST))
    it(`is the same world: ${name}`, { timeout: 60_000 }, () => {
      const lab = scene(name)
      const files = liveFiles(labDomains, lab.simulation.world)
      expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining([...least]))
      const again = imported(files)
      expect(again.exitCode, again.output).toBe(0)
      expect(counts(again.lab)).toEqual(counts(lab))
      const texts = (from: readonly ExportedFile[]) => Object.fromEntries(from.map(({ path, text }) => [path, text]))
      expect(texts(liveFiles(labDomains, again.lab.simulation.world))).toEqual(texts(files))
    })

  it('is nothing of a world in which nothing was built', () => {
    const { lab } = new Headless({ scene: ['lab cluster up'] })
    expect(liveFiles(labDomains, lab.simulation.world)).toEqual([])
  })
})
