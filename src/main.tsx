import './styles.css'
import { lazy, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { Route, Router, Switch } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { inWorker } from './host/inWorker.ts'
import { lazyLab } from './host/lazyLab.ts'
import { LabContext } from './host/react.ts'
import { LiveRegion } from './ui/LiveRegion.tsx'
import { paintTaste } from './workspace/taste.ts'
import { useWorld } from './workspace/world.ts'

// Pictures come beside the first screen: their places are kept for them.
const Sprite = lazy(() => import('./ui/Sprite.tsx').then(({ Sprite }) => ({ default: Sprite })))
const PictogramSprite = lazy(() =>
  import('./ui/PictogramSprite.tsx').then(({ PictogramSprite }) => ({ default: PictogramSprite })),
)
// Nobody points at anything or is told anything before the first screen is there.
const Toasts = lazy(() => import('./ui/Toast.tsx').then(({ Toasts }) => ({ default: Toasts })))
const TooltipLayer = lazy(() => import('./ui/TooltipLayer.tsx').then(({ TooltipLayer }) => ({ default: TooltipLayer })))

const Home = lazy(() => import('./panels/home/index.ts').then(({ Home }) => ({ default: Home })))
const Learn = lazy(() => import('./panels/learn/index.ts').then(({ Learn }) => ({ default: Learn })))
const LessonPage = lazy(() => import('./panels/lesson/index.ts').then(({ LessonPage }) => ({ default: LessonPage })))
const Notes = lazy(() => import('./panels/classroom/Notes.tsx').then(({ Notes }) => ({ default: Notes })))
const Quiz = lazy(() => import('./panels/quiz/index.ts').then(({ Quiz }) => ({ default: Quiz })))
const Review = lazy(() => import('./panels/review/index.ts').then(({ Review }) => ({ default: Review })))
const Teach = lazy(() => import('./panels/classroom/Teach.tsx').then(({ Teach }) => ({ default: Teach })))
const Workbench = lazy(() => import('./panels/workbench/index.ts').then(({ Workbench }) => ({ default: Workbench })))

/** The one lab of this page: its world lives in a worker, so nothing that happens there holds up the screen. A quiz never starts it. */
const lab = lazyLab(() => inWorker(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })))
lab.onCrash((message) => useWorld.getState().crash(message))

paintTaste()

function App() {
  const [path] = useHashLocation()
  return (
    <LabContext value={lab}>
      <Suspense>
        <Sprite />
      </Suspense>
      {/* A quiz draws no kinds. */}
      <Suspense>{/^\/(quiz|q|exam)(\/|$)/.test(path) ? null : <PictogramSprite />}</Suspense>
      <Router hook={useHashLocation}>
        <Suspense>
          <Switch>
            <Route path="/lab/:scene?" component={Workbench} />
            <Route path="/s/*" component={Workbench} />
            <Route path="/learn" component={Learn} />
            <Route path="/learn/:id" component={LessonPage} />
            <Route path="/quiz/*?" component={Quiz} />
            <Route path="/q/*" component={Quiz} />
            <Route path="/exam" component={Quiz} />
            <Route path="/review" component={Review} />
            <Route path="/notes" component={Notes} />
            <Route path="/teach" component={Teach} />
            <Route component={Home} />
          </Switch>
        </Suspense>
      </Router>
      <LiveRegion />
      <Suspense>
        <Toasts />
        <TooltipLayer />
      </Suspense>
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
