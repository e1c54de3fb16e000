import { useEffect, useRef, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Nouns, SessionState, TerminalEntry, TerminalPart } from '../../host/views/index.ts'
import { type Row, Screen } from './rows.ts'

/** What a terminal shows of a session. */
export interface Transcript {
  readonly rows: readonly Row[]
  readonly nouns: Nouns
  readonly session: SessionState | undefined
}

/** The transcript of a session: only what is new is asked for, and a seek back cuts it off where the world stands. */
export function useTranscript(name: string): Transcript {
  const lab = useLab()
  const [shown, setShown] = useState<Transcript>({ rows: [], nouns: {}, session: undefined })
  const state = useRef(0)
  useEffect(() => {
    const turn = ++state.current
    let screen = new Screen()
    let entries: TerminalEntry[] = []
    let nouns: Nouns = {}
    let place = { branch: -1, since: 0, seal: '' }
    let asking = false
    let again = false
    let session: SessionState | undefined
    const take = (part: TerminalPart) => {
      const kept = entries.filter(({ position }) => position < part.start)
      if (part.branch !== place.branch || kept.length < entries.length || part.start < place.since) {
        entries = part.start === 0 ? [] : kept
        screen = new Screen()
        screen.push(entries)
      }
      entries.push(...part.entries)
      screen.push(part.entries)
      nouns = { ...nouns, ...part.nouns }
      place = { branch: part.branch, since: part.next, seal: part.seal }
    }
    const ask = async () => {
      if (asking) {
        again = true
        return
      }
      asking = true
      try {
        const part = (await lab.ask('terminal', { session: name, ...place })) as TerminalPart
        if (turn !== state.current) return
        take(part)
        setShown({ rows: [...screen.rows], nouns, session })
      } catch {
        // The lab has crashed; the page says so elsewhere.
      } finally {
        asking = false
        if (again && turn === state.current) {
          again = false
          void ask()
        }
      }
    }
    const stop = lab.subscribe('session', { session: name }, (next) => {
      session = next as SessionState
      void ask()
    })
    return () => {
      state.current++
      stop()
    }
  }, [lab, name])
  return shown
}
