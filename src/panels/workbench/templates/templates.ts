import { readScene } from '../../../host/scene.ts'
import { drawingOf, type Figure } from './drawing.ts'

const texts = import.meta.glob<string>('../../../lessons/templates/*.sh', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** An architecture to begin with: command lines that run in the present world, and a small drawing of what they make. */
export interface Template {
  readonly name: string
  readonly title: string
  readonly says: string
  readonly lines: readonly string[]
  readonly drawing: readonly (readonly Figure[])[]
}

/** Every template, in the order in which it is offered: the shortest first. */
export const templates: readonly Template[] = Object.entries(texts)
  .map(([path, text]) => {
    const { name, title, says, lines } = readScene(path.replace(/^.*\/|\.sh$/g, ''), text)
    return { name, title, says, lines: lines.map(({ line }) => line), drawing: drawingOf(text) }
  })
  .sort((a, b) => order(a.name) - order(b.name))

function order(name: string): number {
  const place = ['web-app', 'ecs-alb', 'compose', 'pipeline'].indexOf(name)
  return place < 0 ? 99 : place
}
