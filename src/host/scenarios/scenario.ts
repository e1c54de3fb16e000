import { expect } from 'vitest'
import { DECLINED, digest, type PastEvent } from '../../kernel/index.ts'
import { Headless } from '../headless.ts'
import { tellEvent } from '../views/telling.ts'

/** A cluster of three ready nodes, and a person who gives it lines. */
export class Scenario {
  readonly headless: Headless
  private readonly lines: string[] = []
  private readonly scene: readonly string[]

  constructor(scene: readonly string[] = ['lab cluster up']) {
    this.scene = scene
    this.headless = new Headless({ scene })
  }

  /** Runs a line to its end and returns what it printed. */
  run(line: string): string {
    this.lines.push(line)
    return this.headless.run(line).output
  }

  /** Applies manifests written as YAML. */
  apply(yaml: string): string {
    return this.run(`kubectl apply -f - <<'Y'\n${yaml.trim()}\nY`)
  }

  /** Lets so many seconds pass. */
  wait(seconds: number): void {
    this.run(`sleep ${seconds}`)
  }

  /** The rows of `kubectl get WHAT` without the header, split at blanks of two or more. */
  rows(what: string): readonly (readonly string[])[] {
    return this.run(`kubectl get ${what} --no-headers`)
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('No resources'))
      .map((line) => line.trim().split(/ {2,}/))
  }

  /** One value by JSONPath. */
  value(of: string, path: string): string {
    return this.run(`kubectl get ${of} -o jsonpath='{${path}}'`)
  }

  get events(): readonly PastEvent[] {
    return [...this.headless.lab.simulation.journal]
  }

  /** What the journal says of how an event came about: one sentence a hop, from the event back to the command. */
  why(id: number): readonly string[] {
    const { simulation } = this.headless.lab
    return simulation.journal.why(id).map((event) => tellEvent(simulation, event).text)
  }

  /** J1, J2 and R1 of everything so far; every sentence of a *why* chain is short and links only kinds that exist. */
  checkPromises(): void {
    const { simulation } = this.headless.lab
    const { journal } = simulation
    const kinds = new Set([...simulation.allKinds()].map(({ kind }) => kind))
    for (const event of journal) {
      if (event.type === 'Commanded' || event.type === 'Interrupted') continue
      expect(event.causes.length, `J1: ${event.type} of ${event.to}`).toBeGreaterThan(0)
      expect(journal.why(event.id).at(-1)?.type, `J2: ${event.type} of ${event.to}`).toBe('Commanded')
      if (event.type === DECLINED) continue
      const { text } = tellEvent(simulation, event)
      const plain = text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replace(/`[^`]*`/g, 'words')
      expect(plain.split(' ').length, `words: ${text}`).toBeLessThanOrEqual(20)
      expect(plain, `names nothing: ${text}`).not.toMatch(/undefined|\[object|NaN/)
      for (const [, id = ''] of text.matchAll(/\]\(([^)]+)\)/g))
        expect(kinds.has(id.slice(0, id.indexOf('/'))), `link of: ${text}`).toBe(true)
    }
    const again = new Headless({ scene: this.scene })
    for (const line of this.lines) again.run(line)
    expect(digest(again.lab.simulation.journal), 'R1').toBe(digest(journal))
  }
}
