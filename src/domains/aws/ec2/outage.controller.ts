import type { Controller, Emission } from '../../../kernel/index.ts'
import { INSTANCE, type Instance } from './instance.ts'

/**
 * What the fate of a zone means for the machines in it: they fail with it and work again when it is back.
 * Models: the loss of power in an availability zone.
 */
export const outageController: Controller = {
  name: 'ec2-outage',
  watches: { 'place.Zone': ['WentDark', 'CameBack'] },
  wakes: (event) => event.to,
  reconcile(id, world) {
    const zone = id.slice('place.Zone/'.length)
    const dark = world.get(id)?.state === 'Dark'
    const emissions: Emission[] = []
    for (const one of world.all(INSTANCE)) {
      const instance = one as Instance
      if (instance.Placement.AvailabilityZone !== zone || instance.state !== 'running') continue
      if (dark !== (instance.impaired !== undefined))
        emissions.push({ to: one.id, type: dark ? 'Crashed' : 'Recovered', by: id })
    }
    return emissions
  },
}
