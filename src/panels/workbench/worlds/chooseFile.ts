import type { LabClient } from '../../../host/client.ts'

/** Asks for a file and opens it. */
export function chooseFile(lab: LabClient): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.json,application/json'
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (file) void import('./importFile.ts').then(({ importFile }) => importFile(lab, file))
  })
  input.click()
}
