import { useEffect, useState } from 'react'
import { Announcer } from './announcer.ts'

/** Where `announce` is heard. Mount it once; it speaks politely, between other things. */
export function LiveRegion() {
  const [said, setSaid] = useState({ text: '', turn: 0 })
  useEffect(() => {
    const hear = (text: string) => setSaid((last) => ({ text, turn: last.turn + 1 }))
    listeners.add(hear)
    return () => {
      listeners.delete(hear)
    }
  }, [])
  // Two regions take turns, so that the same words twice are heard twice.
  return (
    <div className="sr-only">
      <div role="status" aria-live="polite" aria-atomic="true">
        {said.turn % 2 === 0 ? said.text : ''}
      </div>
      <div role="status" aria-live="polite" aria-atomic="true">
        {said.turn % 2 === 1 ? said.text : ''}
      </div>
    </div>
  )
}

/** Says a line to a screen reader. Lines that come close together are joined, repeats said once. */
export function announce(text: string): void {
  announcer.say(text)
}

const listeners = new Set<(text: string) => void>()

const announcer = new Announcer({
  speak: (text) => {
    for (const hear of listeners) hear(text)
  },
  later: (run, ms) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
})
