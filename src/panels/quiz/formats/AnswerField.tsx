import type { Feedback, Item } from '../../../teaching/quiz/item.ts'
import type { QuizClient } from '../../../teaching/quiz/quizClient.ts'
import type { Answer } from '../quiz.flow.ts'
import { Moment, NumberField } from './Amount.tsx'
import { FixFile, ReachState } from './Doing.tsx'
import { Options } from './Options.tsx'
import { Ordering } from './Ordering.tsx'
import { Places } from './Places.tsx'

/** Where an item is answered, by its format; with `told` it shows what was right and does not change. */
export function AnswerField({ item, client, value, onChange, told }: AnswerFieldProps) {
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
