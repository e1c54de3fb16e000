import type { AwsService, BusEvent } from '../core/index.ts'
import { ACCOUNT } from '../core/index.ts'
import type { EcrImage, Repository } from './repository.ts'
import { severityCounts } from './scanning.ts'

function action(image: EcrImage | undefined, type: 'PUSH' | 'DELETE', tag?: string): BusEvent | undefined {
  if (!image) return undefined
  return {
    source: 'aws.ecr',
    detailType: 'ECR Image Action',
    resources: [],
    detail: {
      result: 'SUCCESS',
      'repository-name': image.repositoryName,
      'image-digest': image.digest,
      'action-type': type,
      ...(tag === undefined ? {} : { 'image-tag': tag }),
    },
  }
}

/** What ECR tells the event bus: images that come, and scans that are done. */
export const announces: NonNullable<AwsService['announces']> = {
  'aws.ecr.Image': {
    Pushed: (event, world) => {
      const image = world.get(event.to) as EcrImage | undefined
      return action(image, 'PUSH', image?.tags.at(-1))
    },
    Tagged: (event, world) =>
      action(world.get(event.to) as EcrImage | undefined, 'PUSH', (event.data as { readonly tag: string }).tag),
    'after.scan': (event, world) => {
      const image = world.get(event.to) as EcrImage | undefined
      const repository = image && (world.get(image.repository) as Repository | undefined)
      if (!image || !repository) return undefined
      return {
        source: 'aws.ecr',
        detailType: 'ECR Image Scan',
        resources: [repository.repositoryArn],
        detail: {
          'scan-status': 'COMPLETE',
          'repository-name': image.repositoryName,
          'finding-severity-counts': image.scan ? severityCounts(image.scan) : {},
          'image-digest': image.digest,
          'image-tags': [...image.tags],
          'account-id': ACCOUNT,
        },
      }
    },
  },
}
