import { expect, it } from 'vitest'
import { labDomains } from '../composition.ts'
import { Lab } from '../lab.ts'
import { Course } from './course.ts'

it('runs the line of a goal again while nothing happens, since time alone may change what it prints', () => {
  const lab = new Lab({ domains: labDomains, seed: 1 })
  lab.seek(1000)
  const { length } = lab.simulation.journal
  const asked = {
    goals: [{ how: 'now' as const, condition: { run: 'date +%M', is: '02' } }],
    hints: [],
    lost: [],
    stars: [],
  }
  const course = new Course(asked, { position: length, at: 1000 }, lab)
  expect(course.look(lab).state).toBe('open')
  lab.seek(125_000)
  expect(lab.simulation.journal.length).toBe(length)
  expect(course.look(lab).state).toBe('won')
})
