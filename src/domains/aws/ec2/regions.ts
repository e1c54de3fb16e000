/** Regions of the lab, each with the letters of its zones. */
const REGIONS: { readonly [region: string]: string } = {
  'us-east-1': 'abcd',
  'us-east-2': 'abc',
  'us-west-1': 'ac',
  'us-west-2': 'abcd',
  'eu-west-1': 'abc',
  'eu-central-1': 'abc',
  'ap-southeast-2': 'abc',
  'ap-northeast-1': 'acd',
}

/** Names of the regions. */
export function regionNames(): readonly string[] {
  return Object.keys(REGIONS)
}

/** Names of a region's zones; one that the lab does not know has three. */
export function zonesOf(region: string): readonly string[] {
  return [...(REGIONS[region] ?? 'abc')].map((letter) => `${region}${letter}`)
}

/** `use1-az1` for the first zone of us-east-1. */
export function zoneIdOf(zone: string): string {
  const region = zone.slice(0, -1)
  const [continent = '', direction = '', number = ''] = region.split('-')
  const short = direction.replace(/^(north|south)(east|west)$/, (_, a: string, b: string) => `${a[0]}${b[0]}`)
  const way = short.length === 2 ? short : (short[0] ?? '')
  return `${continent}${way}${number}-az${zonesOf(region).indexOf(zone) + 1}`
}
