import { readScene, type SceneText } from '../../host/scene.ts'

const texts = import.meta.glob<string>('../../lessons/scenes/*.sh', { query: '?raw', import: 'default', eager: true })

/** Every ready-made scene, by name. */
export const scenes: readonly SceneText[] = Object.entries(texts)
  .map(([path, text]) => readScene(path.replace(/^.*\/|\.sh$/g, ''), text))
  .sort((a, b) => order(a.name) - order(b.name))

/** Those that can be chosen; the home page keeps its own for itself. */
export const offered: readonly SceneText[] = scenes.filter(({ name }) => name !== 'home')

function order(name: string): number {
  const place = [
    'three-nodes',
    'one-world',
    'shop',
    'rollout',
    'crowded',
    'autoscale',
    'placement',
    'blue-green',
    'four-ways',
    'docker',
  ].indexOf(name)
  return place < 0 ? 99 : place
}
