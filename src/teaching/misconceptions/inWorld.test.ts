import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { labDomains } from '../../host/composition.ts'
import { Headless } from '../../host/headless.ts'
import { Lab } from '../../host/lab.ts'
import { linesOf } from '../../host/linesOf.ts'
import { load, saveOf } from '../../host/save.ts'
import {
  type Changes,
  type Comparison,
  type DecisionPicture,
  labViews,
  type Otherwise,
  type Why,
} from '../../host/views/index.ts'
import { digest, type Entity } from '../../kernel/index.ts'
import { loadMisconceptions } from './load.ts'

beforeAll(async () => {
  await loadMisconceptions()
})

/** A scene as a page plays it: each stretch at its time. */
function scene(name: string): Lab {
  const text = readFileSync(join(import.meta.dirname, '../../lessons/scenes', `${name}.sh`), 'utf8')
  const lab = new Lab({ domains: labDomains, views: labViews, seed: 1 })
  for (const stretch of text.split(/^# at: /m)) {
    const [, seconds] = /^(\d+)s\n/.exec(stretch) ?? []
    if (seconds !== undefined) lab.seek(Number(seconds) * 1000)
    for (const line of linesOf(stretch.replace(/^\d+s\n/, ''))) lab.command(line, 'main', 'scene')
  }
  lab.seek(Number(/settle: (\d+)s/.exec(text)?.[1]) * 1000)
  return lab
}

function waiting(lab: Lab): string | undefined {
  for (const pod of lab.simulation.world.all('k8s.Pod')) if (pod.state === 'Unscheduled') return pod.id
  return undefined
}

function nodeOf(lab: Lab, pod: string): unknown {
  return (lab.simulation.world.get(pod) as Entity & { spec?: { nodeName?: string } })?.spec?.nodeName
}

describe('lab rule', () => {
  it('lists what people believe of a rule, and says what is wrong with a name', () => {
    const headless = new Headless({ scene: ['lab cluster up'] })
    const all = headless.run('lab rule list')
    expect(all.output).toMatch(/limits-decide +The limits decide where a pod fits\./)
    expect(headless.run('lab rule list limit').output.split('\n').length).toBeLessThan(10)
    expect(headless.run('lab rule list zebra')).toMatchObject({
      exitCode: 1,
      output: "lab rule: nothing with 'zebra' can be replaced; 'lab rule list' shows all\n",
    })
    expect(headless.run('lab rule replace no-such-thing')).toMatchObject({
      exitCode: 1,
      output:
        "lab rule: there is nothing called 'no-such-thing' to replace a rule by; 'lab rule list' shows what there is\n",
    })
    expect(headless.run('lab rule restore limits-decide').output).toBe("lab rule: 'limits-decide' is not in force\n")
    expect(headless.run('lab rule').exitCode).toBe(2)
    expect(headless.run('lab rule replace limits-decide').output).toContain(
      'From now on this world believes: The limits',
    )
    expect(headless.run('lab rule replace limits-decide').output).toBe(
      "lab rule: 'limits-decide' is in force already\n",
    )
    expect(headless.run('lab rule list limits-decide').output).toContain('* limits-decide')
    expect(headless.run('lab rule restore limits-decide')).toMatchObject({ exitCode: 0 })
  })

  it('lets a pod fit only by the mistaken rule, on a branch that begins before it was decided', () => {
    const lab = scene('crowded')
    const pod = waiting(lab) as string
    const { end } = lab.timeline.branch
    const why = lab.ask('why', { entity: pod }) as Why
    const otherwise = lab.ask('otherwise', { event: why.decision ?? 0 }) as readonly Otherwise[]
    const wrong = otherwise.find(({ id }) => id === 'taints-ignored')
    expect(wrong).toMatchObject({ inForce: false, line: 'lab rule replace taints-ignored' })
    expect(otherwise.some(({ rule }) => !rule.startsWith('k8s.'))).toBe(false)

    lab.seek(wrong?.at ?? 0)
    lab.command(wrong?.line ?? '', 'main', 'timeline')
    lab.seek(end)
    expect(nodeOf(lab, pod)).toBe('node-a2')
    const picture = lab.ask('decision', { entity: pod }) as DecisionPicture
    expect(picture.replaced.map(({ id }) => id)).toEqual(['taints-ignored'])
    expect(picture.candidates.find(({ winner }) => winner)?.name).toBe('node-a2')
    const comparison = lab.ask('compare', { a: 0, b: 1 }) as Comparison
    expect(comparison.b.line).toBe(wrong?.line)
    expect(comparison.differences.map(({ id }) => id)).toContain(pod)

    // It is part of the branch: gone before the line, there again after it, the same in a save, and not on the first branch.
    const ran = digest(lab.simulation.journal)
    lab.seek((wrong?.at ?? 0) - 1)
    expect(lab.simulation.world.rules.replaced).toEqual([])
    lab.seek(end)
    expect(lab.simulation.world.rules.replaced).toEqual(['k8s.scheduler.filter/TaintToleration'])
    expect(digest(lab.simulation.journal)).toBe(ran)
    const again = new Lab({ domains: labDomains, views: labViews, seed: 1 })
    load(again, JSON.parse(JSON.stringify(saveOf(lab))))
    expect(digest(again.simulation.journal)).toBe(ran)
    lab.switchTo(0)
    expect(lab.simulation.world.rules.replaced).toEqual([])
    expect(waiting(lab)).toBe(pod)

    // On the branch the same question offers the way back.
    lab.switchTo(1)
    const back = (lab.ask('otherwise', { event: picture.event }) as readonly Otherwise[]).find(
      ({ id }) => id === 'taints-ignored',
    )
    expect(back).toMatchObject({ inForce: true, line: 'lab rule restore taints-ignored' })
  }, 60_000)
})

describe('one thing changed', () => {
  it('is tried on a world beside this one, which itself does not move', () => {
    const lab = scene('crowded')
    const pod = waiting(lab) as string
    const before = [digest(lab.simulation.journal), lab.timeline.now, lab.simulation.world.version('k8s.Pod')]
    const { decision = 0 } = lab.ask('why', { entity: pod }) as Why
    const changes = lab.ask('changes', { event: decision }) as Changes
    expect(
      changes.found.find(({ line }) => line === 'kubectl taint nodes node-a2 dedicated:NoSchedule-'),
    ).toMatchObject({ changed: true, outcome: expect.stringMatching(/^node-a2 wins/) })
    const own = lab.ask('changes', {
      event: decision,
      instead: 'sed -i s/800m/100m/ web.yaml; kubectl apply -f web.yaml',
    })
    expect((own as Changes).found[0]).toMatchObject({
      changed: true,
      outcome: expect.stringMatching(/^node-a1 wins, /),
    })
    expect(changes.found.find(({ label }) => label === 'Tolerate `dedicated`')).toMatchObject({
      behind: changes.root,
      outcome: expect.stringMatching(/^node-a2 wins, /),
    })
    const same = lab.ask('changes', { event: decision, instead: 'kubectl apply -f web.yaml' }) as Changes
    expect(same.found[0]).toMatchObject({ changed: false, outcome: 'nobody is left' })
    expect([digest(lab.simulation.journal), lab.timeline.now, lab.simulation.world.version('k8s.Pod')]).toEqual(before)
  }, 60_000)

  it('is tried where tasks are placed, too', () => {
    const lab = scene('placement')
    const task = [...lab.simulation.world.all('aws.ecs.Task')].findLast(
      ({ id }) => (lab.ask('decision', { entity: id }) as DecisionPicture | null)?.scorers.length === 2,
    )
    const picture = lab.ask('decision', { entity: task?.id ?? '' }) as DecisionPicture
    const winner = picture.candidates.find(({ winner }) => winner)
    expect(winner?.meters.map(({ gets }) => gets)).toEqual([256, 900])
    const changes = lab.ask('changes', { event: picture.event }) as Changes
    const instead =
      changes.root?.line.replace('--placement-strategy', '--placement-strategy type=binpack,field=memory #') ?? ''
    const own = lab.ask('changes', { event: picture.event, instead }) as Changes
    // By memory the machines that have packed tasks are fuller, and binpack wants the fullest.
    expect(own.found[0]).toMatchObject({ changed: true, outcome: expect.stringMatching(/^i-\w+ wins, 100 to 0$/) })
  }, 60_000)
})
