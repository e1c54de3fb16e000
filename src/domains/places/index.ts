export { placesDomain } from './domain.ts'
export { placeEmissions, regionId, zoneId } from './place.ts'
