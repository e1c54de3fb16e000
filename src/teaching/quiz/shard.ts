import { expect, it } from 'vitest'
import { misconceptions } from '../misconceptions/all.ts'
import { prove } from './proof.ts'
import { questionTexts } from './questionTexts.ts'
import { readTemplate } from './readTemplate.ts'

/** All items of a template are run several times each; a slow machine may take its time over that. In real ms. */
const LONGEST = 300_000
/** Different items of a template that are proven here; the command proves all of them. */
const MOST = 60

/** Proves every `of`-th template, beginning with one: the tests of a file run one after another, files side by side. */
export function proveShard(shard: number, of: number): void {
  const own = questionTexts.filter((_, i) => i % of === shard)
  it.each(own)(
    'proves %s: one answer, distractors, a cited rule, and a way to win',
    (folder, text) => {
      const { template, problems } = readTemplate(folder, text)
      expect(problems).toEqual([])
      if (template) expect(prove(template, misconceptions, 200, MOST).problems).toEqual([])
    },
    LONGEST,
  )
}
