import type { Emission, World } from '../../../kernel/index.ts'
import { addressIn, type Network } from '../network/network.ts'
import { SWARM, type Swarm } from './swarm.ts'

/** The event that makes an overlay network of the swarm, with the next free subnet of its pools where none is given. */
export function createOverlay(
  world: World,
  swarm: Pick<Swarm, 'addressPools' | 'maskLength' | 'leader'>,
  name: string,
  options: Partial<Network> = {},
): Emission {
  const subnet = options.subnet ?? freeSubnet(world, swarm)
  const data = {
    owner: SWARM,
    name,
    driver: 'overlay',
    scope: 'swarm',
    createdAt: world.now,
    options: {
      'com.docker.network.driver.overlay.vxlanid_list': String(
        4096 + overlays(world).length + (name === 'ingress' ? 0 : 1),
      ),
    },
    ...options,
    subnet,
    gateway: options.gateway ?? addressIn(subnet, 1),
  }
  return { to: `docker.Network/swarm/${name}`, kind: 'docker.Network', type: 'Created', data, by: swarm.leader }
}

/** Overlay networks of the swarm. */
export function overlays(world: World): readonly Network[] {
  return ([...world.all('docker.Network')] as unknown as Network[]).filter(({ owner }) => owner === SWARM)
}

/** Models: swarmkit default address pool 10.0.0.0/8 cut in /24; the mesh has 10.0.0.0/24. */
function freeSubnet(world: World, { addressPools, maskLength }: Pick<Swarm, 'addressPools' | 'maskLength'>): string {
  const taken = new Set(overlays(world).map(({ subnet }) => subnet))
  for (const pool of addressPools) {
    const size = 2 ** (32 - maskLength)
    const places = 2 ** (maskLength - Number(pool.split('/')[1] ?? 8))
    for (let i = 0; i < places; i++) {
      const subnet = `${addressIn(pool, i * size)}/${maskLength}`
      if (!taken.has(subnet)) return subnet
    }
  }
  return '10.255.255.0/24'
}
