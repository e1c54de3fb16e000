import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Headless } from '../../../host/headless.ts'
import { readScene } from '../../../host/scene.ts'
import type { Scene } from '../../../host/views/index.ts'
import { drawingOf } from './drawing.ts'

const FOLDER = join(import.meta.dirname, '../../../lessons/templates')
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.sh'))

describe('the drawing of a template', () => {
  it('has columns of boxes, each with a picture and words', () => {
    expect(drawingOf('# draws: client Our customers > pod A, pod B\n')).toEqual([
      [{ pictogram: 'client', label: 'Our customers' }],
      [
        { pictogram: 'pod', label: 'A' },
        { pictogram: 'pod', label: 'B' },
      ],
    ])
    expect(drawingOf('echo nothing')).toEqual([])
  })
})

describe.each(names)('%s', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8')

  it('says what it is, and draws it', () => {
    const { title, says } = readScene(name, text)
    expect(title).not.toBe(name)
    expect(says).not.toBe('')
    expect(drawingOf(text).length).toBeGreaterThan(2)
  })

  it('runs in an empty world without an error, and what it makes is well', { timeout: 60_000 }, () => {
    const headless = new Headless({ seed: 7, pace: 500 })
    for (const { line } of readScene(name, text).lines) expect([line, headless.run(line).exitCode]).toEqual([line, 0])
    // As the dialog gives it: one script, which comes to the same.
    const whole = new Headless({ seed: 7, pace: 500 })
    const script = readScene(name, text).lines.map(({ line }) => line)
    expect(whole.run(script.join('\n')).exitCode).toBe(0)
    const ids = ({ lab }: Headless) => (lab.ask('scene') as Scene).nodes.map(({ kind }) => kind).sort()
    whole.lab.seek(whole.lab.timeline.now + 300_000)
    headless.lab.seek(headless.lab.timeline.now + 300_000)
    const { nodes } = headless.lab.ask('scene') as Scene
    expect(nodes.length).toBeGreaterThan(6)
    expect(ids(whole)).toEqual(ids(headless))
    expect(nodes.filter(({ look }) => look.tone === 'err').map(({ id, look }) => `${id} ${look.word}`)).toEqual([])
  })
})
