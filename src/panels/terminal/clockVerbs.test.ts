import { describe, expect, it } from 'vitest'
import { labCompletion, labDomains } from '../../host/composition.ts'
import { inProcess } from '../../host/inProcess.ts'
import type { Clock } from '../../host/views/index.ts'
import { labViews } from '../../host/views/index.ts'
import { clockVerb, type Said } from './clockVerbs.ts'

async function started() {
  const lab = inProcess({ domains: labDomains, views: labViews, complete: labCompletion })
  await lab.command('lab cluster up --nodes 2')
  await lab.seek(40_000)
  await lab.command('kubectl create deployment web --image=nginx:1.27')
  await lab.seek(90_000)
  const say = async (line: string) =>
    ((await clockVerb(lab, line)) as readonly Said[]).map(({ text }) => text).join('\n')
  const clock = async () => (await lab.ask('clock')) as Clock
  return { lab, say, clock }
}

describe('verbs of lab that the page does', () => {
  it('turn the clock back and ahead, and refuse what is no time', async () => {
    const { say, clock } = await started()
    expect(await say('lab goto 0:50')).toBe('It is 00:50.0.')
    expect((await clock()).now).toBe(50_000)
    await say('lab goto now')
    expect((await clock()).now).toBe(90_000)
    expect(await say('lab goto soon')).toContain("'soon' is not a time")
    expect(await say('lab seed')).toBe(String((await clock()).seed))
  })

  it('begin a branch in the past, and show another one', async () => {
    const { say, clock } = await started()
    await say('lab fork 0:50 kubectl scale deployment web --replicas=3')
    expect((await clock()).branches).toHaveLength(2)
    await say('lab branch 0')
    expect((await clock()).branch).toBe(0)
    expect(await say('lab branch 7')).toContain("no branch '7'")
  })

  it('explain a thing back to the line that began it', async () => {
    const { say } = await started()
    expect(await say('lab explain deployment/web')).toContain('kubectl create deployment web')
    expect(await say('lab explain nothing')).toContain("nothing called 'nothing'")
  })

  it('leave every other line to the world', async () => {
    const { lab } = await started()
    for (const line of ['lab node add', 'kubectl get pods', 'echo lab goto 1'])
      expect(clockVerb(lab, line)).toBeUndefined()
  })
})
