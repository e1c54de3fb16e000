/** Git's mode of a file as the API names it. */
export function modeName(mode: string): 'EXECUTABLE' | 'NORMAL' | 'SYMLINK' {
  return mode === '100755' ? 'EXECUTABLE' : mode === '120000' ? 'SYMLINK' : 'NORMAL'
}

/** The API's name of a mode as git writes it. */
export function gitMode(name: string | undefined): string {
  return name === 'EXECUTABLE' ? '100755' : name === 'SYMLINK' ? '120000' : '100644'
}
