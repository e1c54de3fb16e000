import { useView } from '../../host/react.ts'
import type { DecisionPicture, Why } from '../../host/views/index.ts'
import { Section, Well, WhyChain, WhyLine } from '../../ui/index.ts'
import { clockText } from '../timeline/index.ts'
import { TheatreChanges } from './TheatreChanges.tsx'
import { Noun, ToldText } from './ToldText.tsx'
import { useStageRoom } from './useStageRoom.ts'

/** Below the stage: why it came so, what could have been otherwise, and what the tools say of it. */
export function TheatreFoot({ decision, onDone }: { decision: DecisionPicture; onDone: () => void }) {
  const why = useView<Why>('why', { event: decision.event })
  const room = useStageRoom()
  const words = decision.words.at(-1)
  const ranked = decision.candidates
    .filter(({ total }) => total !== undefined)
    .sort((a, b) => (b.total ?? 0) - (a.total ?? 0) || Number(b.winner) - Number(a.winner))
  const winner = ranked.find((one) => one.winner)
  const tied = winner !== undefined && ranked[1]?.total === winner.total
  return (
    <div className="sticky left-7 grid grid-cols-3 items-start gap-3 max-[1000px]:grid-cols-1" style={{ width: room }}>
      <div className="rounded-[10px] border border-line bg-panel">
        <Section title={winner ? `Why ${winner.name}?` : 'Why nowhere?'}>
          {winner && ranked.length > 1 ? (
            <p className="m-0 mb-2">
              {ranked.slice(0, 3).map((one, i) => (
                <span key={one.name}>
                  {i > 0 ? ', ' : null}
                  {one.id ? <Noun id={one.id} label={one.name} /> : one.name} {i === 0 ? 'has ' : ''}
                  <b className="num font-medium">{one.total}</b>
                  {i === 0 ? ' points' : ''}
                </span>
              ))}
              {tied ? '. They are equal, so the lot decides.' : '. The highest total wins.'}
            </p>
          ) : null}
          <WhyChain label="What led to the decision, latest first">
            {why?.chain.slice(0, 2).map((told) => (
              <WhyLine key={told.id} time={clockText(told.at)}>
                <ToldText text={told.text} />
              </WhyLine>
            ))}
            {why && why.chain.length > 2
              ? why.chain.slice(-1).map((told) => (
                  <WhyLine key={told.id} time={clockText(told.at)} root={told.fault ? 'fault' : 'command'}>
                    <ToldText text={told.text} />
                  </WhyLine>
                ))
              : null}
          </WhyChain>
        </Section>
      </div>
      <div className="rounded-[10px] border border-line bg-panel">
        <TheatreChanges event={decision.event} onDone={onDone} />
      </div>
      <div className="rounded-[10px] border border-line bg-panel">
        <Section title="What the tools say" note="Events">
          {words ? (
            <Well text={words.message} status={words.warning ? 'err' : 'ok'} label={`${words.source} says`} />
          ) : (
            <p className="sub m-0">Nothing: no tool tells of this decision.</p>
          )}
          {decision.rule ? (
            <p className="sub m-0 mt-2">
              Rule cited{' '}
              <code className="mono rounded-[4px] border border-line-strong px-1.5 text-11">{decision.rule}</code>
            </p>
          ) : null}
          <p className="sub m-0 mt-2">
            {words ? 'The tools print only this line. ' : ''}The table above is what led to it.
          </p>
        </Section>
      </div>
    </div>
  )
}
