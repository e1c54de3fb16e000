import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { LabClient } from '../../host/client.ts'
import { useLab } from '../../host/react.ts'
import { toast } from '../../ui/index.ts'
import { useWorld } from '../../workspace/index.ts'
import { openScene } from './worlds/openScene.ts'
import { resume } from './worlds/resume.ts'

/** The scene of someone who comes for the first time. */
const FIRST = 'three-nodes'

/** What links are made of is loaded by whoever comes with one. */
async function shared(lab: LabClient, link: string): Promise<boolean> {
  return (await import('./worlds/openShare.ts')).openShare(lab, link)
}

/** Opens the world that the address asks for; true while that goes on. `#/lab` resumes, `#/lab/<scene>` begins anew, `#/s/<link>` replays. */
export function useRoute(): boolean {
  const lab = useLab()
  const [path, navigate] = useLocation()
  const [opening, setOpening] = useState(() => path !== '/lab' || useWorld.getState().kept === undefined)
  useEffect(() => {
    let left = false
    const open = async () => {
      const [, room, what] = /^\/(lab|s)(?:\/(.+))?$/.exec(path) ?? []
      if (room === undefined || (what === undefined && useWorld.getState().kept !== undefined)) return setOpening(false)
      setOpening(true)
      try {
        if (room === 's') {
          const shown = what !== undefined && (await shared(lab, what))
          if (!shown && useWorld.getState().kept === undefined && !(await resume(lab))) await openScene(lab, FIRST)
        } else if (what !== undefined) {
          if (!(await openScene(lab, what))) {
            toast({ status: 'warn', text: `There is no scene “${what}”.` })
            if (useWorld.getState().kept === undefined && !(await resume(lab))) await openScene(lab, FIRST)
          }
        } else if (!(await resume(lab))) await openScene(lab, FIRST)
      } catch (error) {
        useWorld.getState().crash(error instanceof Error ? error.message : String(error))
      }
      if (left) return
      setOpening(false)
      if (path !== '/lab') navigate('/lab', { replace: true })
    }
    void open()
    return () => {
      left = true
    }
  }, [lab, path, navigate])
  return opening
}
