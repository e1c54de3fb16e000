import type { Fields } from '../../kernel/index.ts'
import type { FileTree } from '../../shell/index.ts'
import type { Daemon } from './daemon.ts'

/** What an image's configuration says about its containers. */
export interface ImageConfig {
  readonly entrypoint?: readonly string[]
  readonly cmd?: readonly string[]
  readonly env?: { readonly [name: string]: string }
  /** A name or a number; root when absent. */
  readonly user?: string
  readonly workdir?: string
  readonly ports?: readonly number[]
}

/** What an image is built upon: which programs and files it has without saying so. */
export type Base = 'debian' | 'alpine' | 'busybox' | 'fedora' | 'none'

/** Images of one name, as a registry holds them. Data: a file in `images/` has those of one sort. */
export interface ImageFamily {
  /** `docker.io/library/nginx`. */
  readonly name: string
  /** Further names of the same images. */
  readonly aliases?: readonly string[]
  /** Patterns of the tags that exist; see tagPattern.ts. */
  readonly tags: readonly string[]
  /** Compressed size in bytes: what a pull fetches. A function where tags differ. */
  readonly bytes: number | ((tag: string) => number)
  readonly base: Base | ((tag: string) => Base)
  readonly config?: ImageConfig
  /** Programs beyond those of the base. */
  readonly binaries?: readonly string[]
  readonly files?: { readonly [path: string]: string }
  readonly daemons?: readonly Daemon[]
  /** Version behind tags without a number of their own: that of `latest`. */
  readonly latest?: string
}

/** One image: a family with a tag. */
export interface Image {
  readonly family: ImageFamily
  /** `docker.io/library/nginx:1.27`. */
  readonly full: string
  readonly name: string
  readonly tag: string
  readonly version: string
  readonly digest: string
  readonly bytes: number
  readonly base: Base
  readonly config: ImageConfig
  readonly daemons: readonly Daemon[]
  /** All of its files, where an image was built file by file; else they are those of its base and family. */
  readonly tree?: FileTree
  /** What whoever built it wants back with a pull: layers and full configuration, in the builder's own words. */
  readonly manifest?: Fields
}
