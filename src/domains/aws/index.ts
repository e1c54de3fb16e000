// AWS, a folder a service. To add one: its folder, and its line here; the rest of the lab finds it in the registry of core.
import { awsDomain as compose } from './core/index.ts'

/** All AWS services as one domain. */
export const awsDomain = compose()
