import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'
import { readScene } from '../../../host/scene.ts'
import type { Scene } from '../../../host/views/index.ts'
import { flows } from '../../traffic/index.ts'
import type { Container } from '../container/container.ts'

const TEMPLATE = join(import.meta.dirname, '../../../lessons/templates/compose.sh')

let lab: Headless

beforeAll(() => {
  lab = new Headless({ scene: [] })
  for (const { line } of readScene('compose', readFileSync(TEMPLATE, 'utf8')).lines) lab.run(line)
  lab.run('sleep 30')
})

const named = (name: string) => {
  const found = [...(lab.lab.simulation.world.all('docker.Container') as Iterable<Container>)].find(
    (one) => one.name === name,
  )
  if (!found) throw new Error(`no container ${name}`)
  return found.id
}
const edge = (from: string, to: string) =>
  flows(lab.lab.simulation.world).edges.find((one) => one.from === named(from) && one.to === named(to))

describe('nginx with proxy_pass in a container', () => {
  it('answers with what the application behind it says, under its own name', () => {
    const said = lab.run('curl -si http://localhost:8080/').output
    expect(said).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(said).toMatch(/^Server: nginx\/1\.27/m)
    expect(said).not.toContain('Welcome to nginx')
    expect(lab.run('docker logs tiers-app-1').output).not.toBe('')
  })

  it('sends every request of a flow on, and the application calls what its environment names', () => {
    expect(edge('tiers-web-1', 'tiers-app-1')).toMatchObject({ rate: 20, errors: 0 })
    expect(edge('tiers-app-1', 'tiers-db-1')).toMatchObject({ rate: 20, errors: 0 })
    const { edges } = lab.lab.ask('scene') as Scene
    expect(edges.filter(({ from, kind }) => from === named('tiers-web-1') && kind === 'traffic')).toMatchObject([
      { to: named('tiers-app-1'), rate: 20 },
    ])
    expect(edges.filter(({ from, kind }) => from === named('tiers-app-1') && kind === 'traffic')).toMatchObject([
      { to: named('tiers-db-1'), rate: 20 },
    ])
  })

  it('says 502 while nobody is behind it, and the flow fails with it', () => {
    lab.run('docker stop tiers-app-1')
    expect(lab.run('curl -s -o /dev/null -w "%{http_code}" http://localhost:8080/').output).toBe('502')
    expect(lab.run('curl -s http://localhost:8080/').output).toContain('<h1>502 Bad Gateway</h1>')
    const visitors = flows(lab.lab.simulation.world).edges.find(({ to }) => to === named('tiers-web-1'))
    expect(visitors?.errors).toBe(1)
    lab.run('docker start tiers-app-1')
    lab.run('sleep 5')
    expect(edge('tiers-web-1', 'tiers-app-1')?.errors).toBe(0)
  })
})
