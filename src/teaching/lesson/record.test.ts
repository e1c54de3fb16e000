import { describe, expect, it } from 'vitest'
import { Headless } from '../../host/headless.ts'
import { packLesson, unpackLesson } from './bundle.ts'
import { readLesson } from './readLesson.ts'
import { recordLesson } from './record.ts'

describe('a lesson recorded', () => {
  it('starts where the doing began, is solved by what was done, and can be read as it stands', () => {
    const lab = new Headless({ seed: 5 })
    lab.run('docker network create shop')
    const from = lab.lab.timeline.now
    lab.run('docker run -d --name web --network shop nginx:1.27')
    const { history, end } = lab.lab.timeline.branch
    const recorded = recordLesson({
      title: 'One web server',
      save: { version: 1, seed: 5, at: end, shown: 0, branches: [{ id: 0, name: 'main', forkedAt: 0, end, history }] },
      from,
      before: { 'docker.Network': 4 },
      after: { 'docker.Network': 4, 'docker.Container': 1 },
    })
    expect(recorded.folder).toBe('one-web-server')
    expect(recorded.files['start.sh']).toContain('docker network create shop')
    expect(recorded.files['solution.sh']).toBe('docker run -d --name web --network shop nginx:1.27\n')
    const unpacked = unpackLesson(packLesson(recorded.folder, recorded.files))
    if ('wrong' in unpacked) throw new Error(unpacked.wrong)
    const { lesson } = readLesson(unpacked.folder, unpacked.files)
    expect(lesson?.beats[0]?.task?.goals).toEqual([
      expect.objectContaining({ now: { things: { kind: 'docker.Container' }, is: 1 } }),
    ])
  })
})
