import { lazy, Suspense } from 'react'
import { type DockTab, useWorld } from '../../workspace/index.ts'
import { Boundary } from './Boundary.tsx'

const Terminals = lazy(() => import('../terminal/index.ts').then(({ Terminals }) => ({ default: Terminals })))
const Editor = lazy(() => import('../editor/index.ts').then(({ Editor }) => ({ default: Editor })))
const Metrics = lazy(() => import('../metrics/index.ts').then(({ Metrics }) => ({ default: Metrics })))
const Events = lazy(() => import('../events/index.ts').then(({ Events }) => ({ default: Events })))
const Outline = lazy(() => import('../outline/index.ts').then(({ Outline }) => ({ default: Outline })))

const names: Readonly<Record<DockTab, string>> = {
  terminal: 'The terminal',
  editor: 'The editor',
  metrics: 'Metrics',
  events: 'Events',
  outline: 'The outline',
}

/** What a tab of the dock shows; each is loaded when it is first looked at, and begins anew with another world. */
export function DockContent({ tab }: { tab: DockTab }) {
  const opened = useWorld((world) => world.opened)
  return (
    <Boundary name={names[tab]}>
      <Suspense>
        {tab === 'terminal' ? <Terminals key={opened} /> : null}
        {tab === 'editor' ? <Editor key={opened} /> : null}
        {tab === 'metrics' ? <Metrics key={opened} /> : null}
        {tab === 'events' ? <Events key={opened} /> : null}
        {tab === 'outline' ? <Outline key={opened} /> : null}
      </Suspense>
    </Boundary>
  )
}
