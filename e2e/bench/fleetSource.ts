import type { Drawn, Message, Request } from '../../src/host/protocol.ts'
import type { Fleet, FleetFrame } from '../../src/host/views/index.ts'

/**
 * Stands in for the lab's worker: a fleet in the same typed arrays and over the same messages as the real one, of which a part changes with
 * every frame. The engine itself can hold this world, but cannot change 5,000 pods in a sixtieth of a second.
 */
const NODES = 5000
const PODS = 150_000
const CHANGED = 5000
const ZONES = 3

const frames: readonly FleetFrame[] = [
  { id: 'region', parent: -1, title: 'eu-west-1', note: `${NODES} nodes`, tone: 'ok', word: 'Up' },
  ...Array.from({ length: ZONES }, (_, i) => ({
    id: `zone-${i}`,
    parent: 0,
    title: `eu-west-1${'abc'[i]}`,
    tone: 'ok' as const,
    word: 'Up',
  })),
]
const each = PODS / NODES
const cells = Uint8Array.from({ length: PODS }, (_, i) => ((i * 7) % 5) << 3)
const fleet: Fleet = {
  frames,
  hosts: {
    frame: Uint16Array.from({ length: NODES }, (_, i) => 1 + (i % ZONES)),
    tone: new Uint8Array(NODES),
    count: new Uint16Array(NODES).fill(each),
  },
  cells,
  waiting: 0,
  tallies: [PODS, 0, 0, 0, 0, 0],
  words: ['Nodes', 'Pods'],
}

let seed = 1
function change(): void {
  for (let n = 0; n < CHANGED; n++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    const tone = seed % 97 < 90 ? 0 : seed % 6
    cells[(seed >>> 3) % PODS] = tone === 0 ? (seed % 5) << 3 : tone
  }
}

const looking = new Set<number>()
let next = 1
let owed = false
const post = (message: Message) => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<Request | Drawn>) => {
  if ('drawn' in data) {
    owed = false
    return
  }
  const { id, method, args } = data
  if (method === 'subscribe') {
    if (args[0] === 'fleet') looking.add(next)
    post({ answer: id, value: next++ })
  } else if (method === 'unsubscribe') {
    looking.delete(args[0] as number)
    post({ answer: id, value: undefined })
  } else
    post({
      answer: id,
      value:
        method === 'ask' && args[0] === 'fleetCell'
          ? { id: 'pod', label: 'Pod', look: { title: 'pod', tone: 'ok', word: 'Ready' } }
          : null,
    })
})

setInterval(() => {
  change()
  if (owed || looking.size === 0) return
  owed = true
  post({ frame: { values: [...looking].map((id) => [id, fleet] as const) } })
}, 1000 / 60)
