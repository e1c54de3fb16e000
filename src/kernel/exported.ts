/** What a domain gives of a world for the real thing: files, and the command lines that make it of them. Plain JSON, and the same for the same world. */
export interface Exported {
  readonly files: readonly ExportedFile[]
  readonly steps: readonly ExportedStep[]
  /** Texts that are others elsewhere (a load balancer's name in DNS), and the shell expression that gives them there. For the lines of all domains. */
  readonly elsewhere?: readonly { readonly text: string; readonly expression: string }[] | undefined
}

/** A text with its path inside of the folder that is taken away: `kubernetes/default/deployment-web.yaml`. */
export interface ExportedFile {
  readonly path: string
  readonly text: string
}

/** Command lines that belong together, to be given in that folder. */
export interface ExportedStep {
  /** Place among the steps of all domains: see `STEP`. */
  readonly order: number
  /** What they do, as a heading. */
  readonly says: string
  readonly lines: readonly string[]
  /** True where the lab needs what the real thing has by itself (machines, visitors), false where the real thing needs what the lab has not. */
  readonly lab?: boolean | undefined
}

/** When the steps of an export come: machines first, then what images and sources are put into, then those, then what runs, then visitors. */
export const STEP = { machines: 10, ground: 20, images: 30, sources: 40, running: 50, visitors: 90 } as const
