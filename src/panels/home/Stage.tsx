import type { SceneNode } from '../../host/views/index.ts'
import { classes, Glyph, Pictogram, type Status } from '../../ui/index.ts'
import { arrange } from './arrangement.ts'
import { Dial } from './Dial.tsx'
import { shortName } from './shortName.ts'
import type { Show } from './useShow.ts'
import { Wires } from './Wires.tsx'

/** The small world: a dial behind it, requests on their way, and machines whose every pod can be killed. */
export function Stage({ show }: { show: Show }) {
  const { scene, killed, began } = show
  const ghost = killed?.node
  const arrangement = scene ? arrange(scene, ghost) : undefined
  return (
    <section className="home-stage to-scale" aria-label="A small cluster, alive">
      <Dial began={began} />
      <div className="cards">
        {arrangement?.cards.map(({ node, x, y, w }) => (
          <div key={node.id} className="wc" style={place(x, y, w)}>
            <span className="pic">
              <Pictogram name={node.pictogram} size={18} />
            </span>
            <span className="min-w-0">
              <b>
                {node.label.toLowerCase() === node.look.title.toLowerCase()
                  ? node.label
                  : `${node.label} ${node.look.title}`}
              </b>
              <small>{[node.look.note, ...(node.look.figures ?? [])].filter(Boolean)[0] ?? node.look.word}</small>
            </span>
          </div>
        ))}
      </div>
      <div className="hosts">
        {arrangement?.hosts.map(({ node, x, y, w, h, chips }) => (
          <section key={node.id} className="wn" aria-label={node.look.title} style={place(x, y, w, h)}>
            <div className="nh">
              <Glyph status={node.look.tone} label={node.look.word} />
              <b>{node.look.title}</b>
              <span>{node.look.meters?.[0] ? `${node.look.meters[0].text} ${node.look.meters[0].label}` : ''}</span>
            </div>
            {chips.map((chip) => (
              <Victim key={chip.id} chip={chip} gone={isGone(chip, ghost, scene?.nodes)} onKill={show.kill} />
            ))}
          </section>
        ))}
      </div>
      {scene && arrangement ? <Wires scene={scene} arrangement={arrangement} /> : null}
    </section>
  )
}

/** As variables, so that a narrow page may leave them aside. */
function place(x: number, y: number, w: number, h = 60): React.CSSProperties {
  return { '--x': `${x}px`, '--y': `${y}px`, '--w': `${w}px`, '--h': `${h}px` } as React.CSSProperties
}

function isGone(chip: SceneNode, ghost: SceneNode | undefined, nodes: readonly SceneNode[] = []): boolean {
  return (
    chip.id === ghost?.id && (chip === ghost || !nodes.some(({ id, look }) => id === chip.id && look.tone === 'ok'))
  )
}

/** One pod: a button that kills it. */
function Victim({ chip, gone, onKill }: { chip: SceneNode; gone: boolean; onKill: (node: SceneNode) => void }) {
  const { look } = chip
  const status: Status = gone ? 'err' : look.tone
  const words = gone ? 'gone' : status === 'ok' ? look.figures?.[0] : look.word
  return (
    <button
      type="button"
      className={classes('wp', `s-${status}`)}
      aria-label={gone ? `${look.title} is gone` : `Kill ${look.title}, ${look.word}`}
      disabled={gone || status !== 'ok'}
      onClick={() => onKill(chip)}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() === 'x') onKill(chip)
      }}
      onPointerEnter={(event) => event.currentTarget.focus({ preventScroll: true })}
    >
      <Glyph status={status} size={16} />
      <b>{shortName(look.title)}</b>
      <em>{words}</em>
    </button>
  )
}
