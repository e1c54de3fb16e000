import { expect, it } from 'vitest'
import { labDomains } from '../../host/composition.ts'
import { misconceptions } from '../misconceptions/all.ts'
import { readCode } from './itemCode.ts'
import { Maker } from './makeItem.ts'
import { questionTexts } from './questionTexts.ts'
import { readTemplate } from './readTemplate.ts'
import { Worlds } from './worlds.ts'

/** Items that people may have written down: what their codes have always led to. */
const KNOWN = [
  {
    id: 'how-many-fit',
    code: 'ADE1-6R5Y',
    drawn: { name: 'resizer', replicas: 9, request: 500, limit: 1500, each: 3 },
    truth: '6 pods',
    wrong: ['2 pods', '7 pods'],
  },
  {
    id: 'where-it-fits',
    code: 'K9M1-6R70',
    drawn: { name: 'api', first: 700, second: 1500, request: 400, limit: 1500 },
    truth: 'node-a1',
    wrong: ['Nowhere: it stays Pending', 'node-b1'],
  },
  {
    id: 'rollout-order',
    code: 'M9G1-6R5X',
    drawn: { name: 'web', replicas: 2, image: 'nginx:1.28' },
    truth: 'A new pod is bound to a node\nThe new image is pulled\nA new pod is ready\nAn old pod is told to stop',
    wrong: ['An old pod is told to stop\nA new pod is bound to a node\nThe new image is pulled\nA new pod is ready'],
  },
] as const

it.each(KNOWN)('code $code leads to the same item as ever', ({ id, code, drawn, truth, wrong }) => {
  const text = questionTexts.find(([folder]) => folder === id)?.[1] ?? ''
  const { template } = readTemplate(id, text)
  const made = template && new Maker(new Worlds(labDomains), misconceptions).make(template, readCode(code)?.seed ?? -1)
  if (!made || 'unfit' in made) throw new Error(`${id} makes no item`)
  const { item, evaluated } = made
  expect(item.code).toBe(code)
  expect(evaluated.drawn).toMatchObject(drawn)
  expect(JSON.stringify(item.prompt)).not.toContain('$' + '{')
  expect(evaluated.truth).toBe(truth)
  expect(evaluated.distractors.map(({ says }) => says)).toEqual(wrong)
})
