import type { Reference } from '../core/index.ts'
import { machineImages } from './machineImages.ts'

/** The public parameters under `/aws/service/` that name the newest machine images. */
export const references: Reference = {
  read(reference, _principal, region) {
    const name = /^(?:arn:aws:ssm:[\w-]*:\d*:parameter)?(\/aws\/service\/.+)$/.exec(reference)?.[1]
    if (name === undefined) return undefined
    for (const image of machineImages(region))
      for (const parameter of image.parameters) {
        if (parameter === name || `${parameter}/image_id` === name)
          return {
            value:
              parameter === name && image.ecs
                ? JSON.stringify({
                    ecs_agent_version: '1.101.0',
                    ecs_runtime_version: 'Docker version 25.0.13',
                    image_id: image.ImageId,
                    image_name: image.Name,
                    os: 'Amazon Linux 2023',
                    schema_version: 1,
                    source_image_name: image.Name,
                  })
                : image.ImageId,
          }
      }
    return undefined
  },
}
