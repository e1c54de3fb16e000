import { exampleUrl, offerRepository, repositoryId } from '../git/index.ts'
import { quotesFiles } from './quotesFiles.ts'

/** A small web service with tests, Dockerfile, buildspec, appspec, task definition and manifests, to clone in every world. */
offerRepository(repositoryId(exampleUrl('quotes')), {
  url: exampleUrl('quotes'),
  name: 'quotes',
  commits: [
    {
      message: 'Answer with words worth keeping',
      author: 'Orrery',
      email: 'samples@orrery.example',
      at: 1767225600,
      files: quotesFiles,
    },
  ],
})
