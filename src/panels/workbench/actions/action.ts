import type { LabClient } from '../../../host/client.ts'
import type { PictogramName } from '../../../ui/index.ts'

/** What an action may act on. */
export interface Hands {
  readonly lab: LabClient
  navigate(to: string): void
}

/** One verb of the workbench, from which its shortcut, its entry in the command palette and its line on the key sheet derive. */
export interface Action {
  readonly id: string
  readonly title: string
  readonly group: 'World' | 'Panels' | 'View' | 'Help'
  /** As it is shown: `Ctrl K`. */
  readonly keys?: string | undefined
  /** As tinykeys reads it: `$mod+k`. Absent where another panel hears the key. */
  readonly binding?: string | undefined
  /** Whether the key is left to whatever is being typed into, like a letter. */
  readonly plain?: boolean | undefined
  readonly pictogram?: PictogramName | undefined
  /** Further words to find it by. */
  readonly words?: string | undefined
  run(hands: Hands): void
}
