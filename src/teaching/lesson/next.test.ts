import { describe, expect, it } from 'vitest'
import { type Listed, listed } from './listed.ts'
import { missingFor, nextLesson } from './next.ts'

const lesson = (id: string, topic: Listed['topic'], concepts: string[], needs: string[]) =>
  ({ id, topic, concepts, needs, folder: id, title: id }) as unknown as Listed
const lessons = [
  lesson('ladder', 'foundations', ['f.ladder'], []),
  lesson('pods', 'kubernetes', ['k8s.pod'], ['f.ladder', 'nobody.teaches']),
  lesson('tasks', 'ecs', ['ecs.task'], ['f.ladder']),
  lesson('services', 'ecs', ['ecs.service'], ['ecs.task']),
  lesson('crash', 'kubernetes', ['k8s.crash'], ['k8s.pod']),
]
const done =
  (...ids: string[]) =>
  (id: string) =>
    ids.includes(id)

describe('what to learn next', () => {
  it('begins at the beginning, and asks for nothing that no lesson teaches', () => {
    expect(nextLesson(lessons, done())?.id).toBe('ladder')
    expect(missingFor(lessons[1] as Listed, lessons, done('ladder'))).toEqual([])
    expect(missingFor(lessons[4] as Listed, lessons, done('ladder'))).toEqual(['k8s.pod'])
  })

  it('goes on with what builds on the lesson that was just done, not with its neighbour in the list', () => {
    expect(nextLesson(lessons, done('ladder', 'pods'), 'pods')?.id).toBe('crash')
    expect(nextLesson(lessons, done('ladder', 'pods', 'crash'), 'crash')?.id).toBe('tasks')
  })

  it('never proposes what is done or stands on something unmet, whatever of ours was done', () => {
    for (let i = 0; i < listed.length; i++) {
      const ids = new Set(listed.slice(0, i).map(({ id }) => id))
      const isDone = (id: string) => ids.has(id)
      const next = nextLesson(listed, isDone, listed[i - 1]?.id)
      expect(next).toBeDefined()
      if (!next) continue
      expect(isDone(next.id)).toBe(false)
      expect(missingFor(next, listed, isDone)).toEqual([])
    }
  })
})
