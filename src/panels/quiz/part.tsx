import { type ComponentType, lazy } from 'react'

/** A part of the screen that is fetched on its own. Where it cannot be had, its place says so, and the rest goes on. */
export function part<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return lazy<ComponentType<P>>(() =>
    load().then(
      (found) => ({ default: found }),
      () => ({ default: Missing }),
    ),
  )
}

function Missing() {
  return <p role="alert">This part has not come. Reload the page when you are online.</p>
}
