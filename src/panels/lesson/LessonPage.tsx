import './lesson.css'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { useLab, useView } from '../../host/react.ts'
import type { Facts } from '../../teaching/lesson/figures.ts'
import { importedLesson } from '../../teaching/lesson/imported.ts'
import type { Lesson } from '../../teaching/lesson/lesson.ts'
import { listed } from '../../teaching/lesson/listed.ts'
import { filesOfLesson, sceneText } from '../../teaching/lesson/ownTexts.ts'
import { readLesson } from '../../teaching/lesson/readLesson.ts'
import { EmptyState, toast } from '../../ui/index.ts'
import { useGhost, useLayout, useProgress, useWorld } from '../../workspace/index.ts'
import { usePlaces } from '../../workspace/places.ts'
import { Workbench } from '../workbench/index.ts'
import { classScript } from './classScript.ts'
import { LessonPanel } from './LessonPanel.tsx'
import { openPlace, openStart } from './moves.ts'
import { placeIn } from './placeIn.ts'

/** A lesson: its world in the workbench, and the lesson itself as the left column. */
export function LessonPage() {
  const { id = '' } = useParams()
  const lab = useLab()
  const [, navigate] = useLocation()
  const [open, setOpen] = useState<Lesson | undefined>(undefined)
  const [wrong, setWrong] = useState<string | undefined>(undefined)
  /** How often it was begun, and whether its world has just been opened: a panel that comes later opens it anew. */
  const [round, setRound] = useState(0)
  const fresh = useRef(false)
  const again = useCallback(() => {
    usePlaces.getState().forget(id)
    setRound((before) => before + 1)
  }, [id])
  useEffect(() => {
    let left = false
    setOpen(undefined)
    setWrong(undefined)
    const layout = useLayout.getState()
    if (layout.mode !== 'present') layout.setMode('study')
    layout.preset(1)
    const begin = async () => {
      const lesson = await lessonOf(id)
      if (left) return
      if (!lesson) return setWrong('There is no such lesson.')
      const place = layout.mode === 'present' ? undefined : placeIn(lesson)
      // A class begins at the beginning; a learner where they were.
      if (!place || !(await openPlace(lab, lesson.title, place)))
        await openStart(lab, lesson.title, lesson.start ?? sceneText(lesson.scene ?? '') ?? '', lesson.seed)
      if (left) return
      fresh.current = true
      useProgress.getState().lessonBegun(lesson.id)
      setOpen(lesson)
    }
    begin().catch((error: unknown) => {
      if (!left) setWrong(error instanceof Error ? error.message : String(error))
      toast({ status: 'err', text: 'The world of this lesson does not run.' })
    })
    return () => {
      left = true
      useGhost.getState().clear()
      // A world that was not taken along is not one to come back to.
      if (useWorld.getState().kept === undefined) void lab.pause().catch(() => {})
    }
  }, [id, lab, round])
  const facts = useView<Facts>('facts')
  const script = useMemo(() => open && facts && classScript(lab, open, facts), [lab, open, facts])
  if (wrong !== undefined)
    return (
      <div className="grid h-dvh place-items-center">
        <EmptyState title={wrong} action={{ label: 'See all lessons', run: () => navigate('/learn') }} />
      </div>
    )
  return (
    <Workbench
      script={script}
      aside={
        open ? (
          <LessonPanel key={`${open.id} ${round}`} lesson={open} fresh={fresh} onAgain={again} />
        ) : (
          <p className="sub p-4">Winding up the world…</p>
        )
      }
    />
  )
}

async function lessonOf(id: string): Promise<Lesson | undefined> {
  const known = listed.find((lesson) => lesson.id === id)
  if (known) return readLesson(known.folder, await filesOfLesson(known.folder), { sceneText }).lesson
  const brought = importedLesson()
  return brought?.id === id ? brought : undefined
}
