import { useEditing } from '../../workspace/index.ts'

const HOME = '/home/learner'

/** Opens a text under a path; a bare name means the home directory. */
export function openFile(path: string, text: string): void {
  useEditing.getState().open({ path: path.startsWith('/') ? path : `${HOME}/${path}`, text })
}
