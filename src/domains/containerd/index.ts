import type { Domain } from '../../kernel/index.ts'
import { imageKind } from './ownImage.ts'

/** Images and how the runtime gets and starts them. Knows no orchestrator: Kubernetes and others build upon it. */
export const containerd: Domain = { name: 'containerd', kinds: [imageKind], controllers: [], derived: [], views: [] }

export { applicationDaemons } from './application.ts'
export { binariesOf } from './base.ts'
export { binaryFile, fileSize, isBinary } from './binaryFile.ts'
export { catalogue, familyOf, wellKnown } from './catalogue.ts'
export { commandOf, daemonOf, startProblem, withoutWrappers } from './command.ts'
export type { Cost, Daemon, Ending, Serving, Start } from './daemon.ts'
export { stressMilli } from './daemons/stress.ts'
export { digestOf } from './digestOf.ts'
export type { HttpRequest, HttpResponse } from './http.ts'

export type { Base, Image, ImageConfig, ImageFamily } from './image.ts'
export { imageTree } from './imageTree.ts'
export { imageVerb } from './imageVerb.ts'
export { type ImageOptions, type OwnImage, type OwnServer, pushImage } from './ownImage.ts'
export { npm } from './programs/npm.ts'
export { type Found, findImage, imageOfReference, pullTime, RESOLVE_TIME } from './pull.ts'
export { parseReference, type Reference } from './reference.ts'
export { type ContainerKind, defineContainerKind, imageOfHost } from './runtime/containerKind.ts'
export { programsOf } from './runtime/programsOf.ts'
export { type CommandRun, runCommand } from './runtime/runCommand.ts'
export { servedBy } from './runtime/servedBy.ts'
export { type ServerEnd, serverEnd } from './runtime/serverEnd.ts'
export { tagMatches } from './tagPattern.ts'
