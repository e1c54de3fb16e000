import './styles.css'
import { lazy, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { Route, Router, Switch } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { inWorker } from './host/inWorker.ts'
import { LabContext } from './host/react.ts'
import { LiveRegion, Sprite, Toasts, TooltipLayer } from './ui/index.ts'
import { useWorld } from './workspace/world.ts'

const Home = lazy(() => import('./panels/home/index.ts').then(({ Home }) => ({ default: Home })))
const Notes = lazy(() => import('./panels/classroom/Notes.tsx').then(({ Notes }) => ({ default: Notes })))
const Review = lazy(() => import('./panels/review/index.ts').then(({ Review }) => ({ default: Review })))
const Workbench = lazy(() => import('./panels/workbench/index.ts').then(({ Workbench }) => ({ default: Workbench })))

/** The one lab of this page: its world lives in a worker, so nothing that happens there holds up the screen. */
const lab = inWorker(new Worker(new URL('./host/worker.ts', import.meta.url), { type: 'module' }))
lab.onCrash((message) => useWorld.getState().crash(message))

function App() {
  return (
    <LabContext value={lab}>
      <Sprite />
      <Router hook={useHashLocation}>
        <Suspense>
          <Switch>
            <Route path="/lab/:scene?" component={Workbench} />
            <Route path="/s/*" component={Workbench} />
            <Route path="/review" component={Review} />
            <Route path="/notes" component={Notes} />
            <Route component={Home} />
          </Switch>
        </Suspense>
      </Router>
      <LiveRegion />
      <Toasts />
      <TooltipLayer />
    </LabContext>
  )
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(<App />)
}

// What the first screen needs goes first.
if (import.meta.env.PROD) {
  addEventListener('load', () => {
    const keep = () => void import('./panels/offline/index.ts').then(({ workOffline }) => workOffline()).catch(() => {})
    if ('requestIdleCallback' in window) requestIdleCallback(keep, { timeout: 10_000 })
    else setTimeout(keep, 3000)
  })
}
