import type { Json } from '../kernel/index.ts'
import type { LabClient } from './client.ts'

/** One look at a view that several share. */
interface Look {
  readonly listeners: Set<(value: unknown) => void>
  latest: { readonly of: unknown } | undefined
  stop: () => void
}

const looks = new WeakMap<LabClient, Map<string, Look>>()

/** Subscribes to a view; those who look at the same one share it, so that it is selected and sent once. Who comes late gets the latest value at once. */
export function watch(lab: LabClient, name: string, params: Json, listener: (value: unknown) => void): () => void {
  const ofLab = looks.get(lab) ?? new Map<string, Look>()
  looks.set(lab, ofLab)
  const key = `${name} ${JSON.stringify(params)}`
  let look = ofLab.get(key)
  if (!look) {
    const fresh: Look = { listeners: new Set(), latest: undefined, stop: () => {} }
    fresh.stop = lab.subscribe(name, params, (of) => {
      fresh.latest = { of }
      for (const one of fresh.listeners) one(of)
    })
    ofLab.set(key, fresh)
    look = fresh
  }
  const own = look
  const hear = (value: unknown) => listener(value)
  own.listeners.add(hear)
  if (own.latest) hear(own.latest.of)
  return () => {
    own.listeners.delete(hear)
    if (own.listeners.size > 0 || ofLab.get(key) !== own) return
    ofLab.delete(key)
    own.stop()
  }
}
