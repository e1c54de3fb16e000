import './home.css'
import Moon from 'lucide-react/icons/moon'
import Sun from 'lucide-react/icons/sun'
import Zap from 'lucide-react/icons/zap'
import { useEffect } from 'react'
import { useLab } from '../../host/react.ts'
import { Button, Escapement, IconButton, Kbd, Mark, useTheme } from '../../ui/index.ts'
import { useClock } from '../workbench/useClock.ts'
import { Doors } from './Doors.tsx'
import { Returning } from './Returning.tsx'
import { Stage } from './Stage.tsx'
import { useShow } from './useShow.ts'
import { WhoNotices } from './WhoNotices.tsx'

/** The first page: a living world, something dies in it, and whoever looks sees who notices. */
export function Home() {
  const { theme, choose } = useTheme()
  const show = useShow()
  useEffect(() => {
    document.title = 'Orrery: a clockwork model of the cloud'
  }, [])
  return (
    <div className="home">
      <header className="home-top">
        <a className="btn absolute! -top-40 left-2 z-40 focus:top-2" href="#/lab">
          Skip to the workbench
        </a>
        <span className="brand">
          <Mark size={28} />
          Orrery
        </span>
        <nav aria-label="Doors">
          <a href="#/learn">Learn</a>
          <a href="#/lab/three-nodes">Build</a>
          <a href="#/quiz">Quiz me</a>
          <a href="#/review">Reviews</a>
          <a href="#/teach">For teachers</a>
        </nav>
        <span className="sep" aria-hidden="true" />
        <IconButton
          label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
          onClick={() => choose(theme === 'dark' ? 'light' : 'dark')}
        >
          {theme === 'dark' ? (
            <Sun size={16} strokeWidth={1.75} aria-hidden="true" />
          ) : (
            <Moon size={16} strokeWidth={1.75} aria-hidden="true" />
          )}
        </IconButton>
      </header>
      <main>
        <div className="home-hero">
          <div className="home-words">
            <h1>A clockwork model of the cloud</h1>
            <p className="lead">
              Everything here is computed, nothing is drawn by hand. Break it, wind it back, and ask why.
            </p>
            <WhoNotices show={show} />
            <div className="home-act">
              <Button tone="primary" size="xl" icon={<Zap size={20} aria-hidden="true" />} onClick={() => show.kill()}>
                Kill a pod yourself
              </Button>
              <p>
                Any of them. Click it, or press <Kbd keys="X" /> on it.
              </p>
            </div>
          </div>
          <div className="home-world">
            <Stage show={show} />
            <Pace began={show.began} />
          </div>
        </div>
        <Returning />
        <Doors />
      </main>
      <footer className="home-foot">
        <span>No account, no server, no quota</span>
        <span>Works offline once loaded</span>
        <span>Your work stays in this browser</span>
        <span className="end">Not affiliated with AWS, Docker or the CNCF</span>
      </footer>
    </div>
  )
}

/** The visible Pause, and how fast time passes here. */
function Pace({ began }: { began: number }) {
  const lab = useLab()
  const playing = useClock((clock) => clock.playing) ?? false
  const tenths = useClock((clock) => Math.floor(clock.now / 100)) ?? 0
  const events = useClock((clock) => clock.events) ?? 0
  const toggle = () => void (playing ? lab.pause() : lab.play(0.25))
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== ' ' || event.ctrlKey || event.altKey || event.metaKey) return
      if (event.target instanceof Element && event.target.closest('button, a, input')) return
      event.preventDefault()
      void (playing ? lab.pause() : lab.play(0.25))
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [lab, playing])
  const since = Math.max(0, tenths - Math.floor(began / 100))
  const time = `${Math.floor(since / 600)}:${String(Math.floor(since / 10) % 60).padStart(2, '0')}.${since % 10}`
  return (
    <div className="home-pace">
      <Escapement playing={playing} beat={events} onToggle={toggle} />
      <span>
        <b>{playing ? 'Pause' : 'Play'}</b> <Kbd keys="Space" decorative />
        <span className="micro num block">{`${time}, at a quarter of real speed`}</span>
      </span>
    </div>
  )
}
