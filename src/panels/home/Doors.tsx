import ArrowRight from 'lucide-react/icons/arrow-right'
import Clock from 'lucide-react/icons/clock'
import Grid from 'lucide-react/icons/layout-grid'
import List from 'lucide-react/icons/layout-list'
import { useEffect, useState } from 'react'
import { readShelf } from '../../workspace/shelf.ts'
import { DoorArt } from './DoorArt.tsx'
import { offered } from './scenes.ts'

/** Ways in: on where one left off, an empty sandbox, and ready-made scenes. Only doors that lead somewhere. */
export function Doors() {
  const [last, setLast] = useState<{ title: string; when: number } | undefined>(undefined)
  useEffect(() => {
    readShelf().then(
      ({ kept }) => setLast(kept[0]),
      () => {},
    )
  }, [])
  return (
    <div className="home-doors" data-three={last !== undefined || undefined}>
      {last ? (
        <a className="door" href="#/lab">
          <h2>
            <Clock size={18} aria-hidden="true" />
            Resume
          </h2>
          <p>{`${last.title}, exactly where you left it on ${new Date(last.when).toLocaleDateString()}.`}</p>
          <Go text="Go on" />
          <DoorArt name="resume" />
        </a>
      ) : null}
      <a className="door" href="#/lab/three-nodes">
        <h2>
          <Grid size={18} aria-hidden="true" />
          Build
        </h2>
        <p>Three nodes, a palette, a terminal. Every drag is a command.</p>
        <Go text="Open the sandbox" />
        <DoorArt name="build" />
      </a>
      <section className="door scenes">
        <h2>
          <List size={18} aria-hidden="true" />
          Scenes
        </h2>
        <p>Worlds that are already under way. Each is a few command lines.</p>
        <ul>
          {offered
            .filter(({ name }) => name !== 'three-nodes')
            .map(({ name, title, says }) => (
              <li key={name}>
                <a className="lnk" href={`#/lab/${name}`}>
                  {title}
                </a>
                <small>{says}</small>
              </li>
            ))}
        </ul>
      </section>
    </div>
  )
}

function Go({ text }: { text: string }) {
  return (
    <span className="go">
      {text}
      <ArrowRight size={14} aria-hidden="true" />
    </span>
  )
}
