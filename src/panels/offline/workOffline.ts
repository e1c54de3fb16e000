import { toast } from '../../ui/index.ts'

/**
 * Keeps the whole page on this machine, so that after the first load nothing goes over the network. A new version is fetched in the
 * background and waits: only its button, pressed here, reloads this page, since a lesson may be under way.
 */
export async function workOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.register(new URL('sw.js', document.baseURI))
  let asked = false
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (asked) location.reload()
  })
  const offer = (waiting: ServiceWorker) => {
    toast({
      text: 'A new version is ready.',
      detail: 'Your world is kept; it opens where it is now.',
      stay: true,
      action: {
        label: 'Reload',
        run: () => {
          asked = true
          // Another tab may have taken it into use already.
          if (waiting.state === 'activated') location.reload()
          else waiting.postMessage({ type: 'SKIP_WAITING' })
        },
      },
    })
  }
  if (registration.waiting && registration.active) offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const fresh = registration.installing
    fresh?.addEventListener('statechange', () => {
      // The first one ever is no update.
      if (fresh.state === 'installed' && navigator.serviceWorker.controller) offer(fresh)
    })
  })
}
