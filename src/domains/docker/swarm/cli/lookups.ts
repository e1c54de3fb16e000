import type { Ask } from '../../cli/ask.ts'
import { findBlob } from '../blob.ts'
import { swarmId } from '../identity.ts'
import { findNode } from '../node.ts'
import { findService } from '../service.ts'
import { swarmOf } from '../swarm.ts'
import type { Task } from '../task.ts'
import { blobObject } from './blobCommands.ts'
import { nodeObject } from './nodeCommands.ts'
import { serviceObject, taskObject } from './serviceObject.ts'

type Lookup = (ask: Ask, text: string) => Readonly<Record<string, unknown>> | undefined

/** Things of the swarm that `docker inspect` finds by name or id. */
export const swarmLookups: { readonly [type: string]: Lookup } = {
  service: (ask, text) => {
    const found = findService(ask.world, text)
    return found && found !== 'many' ? serviceObject(ask, found) : undefined
  },
  task: (ask, text) => {
    const found = ([...ask.world.all('docker.Task')] as unknown as Task[]).find(
      (task) => text.length > 3 && swarmId(task).startsWith(text),
    )
    return found && taskObject(ask.world, found)
  },
  node: (ask, text) => {
    const swarm = swarmOf(ask.world)
    const found = findNode(ask.world, text)
    return swarm && found && found !== 'many' ? nodeObject(ask, swarm, found) : undefined
  },
  secret: (ask, text) => {
    const found = findBlob(ask.world, 'secret', text)
    return found && blobObject('secret', found)
  },
}
