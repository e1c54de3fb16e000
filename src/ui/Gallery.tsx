import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../styles.css'
import { Clockwork } from './gallery/Clockwork.tsx'
import { Controls } from './gallery/Controls.tsx'
import { Fields } from './gallery/Fields.tsx'
import { Floating } from './gallery/Floating.tsx'
import { Inspector } from './gallery/Inspector.tsx'
import { Pictures } from './gallery/Pictures.tsx'
import { Prediction } from './gallery/Prediction.tsx'
import { Rest } from './gallery/Rest.tsx'
import { Statuses } from './gallery/Statuses.tsx'
import { LiveRegion, Mark, PictogramSprite, Sprite, Toasts, TooltipLayer } from './index.ts'

/** Every piece of the kit in both themes, for the eye and for axe: `npx vite --port 5199`, then /gallery.html. Not part of the product. */
export function Gallery() {
  const only = new URLSearchParams(location.search).get('theme')
  if (only === 'dark' || only === 'light') document.documentElement.dataset.theme = only
  return (
    <>
      <Sprite />
      <PictogramSprite />
      <main className={only ? 'grid' : 'grid grid-cols-1 xl:grid-cols-2'}>
        {(['dark', 'light'] as const)
          .filter((theme) => !only || only === theme)
          .map((theme) => (
            <Theme key={theme} theme={theme} />
          ))}
      </main>
      <Toasts />
      <LiveRegion />
      <TooltipLayer />
    </>
  )
}

function Theme({ theme }: { theme: 'dark' | 'light' }) {
  return (
    <div data-theme={theme} className="bg-canvas p-5 text-text">
      <h1 className="mb-4 flex items-center gap-2 font-strong text-20">
        <Mark size={28} label="Orrery" /> Orrery, {theme}
      </h1>
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <div className="grid content-start gap-4">
          <Statuses />
          <Controls />
          <Clockwork />
          <Pictures />
        </div>
        <div className="grid content-start gap-4">
          <Inspector />
          <Prediction />
          <Fields />
          <Floating />
          <Rest />
        </div>
      </div>
    </div>
  )
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Gallery />
    </StrictMode>,
  )
}
