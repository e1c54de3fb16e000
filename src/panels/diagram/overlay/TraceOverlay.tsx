import { useEffect, useMemo, useState } from 'react'
import { useLab } from '../../../host/react.ts'
import type { TracePicture } from '../../../host/views/index.ts'
import { announce } from '../../../ui/index.ts'
import { useOverlays } from '../../../workspace/index.ts'
import type { OverlaysProps } from './Overlays.tsx'
import { TraceList } from './TraceList.tsx'
import { TraceWay } from './TraceWay.tsx'
import { wayOf } from './wayOf.ts'

/** Real ms that the dot rests at each hop. */
const REST = 900

/** One request on the canvas and hop by hop in a list. It is drawn once, from the world as it stood, and stays the same until another is asked for. */
export function TraceOverlay({
  boxes,
  routes,
  still,
  reveal,
  traced: { sender, nth },
}: OverlaysProps & { traced: { readonly sender?: string | undefined; readonly nth: number } }) {
  const lab = useLab()
  const [picture, setPicture] = useState<TracePicture>()
  const [step, setStep] = useState(0)
  const [running, setRunning] = useState(false)
  useEffect(() => {
    let left = false
    void lab.ask('trace', sender === undefined ? { nth } : { sender, nth }).then(
      (got) => {
        if (left) return
        const next = got as TracePicture
        setPicture(next)
        setStep(0)
        setRunning(!still)
        if (next.trace)
          announce(`One request of ${next.trace.sender.name}: ${next.trace.ended}, ${next.trace.hops.length} hops`)
      },
      () => {},
    )
    return () => {
      left = true
    }
  }, [lab, sender, nth, still])
  const hops = picture?.trace?.hops ?? []
  const last = hops.length - 1
  useEffect(() => {
    if (!running || step >= last) return
    const timer = setTimeout(() => setStep(step + 1), REST)
    return () => clearTimeout(timer)
  }, [running, step, last])
  const way = useMemo(() => wayOf(hops, boxes, routes), [hops, boxes, routes])
  const go = (next: number, show = true) => {
    setRunning(false)
    const there = Math.max(0, Math.min(last, next))
    setStep(there)
    const box = way[there]?.box
    if (show && box !== undefined) reveal(box)
  }
  return (
    <>
      <TraceWay way={way} step={step} still={still} tone={picture?.trace?.tone ?? 'ok'} />
      {picture ? (
        <TraceList
          picture={picture}
          step={step}
          onStep={go}
          onAnother={(of) => useOverlays.getState().another(of)}
          onReplay={() => {
            setStep(0)
            setRunning(!still)
          }}
          onClose={useOverlays.getState().untrace}
        />
      ) : null}
    </>
  )
}
