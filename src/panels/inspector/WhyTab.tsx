import { useEffect, useState } from 'react'
import { useView } from '../../host/react.ts'
import type { Inspection, Told, Why } from '../../host/views/index.ts'
import { Section, Well, WhyChain, WhyLine } from '../../ui/index.ts'
import { useFirsts } from '../../workspace/index.ts'
import { clockText } from '../timeline/index.ts'
import { DecisionTable } from './DecisionTable.tsx'
import { FixesSection } from './FixesSection.tsx'
import { foldChain } from './foldChain.ts'
import { Glance } from './Glance.tsx'
import { OtherwiseList, useOtherwise } from './OtherwiseList.tsx'
import { ToldText } from './ToldText.tsx'

/** Why it is as it is: the tool's own words, the chain of causes back to the line or fault that began it, then why not, then what helps. */
export function WhyTab({ inspection, onDecision }: { inspection: Inspection; onDecision: (event: number) => void }) {
  const { id, look, state, tones, entry } = inspection
  const why = useView<Why>('why', { entity: id })
  const believed = useOtherwise(why?.decision ?? why?.chain[0]?.id)
  const told = why !== undefined
  useEffect(() => {
    if (told) useFirsts.getState().tick('why')
  }, [told])
  if (!why) return null
  const tone = look?.tone ?? tones[state] ?? 'idle'
  const word = look?.word ?? state
  const words = why.words.at(-1)
  return (
    <>
      <Section title={`Why is it ${word}?`} note={why.chain[0] ? clockText(why.chain[0].at) : undefined}>
        {words ? (
          <Well
            text={words.message}
            status={words.warning ? (tone === 'ok' ? 'warn' : tone) : tone}
            label={`${words.source} says`}
            limit={168}
          >
            {inspection.lifecycle.states[state]?.description}
          </Well>
        ) : (
          <p className="m-0 text-12 text-muted">{inspection.lifecycle.states[state]?.description}</p>
        )}
        {look?.detail && tone !== 'ok' && !words ? <p className="m-0 mt-2 text-12">{look.detail}</p> : null}
        <div className="h-3" />
        <Chain chain={why.chain} word={word} />
        {why.declined
          .filter(({ reason }) => reason !== words?.message)
          .map(({ controller, reason }) => (
            <p key={controller} className="m-0 mt-2 text-12 text-muted">
              <span className="mono">{controller}</span> leaves it: <ToldText text={reason} />
            </p>
          ))}
      </Section>
      <Glance look={look} />
      {why.decision === undefined ? null : <DecisionTable event={why.decision} onTheatre={onDecision} />}
      {tone === 'ok' || tone === 'idle' ? null : <FixesSection id={id} entry={entry} word={word} />}
      {believed && believed.length > 0 ? (
        <Section title="What if it worked otherwise?" note="some people believe">
          <OtherwiseList found={believed} />
        </Section>
      ) : null}
    </>
  )
}

function Chain({ chain, word }: { chain: readonly Told[]; word: string }) {
  const [open, setOpen] = useState(false)
  if (chain.length === 0) return <p className="sub m-0">Nothing has happened to it yet.</p>
  const { first, hidden, last } = open ? { first: chain, hidden: 0, last: [] } : foldChain(chain)
  const line = (told: Told) => (
    <WhyLine key={told.id} time={clockText(told.at)} root={told.root ? (told.fault ? 'fault' : 'command') : undefined}>
      <ToldText text={told.text} />
    </WhyLine>
  )
  return (
    <WhyChain label={`Why it is ${word}, latest first`}>
      {first.map(line)}
      {hidden > 0 ? (
        <WhyLine>
          <button type="button" className="lnk alone" onClick={() => setOpen(true)}>
            {hidden} steps between
          </button>
        </WhyLine>
      ) : null}
      {last.map(line)}
    </WhyChain>
  )
}
