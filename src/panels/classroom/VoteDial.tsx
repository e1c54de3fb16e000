import Eye from 'lucide-react/icons/eye'
import { useEffect, useState } from 'react'
import type { VotePhase } from './vote.flow.ts'

/** Seconds that a class has to commit. */
const SECONDS = 30
const WORDS: Partial<Readonly<Record<VotePhase, string>>> = {
  voting: 'Votes hidden',
  discussing: 'Convince your neighbour',
  votingAgain: 'Vote again, votes hidden',
  running: 'The world decides',
}

/** What the class is to do now, how many hands are counted, and how long it still has. The count says nothing about which hands. */
export function VoteDial({ phase, hands }: { phase: VotePhase; hands: number }) {
  const [left, setLeft] = useState(SECONDS)
  const counting = phase === 'voting' || phase === 'votingAgain'
  useEffect(() => {
    setLeft(SECONDS)
    if (!counting) return
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1000)
    return () => clearInterval(timer)
  }, [counting])
  const words = WORDS[phase]
  if (words === undefined) return null
  return (
    <div className="vote-dial" role="status">
      <p>
        {counting ? <Eye size={24} aria-hidden="true" /> : null}
        {words}
      </p>
      {counting ? (
        <p className="num">{`${hands} ${hands === 1 ? 'hand' : 'hands'} counted · ${left === 0 ? 'time is up' : `${left} s left`}`}</p>
      ) : null}
    </div>
  )
}
