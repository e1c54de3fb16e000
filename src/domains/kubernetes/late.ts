// What a cluster runs without, and its tools do not: a page fetches it after its first picture.

import { docsText } from './api/schemaDocs.generated.ts'
import { bringDocs } from './api/schemaDocs.ts'

bringDocs(docsText)
