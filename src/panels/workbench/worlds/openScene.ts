import type { LabClient } from '../../../host/client.ts'
import { readScene, saveOfScene } from '../../../host/scene.ts'
import { useTaste } from '../../../workspace/taste.ts'
import { newKeptId, openWorld } from './openWorld.ts'

/** Only the scene that is opened is loaded. */
const texts = import.meta.glob<string>('../../../lessons/scenes/*.sh', { query: '?raw', import: 'default' })

/** Opens a ready-made scene as a new world; false when there is none of that name. */
export async function openScene(lab: LabClient, name: string): Promise<boolean> {
  const text = await texts[`../../../lessons/scenes/${name}.sh`]?.()
  if (text === undefined) return false
  const scene = readScene(name, text)
  await openWorld(lab, saveOfScene(scene), {
    title: scene.title,
    scene: name,
    kept: newKeptId(),
    speed: useTaste.getState().speed,
    playing: true,
  })
  return true
}
