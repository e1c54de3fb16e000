import { proveShard } from './shard.ts'

proveShard(2, 3)
