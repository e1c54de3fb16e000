import { expect, test } from 'vitest'
import { rules } from '../../../kernel/index.ts'
import cases from './cases/ecs.rules.json'
import './rules.ts'

test.each(cases.map((one, i) => [`${one.kind} ${i}`, one] as const))(
  '%s answers like the real service',
  (_name, one) => {
    const rule = rules.get(one.kind)
    const answer = (rule?.vector ?? rule?.decide) as (input: unknown) => unknown
    expect(answer(one.input)).toMatchObject(one.expect)
  },
)
