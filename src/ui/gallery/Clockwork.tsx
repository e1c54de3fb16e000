import { useState } from 'react'
import {
  Escapement,
  EventMark,
  type EventMarkName,
  Link,
  Movement,
  type MovementPart,
  movementNames,
  Section,
  type Status,
  statuses,
  TimerRing,
} from '../index.ts'
import { Box } from './Box.tsx'

/** The movement, the escapement, timers and marks; "one beat" moves each part one tooth. */
export function Clockwork() {
  const [beat, setBeat] = useState(0)
  const [playing, setPlaying] = useState(true)
  return (
    <Box label="Clockwork">
      <Section title="Movement" note={<Link onClick={() => setBeat(beat + 1)}>one beat</Link>}>
        <div className="flex flex-wrap gap-x-5 gap-y-3">
          {parts.map((part, index) => (
            <div key={part} className="flex items-center gap-2">
              <Movement part={part} beat={beat} {...(all[index] ? { status: all[index] } : {})} />
              <div>
                <b className="block text-12">{movementNames[part]}</b>
                <span className="micro block">beat {beat}</span>
              </div>
            </div>
          ))}
        </div>
      </Section>
      <Section title="Escapement and timers">
        <div className="flex flex-wrap items-center gap-4">
          <Escapement playing={playing} beat={beat} onToggle={() => setPlaying(!playing)} />
          <Escapement playing={false} held="held by the gate" onToggle={() => {}} />
          <TimerRing label="crashBackOff" left={11_000} of={20_000} text="11.0" total="of 20 s" status="err" />
          <TimerRing label="canary" left={168} of={300} text="2:48" total="of 5:00 left" size={104} status="prog" />
          <TimerRing label="grace" left={6400} of={30_000} text="6.4 s" size={16} />
        </div>
      </Section>
      <Section title="Marks">
        <div className="flex flex-wrap gap-4">
          {marks.map(([name, word, status]) => (
            <span key={name} className="sub inline-flex items-center gap-1.5">
              <EventMark name={name} {...(status ? { status } : {})} />
              {word}
            </span>
          ))}
        </div>
      </Section>
    </Box>
  )
}

const all = Object.keys(statuses) as Status[]
const parts = Object.keys(movementNames) as MovementPart[]
const marks: [EventMarkName, string, Status?][] = [
  ['prompt', 'command'],
  ['diamond', 'deploy'],
  ['circle', 'state', 'err'],
  ['triangle', 'alert', 'warn'],
  ['bolt', 'fault', 'err'],
  ['due', 'due'],
]
