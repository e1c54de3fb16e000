import { useRef } from 'react'
import type { Fleet } from '../../../host/views/fleet.view.ts'
import { type FleetLayout, fleetLayout } from './fleetLayout.ts'

/** The layout of a fleet; the same object for as long as pictures differ in nothing that it reads. */
export function useFleetLayout(fleet: Fleet, aspect: number): FleetLayout {
  const kept = useRef<{ readonly of: Fleet; readonly aspect: number; readonly layout: FleetLayout } | undefined>(
    undefined,
  )
  const last = kept.current
  if (!last || last.aspect !== aspect || !sameShape(last.of, fleet))
    kept.current = { of: fleet, aspect, layout: fleetLayout(fleet, aspect) }
  return (kept.current as NonNullable<typeof last>).layout
}

function sameShape(a: Fleet, b: Fleet): boolean {
  return (
    a.waiting === b.waiting &&
    a.frames.length === b.frames.length &&
    a.frames.every(({ id, parent }, i) => id === b.frames[i]?.id && parent === b.frames[i]?.parent) &&
    equal(a.hosts.frame, b.hosts.frame) &&
    equal(a.hosts.count, b.hosts.count)
  )
}

function equal(a: Uint16Array, b: Uint16Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
