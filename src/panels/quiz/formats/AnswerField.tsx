import { Suspense } from 'react'
import type { Feedback, Item } from '../../../teaching/quiz/item.ts'
import type { QuizClient } from '../../../teaching/quiz/quizClient.ts'
import { part } from '../part.tsx'
import type { Answer } from '../quiz.flow.ts'

const Options = part(() => import('./Options.tsx').then(({ Options }) => Options))
const Places = part(() => import('./Places.tsx').then(({ Places }) => Places))
const NumberField = part(() => import('./Amount.tsx').then(({ NumberField }) => NumberField))
const Moment = part(() => import('./Amount.tsx').then(({ Moment }) => Moment))
const Ordering = part(() => import('./Ordering.tsx').then(({ Ordering }) => Ordering))
const FixFile = part(() => import('./Doing.tsx').then(({ FixFile }) => FixFile))
const ReachState = part(() => import('./Doing.tsx').then(({ ReachState }) => ReachState))

/** Where an item is answered, by its format; with `told` it shows what was right and does not change. */
export function AnswerField(props: AnswerFieldProps) {
  return (
    <Suspense>
      <Field {...props} />
    </Suspense>
  )
}

function Field({ item, client, value, onChange, told }: AnswerFieldProps) {
  const { asked } = item
  const text = typeof value === 'string' ? value : undefined
  const list = typeof value === 'object' ? value : undefined
  switch (asked.format) {
    case 'choice':
    case 'cause':
    case 'hotspot':
      return <Options asked={asked} value={text} onChange={onChange} told={told} />
    case 'place':
      return <Places asked={asked} value={text} onChange={onChange} told={told} />
    case 'number':
      return <NumberField asked={asked} value={text} onChange={onChange} told={told} />
    case 'moment':
      return <Moment asked={asked} value={text} onChange={onChange} told={told} />
    case 'order':
    case 'parsons':
      return <Ordering asked={asked} onChange={onChange} told={told} />
    case 'fix':
      return <FixFile asked={asked} value={text} onChange={onChange} told={told} />
    case 'reach':
      return <ReachState item={item} client={client} asked={asked} value={list} onChange={onChange} told={told} />
  }
}

interface AnswerFieldProps {
  readonly item: Item
  readonly client: QuizClient
  readonly value: Answer | undefined
  readonly onChange: (value: Answer) => void
  readonly told?: Feedback | undefined
}
