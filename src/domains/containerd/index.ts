import type { Domain } from '../../kernel/index.ts'
import { imageKind } from './ownImage.ts'

/** Images and how the runtime gets and starts them. Knows no orchestrator: Kubernetes and others build upon it. */
export const containerd: Domain = { name: 'containerd', kinds: [imageKind], controllers: [], derived: [], views: [] }

export { BASE_FILES, binariesOf } from './base.ts'
export { familyOf, wellKnown } from './catalogue.ts'
export { commandOf, daemonOf, startProblem, withoutWrappers } from './command.ts'
export type { Cost, Daemon, Ending, Serving, Start } from './daemon.ts'
export { stressMilli } from './daemons/stress.ts'

export type { HttpRequest, HttpResponse } from './http.ts'
export type { Base, Image, ImageConfig, ImageFamily } from './image.ts'
export { imageVerb } from './imageVerb.ts'
export { type ImageOptions, type OwnImage, type OwnServer, pushImage } from './ownImage.ts'
export { type Found, findImage, imageOfReference, pullTime, RESOLVE_TIME } from './pull.ts'
export { parseReference, type Reference } from './reference.ts'
export { tagMatches } from './tagPattern.ts'
