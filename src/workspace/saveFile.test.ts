import { describe, expect, it } from 'vitest'
import type { Save } from '../host/save.ts'
import { readSaveFile, writeSaveFile } from './saveFile.ts'

const save: Save = {
  version: 1,
  seed: 7,
  at: 5000,
  shown: 1,
  branches: [
    { id: 0, name: 'main', forkedAt: 0, end: 9000, history: [{ at: 10, line: 'ls', session: 'main' }] },
    { id: 1, name: 'branch 1', parent: 0, forkedAt: 4000, end: 5000, history: [] },
  ],
}

const wrong = (change: (save: Record<string, unknown>) => void): string => {
  const data = JSON.parse(writeSaveFile('World', save)) as { save: Record<string, unknown> }
  change(data.save)
  const read = readSaveFile(JSON.stringify(data))
  return 'wrong' in read ? read.wrong : ''
}

describe('a save in a file', () => {
  it('comes back as it went', () => {
    expect(readSaveFile(writeSaveFile('World', save))).toEqual({ orrery: 1, title: 'World', save })
  })

  it('says where it is damaged', () => {
    expect(wrong((one) => (one['seed'] = 'x'))).toMatch(/^The file is damaged: seed: /)
    expect(wrong((one) => (one['extra'] = 1))).toContain('extra')
    expect(wrong((one) => (one['shown'] = 2))).toContain('the branch that it shows is missing')
    expect(wrong((one) => ((one['branches'] as { parent: number }[])[1] as { parent: number }).parent++)).toContain(
      'do not form a tree',
    )
    expect(
      wrong((one) => (one['branches'] as { history: unknown[] }[])[0]?.history.push({ at: 1, line: '', session: 'a' })),
    ).toContain('not in order of time')
    expect(
      wrong((one) =>
        (one['branches'] as { history: unknown[] }[])[0]?.history.push({ at: 20, line: '', session: '/' }),
      ),
    ).toContain('session')
  })

  it('refuses what is not JSON, not ours or too large', () => {
    expect(readSaveFile('{')).toHaveProperty('wrong', expect.stringContaining('not JSON'))
    expect(readSaveFile('[]')).toHaveProperty('wrong', expect.stringContaining('not one of Orrery'))
    expect(readSaveFile(' '.repeat(5_000_001))).toHaveProperty('wrong', expect.stringContaining('5 MB'))
  })
})
