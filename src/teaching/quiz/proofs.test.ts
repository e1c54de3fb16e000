import { proveShard } from './shard.ts'

proveShard(0, 3)
