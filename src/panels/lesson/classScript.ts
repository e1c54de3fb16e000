import type { LabClient } from '../../host/client.ts'
import { type Facts, withFigures } from '../../teaching/lesson/figures.ts'
import type { Beat, Lesson } from '../../teaching/lesson/lesson.ts'
import { plainText } from '../../teaching/lesson/plainText.ts'
import type { ClassScript, ClassStep } from '../classroom/script.ts'
import { beginBeat, reveal } from './moves.ts'

/** A lesson as a class is led through it: its beats are steps, its predictions are votes, its tasks are done together. */
export function classScript(lab: LabClient, lesson: Lesson, facts: Facts): ClassScript {
  return {
    title: lesson.title,
    steps: lesson.beats.map((beat, i) => stepOf(lab, lesson, beat, facts, i === 0)),
  }
}

function stepOf(lab: LabClient, lesson: Lesson, beat: Beat, facts: Facts, first: boolean): ClassStep {
  const { predict, task } = beat
  const notes = [
    ...(first ? [plainText(lesson.opening, facts)] : []),
    plainText(beat.text, facts),
    ...(task ? [withFigures(`Together: ${task.says}`, facts)] : []),
  ]
  return {
    title: beat.title,
    notes: notes.filter((text) => text !== '').join('\n'),
    question: predict && {
      ask: withFigures(predict.ask, facts),
      options: predict.options.map(({ says, thing }) => ({
        says: withFigures(says, facts),
        ...(thing === undefined ? {} : { thing }),
      })),
    },
    begin: () => beginBeat(lab, beat, lesson.title, lesson.seed),
    run:
      predict &&
      (async () => {
        const truth = await reveal(lab, predict, true)
        return { truth: truth ?? -1, tell: withFigures(predict.tell, facts) }
      }),
  }
}
