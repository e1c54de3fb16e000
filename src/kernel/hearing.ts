import type { Controller } from './controller.ts'
import { DECLINED, type PastEvent } from './event.ts'

/** Which controllers hear of which events: asked once for each kind and type, then remembered. */
export class Hearing {
  private readonly controllers: readonly Controller[]
  private readonly known = new Map<string, Map<string, readonly Controller[]>>()

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
      hearers = this.controllers.filter((controller) => hears(controller, kind, event.type))
      byType.set(event.type, hearers)
    }
    return hearers
  }
}

function hears(controller: Controller, kind: string, type: string): boolean {
  const types = controller.watches[kind] ?? controller.watches['*']
  if (types === undefined) return false
  return types === '*' ? type !== DECLINED : types.includes(type)
}
