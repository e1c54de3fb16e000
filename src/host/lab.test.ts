import { describe, expect, it } from 'vitest'
import { digest } from '../kernel/index.ts'
import { toyDomain } from '../kernel/testing/toyWorld.ts'
import { inProcess } from './inProcess.ts'
import { Lab } from './lab.ts'
import { load, saveOf } from './save.ts'
import type { Clock, Inspection, Why } from './views/index.ts'
import { labViews } from './views/index.ts'

const options = { domains: [toyDomain], views: labViews }

function played(): Lab {
  const lab = new Lab({ ...options, seed: 5 })
  lab.command('make a b')
  lab.seek(4000)
  lab.command('paint a red')
  lab.seek(9000)
  return lab
}

describe('a lab', () => {
  it('moves with real time at its pace, in whole ms, and keeps what is left', () => {
    const lab = new Lab({ ...options, seed: 5 })
    lab.play(0.25)
    for (let i = 0; i < 10; i++) lab.tick(1)
    expect(lab.timeline.now).toBe(2)
    lab.play(500)
    lab.tick(10)
    expect(lab.timeline.now).toBe(2 + 600)
    lab.pause()
    lab.tick(1000)
    expect(lab.timeline.now).toBe(602)
  })

  it('steps by event, forth and back', () => {
    const lab = played()
    lab.seek(600)
    lab.step(1)
    const at = lab.timeline.now
    expect(at).toBeGreaterThan(600)
    lab.step(-1)
    expect(lab.timeline.now).toBeLessThan(at)
  })

  it('tries lines on a world that is thrown away', () => {
    const lab = played()
    const before = digest(lab.simulation.journal)
    const state = lab.trial(['break a'], 1000, (other) => other.simulation.world.get('lamp/a')?.state)
    expect(state).not.toBe(lab.simulation.world.get('lamp/a')?.state)
    expect(digest(lab.simulation.journal)).toBe(before)
  })

  it('tells only those views again that may have changed', () => {
    const lab = played()
    const id = lab.subscribe('inspect', { id: 'lamp/a' })
    expect(lab.frame()?.values.map(([one]) => one)).toEqual([id])
    expect(lab.frame()).toBeUndefined()
    lab.command('paint a blue')
    const [told] = lab.frame()?.values ?? []
    expect((told?.[1] as Inspection | undefined)?.history.length).toBeGreaterThan(1)
    expect(() => lab.subscribe('nothing')).toThrow(/no view/)
  })

  it('V1: gives JSON from every view, the same for the same world', () => {
    const lab = played()
    const params: Record<string, unknown> = {
      inspect: { id: 'lamp/a' },
      why: { entity: 'lamp/a' },
      timeline: { from: 0, to: 9000 },
      gesture: { connect: 'lamp/a', to: 'lamp/b' },
    }
    for (const { name } of labViews) {
      if (!(name in params) && !['clock', 'scene', 'palette'].includes(name)) continue
      const value = lab.ask(name, (params[name] ?? null) as never)
      expect(JSON.parse(JSON.stringify(value)), name).toEqual(
        JSON.parse(JSON.stringify(lab.ask(name, (params[name] ?? null) as never))),
      )
    }
    expect((lab.ask('why', { entity: 'lamp/a' }) as Why).chain.at(-1)?.root).toBe(true)
  })

  it('is had again from its save, all branches of it', () => {
    const lab = played()
    lab.seek(4500)
    lab.command('break b')
    lab.seek(8000)
    const save = JSON.parse(JSON.stringify(saveOf(lab)))
    const again = new Lab({ ...options, seed: save.seed })
    load(again, save)
    expect(digest(again.simulation.journal)).toBe(digest(lab.simulation.journal))
    expect(saveOf(again)).toEqual(saveOf(lab))
  })
})

describe('a lab served in process', () => {
  it('answers as the contract says', async () => {
    const client = inProcess({ ...options, complete: () => ({ from: 0, candidates: [] }) })
    const seen: Clock[] = []
    const stop = client.subscribe('clock', null, (value) => seen.push(value as Clock))
    await client.open({ seed: 3, lines: ['make a'] })
    client.tick(0)
    await client.play(10)
    client.tick(100)
    expect(seen.at(-1)).toMatchObject({ now: 1000, playing: true, seed: 3 })
    await client.seek(10)
    client.tick(0)
    expect(seen.at(-1)).toMatchObject({ now: expect.any(Number), inPast: true })
    stop()
    const count = seen.length
    client.tick(1000)
    expect(seen.length).toBe(count)
    await expect(client.ask('nothing')).rejects.toThrow(/no view/)
  })

  it('keeps the present world when a save does not open', async () => {
    const client = inProcess({ ...options, complete: () => ({ from: 0, candidates: [] }) })
    await client.open({ seed: 3, lines: ['make a'] })
    const save = await client.save()
    await expect(client.open({ ...save, branches: [{ ...save.branches[0], id: 7 } as never] })).rejects.toThrow(
      /no place/,
    )
    expect(await client.save()).toEqual(save)
  })
})
