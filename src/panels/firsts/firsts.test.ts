import { describe, expect, it } from 'vitest'
import { Scenario } from '../../host/scenarios/scenario.ts'
import { type Firsts, labViews } from '../../host/views/index.ts'
import { useFirsts } from '../../workspace/index.ts'
import { happened } from './happened.ts'
import { wordsOf } from './wordsOf.ts'

const view = labViews.find(({ name }) => name === 'firsts')

function seen({ headless }: Scenario): Firsts {
  return view?.selectLab(headless.lab, null) as Firsts
}

/** A world with three pods that was there before anybody sat down. */
function shop(): Scenario {
  const world = new Scenario(['lab cluster up', 'kubectl create deployment web --image=nginx:1.27 --replicas=3'])
  // Nobody's line: time has to pass.
  world.headless.lab.timeline.seek(40_000)
  return world
}

describe('first things', () => {
  it('are none while only the scene has acted, and are called as things are called here', () => {
    const world = shop()
    expect(seen(world)).toEqual({
      typed: false,
      built: false,
      killed: false,
      broke: false,
      one: 'Pod',
      machine: 'Node',
    })
    expect(wordsOf('kill', seen(world)).title).toBe('Kill a pod')
    expect(wordsOf('break', seen(world)).title).toBe('Break a node')
    expect(wordsOf('break', { one: 'Task', machine: 'Instance' }).title).toBe('Break an instance')
  })

  it('are ticked one by one by what a line did, and by nothing else', () => {
    const world = shop()
    const { lab } = world.headless
    world.run('kubectl get pods')
    expect(happened(seen(world), false)).toEqual(['type'])
    const [pod = ''] = world.rows('pods')[0] ?? []
    world.run(`kubectl delete pod ${pod} --wait=false`)
    expect(happened(seen(world), false)).toEqual(['kill', 'type'])
    world.run('kubectl create deployment more --image=nginx:1.27')
    expect(happened(seen(world), false)).toEqual(['kill', 'type', 'build'])
    world.run('lab fault node node-a1')
    lab.timeline.seek(lab.timeline.now + 60_000)
    expect(happened(seen(world), true)).toEqual(['kill', 'scrub', 'break', 'type', 'build'])
  })

  it('are read off another past when one is gone to', () => {
    const world = shop()
    const { lab } = world.headless
    const before = lab.timeline.now
    world.run('kubectl get pods')
    lab.timeline.seek(before - 1)
    expect(seen(world).typed).toBe(false)
    lab.timeline.seek(before + 60_000)
    expect(seen(world).typed).toBe(true)
  })

  it('once ticked stay ticked', () => {
    useFirsts.getState().tick('kill')
    useFirsts.getState().tick('why', 'kill')
    expect(useFirsts.getState().done).toEqual(['kill', 'why'])
  })
})
