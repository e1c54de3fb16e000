import { beforeAll, describe, expect, it } from 'vitest'
import { digest } from '../kernel/index.ts'
import { installedPrograms } from '../shell/index.ts'
import { goesBeyond, PROGRAMS_BEYOND } from './beyondCore.ts'
import { coreDomains, coreVerbs, labCompletion } from './coreComposition.ts'
import { Growing } from './growing.ts'
import { Lab } from './lab.ts'
import type { Message, Method } from './protocol.ts'
import { type Save, saveOf } from './save.ts'
import { Service } from './serve.ts'
import type { PaletteEntry, TerminalEntry } from './views/index.ts'
import { labViews } from './views/index.ts'

const whole = () => import('./composition.ts').then(({ labDomains }) => labDomains)

const history: readonly (readonly [seconds: number, line: string, by?: string])[] = [
  [0, 'lab cluster up --nodes 3 --zones 2'],
  [31, 'kubectl create deployment shop --image=nginx:1.27 --replicas=4 --port=80'],
  [40.25, 'kubectl expose deployment shop --port=80'],
  [50, 'lab traffic start customers --to service/shop --rate 80'],
  [60, 'lab image add shop:1 --port 80'],
  [70, 'kubectl set image deployment/shop nginx=shop:1'],
  [95, 'lab fault node node-b1 --for 1m', 'fault'],
  [100, 'kubectl scale deployment shop --replicas=6', 'canvas'],
  [130, 'kubectl run -i --rm ask --image=busybox:1.37 --restart=Never -- wget -qO- shop'],
  [170, 'for i in 1 2 3; do kubectl get pods; nothing-like-it; sleep 5; done'],
]
const END = 240_000

function played(domains: typeof coreDomains): Lab {
  const lab = new Lab({ domains, views: labViews, seed: 7 })
  for (const [seconds, line, by] of history) {
    lab.seek(seconds * 1000)
    lab.command(line, 'main', by)
  }
  lab.seek(END)
  return lab
}

/** A service in this thread, what it has answered, and how to let the rest arrive. */
function served(load: () => Promise<typeof coreDomains> = whole) {
  const service = new Service({ domains: coreDomains, views: labViews, complete: labCompletion })
  const posted: Message[] = []
  const growing = new Growing(service, load, (message) => posted.push(message))
  let id = 0
  return {
    service,
    growing,
    ask(method: Method, ...args: readonly unknown[]) {
      growing.request({ id: ++id, method, args })
      return id
    },
    answer: (of: number) => posted.find((one) => 'answer' in one && one.answer === of) as Answer | undefined,
    order: () => posted.flatMap((one) => ('answer' in one ? [one.answer] : [])),
  }
}

interface Answer {
  readonly value?: unknown
  readonly error?: string
}

// As in a page, the core has its life before the rest is loaded: the whole composition extends what all worlds share.
const before = [...installedPrograms().keys()]
const core = played(coreDomains)
const saved = saveOf(core)
const early = served()
const looks = (() => {
  const { service, ask } = early
  ask('open', saved)
  service.play(3)
  return {
    clock: service.subscribe('clock', null),
    palette: service.subscribe('palette', null),
    scene: service.subscribe('scene', null),
  }
})()
const seen = new Map(early.service.tick(0)?.values)
beforeAll(whole, 120_000)

describe('a world that begins with the core', () => {
  it('has the same history as with everything else beside it, to the last byte', async () => {
    expect(history.filter(([, line]) => goesBeyond(line))).toEqual([])
    const all = played(await whole())
    expect(core.simulation.journal.length).toBeGreaterThan(500)
    expect(digest(core.simulation.journal)).toBe(digest(all.simulation.journal))
    expect(saveOf(core)).toEqual(saveOf(all))
  })

  it('knows by name every program and verb that is not in it', () => {
    const since = [...installedPrograms().keys()].filter((name) => !before.includes(name))
    expect(since.sort()).toEqual([...PROGRAMS_BEYOND])
    for (const name of since)
      for (const line of [name, `${name} --help`, `x=$(${name} ps)`, `sudo ${name}; ls`])
        expect(goesBeyond(line), line).toBe(true)
    const verbs =
      installedPrograms()
        .get('lab')
        ?.subcommands?.map(({ name }) => name) ?? []
    expect(verbs.length).toBeGreaterThan(coreVerbs.length)
    for (const verb of verbs)
      expect(goesBeyond(`lab ${verb} x`), verb).toBe(!coreVerbs.some(({ name }) => name === verb))
    for (const line of ['lab', 'lab --help', 'echo; lab', 'kubectl explain pods'])
      expect(goesBeyond(line), line).toBe(true)
    for (const line of ['kubectl get pods', 'echo docker-like.txt', 'kubectl run a --image=docker.io/nginx'])
      expect(goesBeyond(line), line).toBe(false)
  })
})

describe('a service that grows', () => {
  it('answers the core at once, and keeps the order of requests behind one that waits', async () => {
    const { growing, ask, answer, order } = served()
    const first = ask('command', 'lab cluster up')
    expect(answer(first)?.error).toBeUndefined()
    const [tool, later] = [ask('command', 'docker version'), ask('ask', 'terminal', { session: 'main' })]
    expect(answer(tool)).toBeUndefined()
    expect(answer(later)).toBeUndefined()
    expect(growing.waits).toBe(true)
    await growing.grow()
    expect(growing.waits).toBe(false)
    expect(order()).toEqual([first, tool, later])
    expect(JSON.stringify(answer(later)?.value as TerminalEntry[])).not.toContain('command not found')
  })

  it('goes on where it stood, and tells only what is another now', async () => {
    const { service, growing } = early
    const { clock, palette, scene } = looks
    expect([...seen.keys()].sort()).toEqual([clock, palette, scene].sort())
    const few = (seen.get(palette) as PaletteEntry[]).length
    await growing.grow()
    const changed = new Map(service.tick(0)?.values)
    expect([...changed.keys()]).toEqual([palette])
    expect((changed.get(palette) as PaletteEntry[]).length).toBeGreaterThan(few)
    expect(service.save()).toEqual(saved)
    const next = new Map(service.tick(100)?.values)
    expect(next.get(clock)).toMatchObject({ now: END + 300, playing: true, speed: 3 })
    expect(next.has(scene)).toBe(false)
  })

  it('waits with a save that needs more, and with a view that is not there yet', async () => {
    const { growing, ask, answer } = served()
    const lines = (line: string): Save => ({
      ...saveOf(new Lab({ domains: coreDomains, seed: 3 })),
      branches: [{ id: 0, name: 'main', forkedAt: 0, end: 0, history: [{ at: 0, line, session: 'main' }] }],
    })
    expect(answer(ask('open', lines('kubectl version')))).toBeDefined()
    const waits = [ask('open', lines('git init x')), ask('subscribe', 'git.graph', { repository: 'x' })]
    expect(waits.map(answer)).toEqual([undefined, undefined])
    await growing.grow()
    expect(waits.map((id) => answer(id)?.error)).toEqual([undefined, undefined])
  })

  it('refuses what it cannot fetch, goes on without it, and tries again', async () => {
    let tries = 0
    const { growing, ask, answer } = served(() => (tries++ === 0 ? Promise.reject(new Error('offline')) : whole()))
    const [tool, own] = [ask('command', 'aws s3 ls'), ask('command', 'ls')]
    await growing.grow()
    expect(answer(tool)?.error).toBe('offline')
    expect(answer(own)).toBeDefined()
    expect(answer(own)?.error).toBeUndefined()
    const again = ask('command', 'git --version')
    await growing.grow()
    expect(answer(again)?.error).toBeUndefined()
    expect(tries).toBe(2)
  })
})
