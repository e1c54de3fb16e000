import type { Controller } from './controller.ts'
import { DECLINED, type PastEvent } from './event.ts'

type Types = Controller['watches'][string]

/** Which controllers hear of which events: asked once for each kind and type, then remembered. What they watch is asked at the first event. */
export class Hearing {
  private readonly controllers: readonly Controller[]
  private readonly known = new Map<string, Map<string, readonly Controller[]>>()
  private readonly watching = new Map<string, readonly (readonly [Controller, Types])[]>()
  private watches: readonly (readonly [Controller, Controller['watches']])[] | undefined

  constructor(controllers: readonly Controller[]) {
    this.controllers = controllers
  }

  /** Those that hear of an event, in the order in which the domains declare them. */
  of(event: PastEvent): readonly Controller[] {
    const kind = event.kind as string
    let byType = this.known.get(kind)
    if (!byType) {
      byType = new Map()
      this.known.set(kind, byType)
    }
    let hearers = byType.get(event.type)
    if (!hearers) {
      hearers = this.watchersOf(kind).flatMap(([controller, types]) => (hears(types, event.type) ? controller : []))
      byType.set(event.type, hearers)
    }
    return hearers
  }

  private watchersOf(kind: string): readonly (readonly [Controller, Types])[] {
    const known = this.watching.get(kind)
    if (known) return known
    this.watches ??= this.controllers.map((controller) => [controller, controller.watches])
    const watchers = this.watches.flatMap(([controller, watches]): (readonly [Controller, Types])[] => {
      const types = watches[kind] ?? watches['*']
      return types === undefined ? [] : [[controller, types]]
    })
    this.watching.set(kind, watchers)
    return watchers
  }
}

function hears(types: Types, type: string): boolean {
  return types === '*' ? type !== DECLINED : types.includes(type)
}
