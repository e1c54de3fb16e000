import { useEffect, useState } from 'react'
import { useLab, useView } from '../../host/react.ts'
import type { Caption } from '../../host/views/index.ts'
import { announce, Kbd, Mark } from '../../ui/index.ts'
import { useLayout, useWorld } from '../../workspace/index.ts'
import { clockText } from '../timeline/index.ts'
import { CanvasArea } from './CanvasArea.tsx'
import { useClock } from './useClock.ts'

/** The canvas on a wall: light, large, one line of what happened last, and the keys of someone who stands in front of a class. */
export function Present() {
  const lab = useLab()
  const caption = useView<Caption | null>('captions')
  const title = useWorld((world) => world.title)
  const playing = useClock((clock) => clock.playing) ?? false
  const time = useClock((clock) => clockText(Math.floor(clock.now / 100) * 100)) ?? ''
  const [blank, setBlank] = useState(false)
  useEffect(() => {
    announce('Presenting. Escape leaves.')
  }, [])
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const key = event.key.toLowerCase()
      if (key === 'escape') useLayout.getState().setMode('study')
      else if (key === 'b') setBlank((on) => !on)
      else if (key === 'f' || key === ' ') void (playing ? lab.pause() : lab.play())
      else if (key === 'pagedown') void lab.step(1)
      else if (key === 'pageup') void lab.step(-1)
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', hear, true)
    return () => window.removeEventListener('keydown', hear, true)
  }, [lab, playing])
  return (
    <div className="wb-present" data-theme="light">
      <div className="canvas">
        <CanvasArea embedded />
      </div>
      <header>
        <Mark size={36} />
        <div>
          <h1>{title}</h1>
          <p className="num">{playing ? time : `world held at ${time}`}</p>
        </div>
      </header>
      <footer>
        <p className="caption">{caption?.text ?? 'Nothing has happened yet.'}</p>
        <ul aria-label="Keys">
          {keys.map(([key, says]) => (
            <li key={key}>
              <Kbd keys={key} /> {says}
            </li>
          ))}
        </ul>
      </footer>
      {blank ? (
        <button type="button" className="blank" aria-label="Show the canvas again" onClick={() => setBlank(false)} />
      ) : null}
    </div>
  )
}

const keys = [
  ['PgDn', 'next event'],
  ['F', 'freeze'],
  ['B', 'blank'],
  ['Esc', 'leave'],
] as const
