import type { Emission, World } from '../../kernel/index.ts'

export const REGION = 'place.Region'
export const ZONE = 'place.Zone'

/** Entity id of a region: `place.Region/eu-west-1`. */
export function regionId(name: string): string {
  return `${REGION}/${name}`
}

/** Entity id of a zone: `place.Zone/eu-west-1a`. */
export function zoneId(name: string): string {
  return `${ZONE}/${name}`
}

/** Opens a zone and its region where they are not there yet. */
export function placeEmissions(world: World, region: string, zone: string): readonly Emission[] {
  const emissions: Emission[] = []
  if (!world.get(regionId(region))) emissions.push({ to: regionId(region), type: 'Opened', kind: REGION, data: {} })
  if (!world.get(zoneId(zone)))
    emissions.push({ to: zoneId(zone), type: 'Opened', kind: ZONE, data: { owner: regionId(region) } })
  return emissions
}
