import { proveShard } from './shard.ts'

proveShard(1, 3)
