import RotateCcw from 'lucide-react/icons/rotate-ccw'
import { useEffect, useRef, useState } from 'react'
import { useLab, useView } from '../../host/react.ts'
import type { Why } from '../../host/views/index.ts'
import type { Facts } from '../../teaching/lesson/figures.ts'
import type { PredictBlock } from '../../teaching/lesson/schema.ts'
import { Button, ChoiceList, Gate, Segmented, Verdict, WhyChain, WhyLine } from '../../ui/index.ts'
import { useGhost, useSelection } from '../../workspace/index.ts'
import { foldChain } from '../inspector/foldChain.ts'
import { ToldText } from '../inspector/ToldText.tsx'
import { clockText } from '../timeline/index.ts'
import { useClock } from '../workbench/useClock.ts'
import { Says } from './Prose.tsx'

type Sureness = 1 | 2 | 3

/** The gate: the world is held, the learner commits to an answer, the world shows, and the guess stays beside what came. */
export function Prediction({
  predict,
  facts,
  phase,
  choice,
  truth,
  onCommit,
  onReplay,
  onNext,
}: {
  predict: PredictBlock
  facts: Facts
  phase: 'predicting' | 'committed' | 'revealing'
  choice: number | undefined
  truth: number | undefined
  onCommit: (choice: number, sureness: Sureness) => void
  /** Shows what came once more; resolves when it has been shown. */
  onReplay: () => Promise<void> | undefined
  onNext: () => void
}) {
  const lab = useLab()
  const [chosen, setChosen] = useState<number | undefined>(undefined)
  const [sureness, setSureness] = useState<Sureness>(2)
  const at = useClock((clock) => clockText(Math.floor(clock.now / 100) * 100))
  const open = phase === 'predicting'
  const shown = choice ?? chosen
  const choose = async (place: number) => {
    setChosen(place)
    const { thing, says } = predict.options[place] ?? { says: '' }
    const id = thing === undefined ? null : ((await lab.ask('youngest', { id: thing })) as string | null)
    if (id === null) useGhost.getState().clear()
    else useGhost.getState().put(id, says)
    useSelection.getState().hover(id ?? undefined)
  }
  const commit = () => {
    if (chosen !== undefined) onCommit(chosen, sureness)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        commit()
      }}
      onKeyDown={(event) => {
        // Enter commits from anywhere in the gate but from a button of its own.
        if (event.key !== 'Enter' || !open || chosen === undefined) return
        if (event.target instanceof HTMLElement && event.target.closest('.seg')) return
        event.preventDefault()
        commit()
      }}
    >
      <Gate held={open ? `world held at ${at ?? ''}` : phase === 'committed' ? 'the world runs' : undefined}>
        <ChoiceList
          question={<Says text={predict.ask} facts={facts} />}
          options={predict.options.map((option, i) => ({
            id: String(i),
            label: <Says text={option.says} facts={facts} />,
            ...(phase === 'revealing' ? verdictOf(i, choice, truth) : {}),
          }))}
          value={shown === undefined ? undefined : String(shown)}
          onChange={(id) => void choose(Number(id))}
          locked={!open}
        />
        {open ? (
          <>
            <div className="mt-3 flex items-center gap-2">
              <span className="sub whitespace-nowrap">How sure?</span>
              <span className="ml-auto">
                <Segmented
                  label="How sure are you?"
                  options={SURE}
                  value={String(sureness) as '1' | '2' | '3'}
                  onChange={(value) => setSureness(Number(value) as Sureness)}
                />
              </span>
            </div>
            <Button
              tone="primary"
              type="submit"
              className="mt-3 w-full"
              keys="Enter"
              aria-disabled={chosen === undefined}
            >
              Commit and run
            </Button>
          </>
        ) : null}
        {phase === 'committed' ? (
          <p className="sub mt-3 mb-0" role="status">
            Watch the canvas. Your answer is kept.
          </p>
        ) : null}
      </Gate>
      {phase === 'revealing' ? (
        <Reveal predict={predict} facts={facts} choice={choice} truth={truth} onReplay={onReplay} onNext={onNext} />
      ) : open ? (
        <p className="micro mt-2 mb-0 px-1">
          Nothing runs until you commit. Your guess stays there, next to what happens.
        </p>
      ) : null}
    </form>
  )
}

const SURE = [
  { id: '1', label: 'Guess' },
  { id: '2', label: 'Likely' },
  { id: '3', label: 'Certain' },
] as const

function verdictOf(i: number, choice: number | undefined, truth: number | undefined) {
  if (i === truth) return { status: 'ok' as const, word: i === choice ? 'You, and so it is' : 'So it is' }
  return i === choice ? { status: 'err' as const, word: 'Your guess' } : {}
}

function Reveal({
  predict,
  facts,
  choice,
  truth,
  onReplay,
  onNext,
}: {
  predict: PredictBlock
  facts: Facts
  choice: number | undefined
  truth: number | undefined
  onReplay: () => Promise<void> | undefined
  onNext: () => void
}) {
  const lab = useLab()
  const [replaying, setReplaying] = useState(false)
  const [id, setId] = useState<string | undefined>(undefined)
  useEffect(() => {
    if (predict.why === undefined) return
    void lab.ask('youngest', { id: predict.why }).then((found) => {
      if (typeof found !== 'string') return
      setId(found)
      useSelection.getState().hover(found)
    })
    return () => useSelection.getState().hover(undefined)
  }, [lab, predict.why])
  // Read from the verdict on: what led to it comes below and would push a control that has the focus out of sight.
  const verdict = useRef<HTMLParagraphElement>(null)
  useEffect(() => verdict.current?.focus(), [])
  const right = choice === truth
  return (
    <div className="lesson-reveal" role="status">
      <p ref={verdict} tabIndex={-1} className="m-0 outline-none">
        <Verdict status={right ? 'ok' : 'err'} wrap>
          {right ? 'As you said.' : truth === undefined ? 'None of these came.' : 'It came otherwise.'}
        </Verdict>
      </p>
      <p className="mt-1 mb-0">
        <Says text={predict.tell} facts={facts} />
      </p>
      {id === undefined ? null : <Chain id={id} />}
      <Button
        className="mt-3 w-full"
        aria-disabled={replaying}
        icon={<RotateCcw size={14} aria-hidden="true" />}
        onClick={() => {
          if (replaying) return
          setReplaying(true)
          void Promise.resolve(onReplay()).finally(() => setReplaying(false))
        }}
      >
        {replaying ? 'Watch the canvas' : 'Watch it again'}
      </Button>
      <Button tone="primary" className="mt-3 w-full" onClick={onNext}>
        Go on
      </Button>
    </div>
  )
}

/** How it came about, latest first; folded where it is long. */
function Chain({ id }: { id: string }) {
  const why = useView<Why>('why', { entity: id })
  if (!why || why.chain.length === 0) return null
  const { first, last } = foldChain(why.chain)
  return (
    <div className="mt-3">
      <WhyChain label="How it came about, latest first">
        {[...first, ...last].map((told) => (
          <WhyLine
            key={told.id}
            time={clockText(told.at)}
            root={told.root ? (told.fault ? 'fault' : 'command') : undefined}
          >
            <ToldText text={told.text} />
          </WhyLine>
        ))}
      </WhyChain>
    </div>
  )
}
