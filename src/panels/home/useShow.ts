import { useCallback, useEffect, useRef, useState } from 'react'
import { useLab, useView } from '../../host/react.ts'
import { readScene, saveOfScene } from '../../host/scene.ts'
import type { Inspection, Scene, SceneNode } from '../../host/views/index.ts'
import homeScene from '../../lessons/scenes/home.sh?raw'
import { announce, useReducedMotion } from '../../ui/index.ts'
import { openWorld } from '../workbench/worlds/openWorld.ts'

/** How fast the world of the first page runs, and real ms until the first thing in it is killed. */
const SPEED = 0.25
const FIRST_KILL = 3000

/** What was killed last, and how many there were before. */
export interface Killed {
  readonly node: SceneNode
  readonly desired: number
}

/** The world of the first page: opened, running at a quarter of real speed, with one kill after three seconds and more on request. */
export interface Show {
  readonly scene: Scene | undefined
  /** Virtual time at which it began to be shown. */
  readonly began: number
  readonly killed: Killed | undefined
  kill(node?: SceneNode): void
}

export function useShow(): Show {
  const lab = useLab()
  const still = useReducedMotion()
  const scene = useView<Scene>('scene')
  const latest = useRef<Scene | undefined>(undefined)
  latest.current = scene
  const [killed, setKilled] = useState<Killed | undefined>(undefined)
  const [began, setBegan] = useState(0)

  const kill = useCallback(
    (wanted?: SceneNode) => {
      const chips = victims(latest.current)
      const node = wanted ?? chips[Math.min(1, chips.length - 1)]
      if (!node) return
      void (async () => {
        const found = (await lab.ask('inspect', { id: node.id })) as Inspection | null
        const action = found?.actions.find(({ sort }) => sort === 'danger')
        if (!action) return
        setKilled({ node, desired: Math.max(chips.length, 1) })
        announce(`${node.look.title} is gone. Watch who notices.`)
        await lab.command(action.line, 'main', 'fault')
        await lab.play(SPEED)
      })()
    },
    [lab],
  )

  useEffect(() => {
    const text = readScene('home', homeScene)
    let left = false
    const save = saveOfScene(text)
    const open = async () => {
      await openWorld(lab, save, { title: text.title, playing: false })
      if (left) return
      setBegan(save.at)
      // Who asked for less motion starts it by hand.
      if (!still) await lab.play(SPEED)
    }
    void open()
    const due = save.at + FIRST_KILL * SPEED
    let done = false
    const stop = lab.subscribe('clock', null, (clock) => {
      const { now, playing } = clock as { now: number; playing: boolean }
      if (done || !playing || now < due || now > due + 60_000) return
      done = true
      kill()
    })
    return () => {
      left = true
      stop()
      void lab.pause()
    }
  }, [lab, still, kill])
  return { scene, began, killed, kill }
}

/** Things that can be killed for show: the many, where they are well. */
export function victims(scene: Scene | undefined): readonly SceneNode[] {
  if (!scene) return []
  const hosts = new Set(scene.nodes.filter(({ shape }) => shape === 'host').map(({ id }) => id))
  return scene.nodes.filter(
    ({ shape, parent, look }) => shape === 'chip' && parent !== undefined && hosts.has(parent) && look.tone === 'ok',
  )
}
