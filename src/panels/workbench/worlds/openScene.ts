import type { LabClient } from '../../../host/client.ts'
import { saveOfScene } from '../../../host/scene.ts'
import { useTaste } from '../../../workspace/taste.ts'
import { newKeptId, openWorld } from './openWorld.ts'

/** Opens a ready-made scene as a new world; false when there is none of that name. */
export async function openScene(lab: LabClient, name: string): Promise<boolean> {
  const { sceneNamed } = await import('../../home/scenes.ts')
  const scene = sceneNamed(name)
  if (!scene) return false
  await openWorld(lab, saveOfScene(scene), {
    title: scene.title,
    scene: name,
    kept: newKeptId(),
    speed: useTaste.getState().speed,
    playing: true,
  })
  return true
}
