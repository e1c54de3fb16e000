import './registry.ts'
import { defineService } from '../core/index.ts'
import { announces } from './announcing.ts'
import { api } from './api.generated.ts'
import { commands } from './commands.ts'
import { expiryController } from './expiry.controller.ts'
import { kinds } from './kinds.ts'
import { operations } from './operations.ts'
import { resources } from './resources.ts'

/** Private container registries. */
export const ecr = defineService({
  name: 'ecr',
  api,
  operations,
  kinds,
  controllers: [expiryController],
  exports: exported,
  resources,
  announces,
  commands,
})

export {
  type EcrImage,
  findImageOf,
  findRepository,
  IMAGE,
  imagesOf,
  REPOSITORY,
  type Repository,
  regionOfHost,
  registryHost,
} from './repository.ts'

import { exported } from './exported.ts'
