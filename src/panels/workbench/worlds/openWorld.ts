import type { LabClient } from '../../../host/client.ts'
import type { Save } from '../../../host/save.ts'
import { useBookmarks } from '../../../workspace/bookmarks.ts'
import { useEditing, useEdits, useSelection, useWorld } from '../../../workspace/index.ts'

/** What a world is opened with beside its save. `kept` is its place on the shelf; without it the world is never kept. */
export interface Opening {
  readonly title: string
  readonly scene?: string | undefined
  readonly kept?: string | undefined
  /** Its pace when it is to run at once. */
  readonly speed?: number | undefined
  readonly playing: boolean
}

/** Opens a world in the place of the present one. When it cannot be run, throws and leaves the present one as it is. */
export async function openWorld(lab: LabClient, save: Save, opening: Opening): Promise<void> {
  await lab.open(save)
  useSelection.getState().select()
  useSelection.getState().hover(undefined)
  useEditing.getState().clear()
  useBookmarks.getState().take(save.bookmarks ?? [])
  useEdits.getState().clear()
  useWorld.getState().show(opening)
  if (opening.speed !== undefined && opening.speed !== 1) {
    await lab.play(opening.speed)
    if (!opening.playing) await lab.pause()
  } else if (opening.playing) await lab.play(1)
}

/** A place on the shelf for a world that has none. */
export function newKeptId(): string {
  return crypto.randomUUID()
}
